package org.camseal.authority.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.camseal.authority.AuthorityException;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;

/**
 * The files of a log, under the names that C2SP tlog-tiles gives them, so that any web server can serve the directory: {@code checkpoint} and
 * {@code tile/}. Beside them {@code signed}, the newest checkpoint that was signed, published or not. One process at a time.
 */
final class LogDirectory implements AutoCloseable {
    static final String CHECKPOINT = "checkpoint";
    private static final String SIGNED = "signed";
    private static final String LOCK = ".lock";

    private final Path directory;
    private final FileChannel lockFile;

    private LogDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    @SuppressWarnings("MustBeClosed") // close() closes it
    static LogDirectory open(Path directory) throws AuthorityException.Store {
        try {
            Files.createDirectories(directory);
            FileChannel lockFile =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lockFile)) {
                lockFile.close();
                throw new AuthorityException.Store(
                        directory + " is in use by another program: a log has one writer; end the other first");
            }
            return new LogDirectory(directory, lockFile);
        } catch (IOException e) {
            throw new AuthorityException.Store("cannot use " + directory + ": " + e.getMessage(), e);
        }
    }

    private static boolean locked(FileChannel lockFile) throws IOException {
        try {
            FileLock lock = lockFile.tryLock(); // given back when the channel is closed, also by a process that dies
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    Path path(TileAddress address) {
        return directory.resolve(address.path());
    }

    Path checkpointPath() {
        return directory.resolve(CHECKPOINT);
    }

    Optional<byte[]> signed() throws AuthorityException.Store {
        return read(directory.resolve(SIGNED), SignedNote.MAX_BYTES);
    }

    Optional<byte[]> published() throws AuthorityException.Store {
        return read(checkpointPath(), SignedNote.MAX_BYTES);
    }

    void writeSigned(byte[] note) throws AuthorityException.Store {
        write(directory.resolve(SIGNED), note);
    }

    void publish(byte[] note) throws AuthorityException.Store {
        write(checkpointPath(), note);
    }

    Optional<byte[]> read(TileAddress address) throws AuthorityException.Store {
        return read(path(address), address.level() == TileAddress.ENTRIES ? EntryBundle.MAX_BYTES : 1 << 13);
    }

    void write(TileAddress address, byte[] content) throws AuthorityException.Store {
        Path path = path(address);
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new AuthorityException.Store("cannot make a directory for " + path + ": " + e.getMessage(), e);
        }
        write(path, content);
    }

    /** Removes the narrower forms of a tile that is there in full. */
    void removePartial(TileAddress full) throws AuthorityException.Store {
        Path partial = directory.resolve(full.partialDirectory());
        if (!Files.isDirectory(partial)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(partial)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(partial);
        } catch (IOException e) {
            throw new AuthorityException.Store("cannot remove " + partial + ": " + e.getMessage(), e);
        }
    }

    private static Optional<byte[]> read(Path file, int maxBytes) throws AuthorityException.Store {
        try {
            return DurableFile.read(file, maxBytes);
        } catch (IdentityException e) {
            throw new AuthorityException.Store(e);
        }
    }

    private static void write(Path file, byte[] content) throws AuthorityException.Store {
        try {
            DurableFile.write(file, content, DurableFile.Readers.EVERYBODY);
        } catch (IdentityException e) {
            throw new AuthorityException.Store(e);
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            // a lock file holds nothing that could be lost
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
