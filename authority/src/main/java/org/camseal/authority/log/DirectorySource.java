package org.camseal.authority.log;

import java.nio.file.Path;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;

/** A log in a directory. */
record DirectorySource(Path directory) implements LogSource {
    @Override
    public Optional<byte[]> read(String path, int maxBytes) throws AuthorityException.Peer {
        try {
            return DurableFile.read(directory.resolve(path), maxBytes);
        } catch (IdentityException e) {
            throw new AuthorityException.Peer(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
