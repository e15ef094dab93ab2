package org.camseal.authority.log;

import java.util.Optional;
import org.camseal.authority.AuthorityException;

/** Where a checker gets a log from. */
public interface LogSource {
    /**
     * Gets a file of the log.
     *
     * @param path below the log's prefix, without a slash in front
     * @param maxBytes largest file that is taken
     * @return empty if there is none of that name
     * @throws AuthorityException.Peer if it cannot be had, or is larger
     */
    Optional<byte[]> read(String path, int maxBytes) throws AuthorityException.Peer;

    /** For messages. */
    @Override
    String toString();

    /** A directory on this machine, as the log writes it. */
    static LogSource directory(java.nio.file.Path directory) {
        return new DirectorySource(directory);
    }
}
