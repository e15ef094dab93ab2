package org.camseal.identity;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** One writer at a time in a directory of keys or certificates, over threads and processes. Held for milliseconds. */
final class DirectoryLock implements AutoCloseable {
    private static final String FILE = ".lock";

    /** File locks are a process's, not a thread's, so threads queue here first. One for all directories: writing is rare. */
    private static final ReentrantLock THREADS = new ReentrantLock();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /** Waits for the directory. Not for use again by the thread that holds it. */
    @SuppressWarnings("MustBeClosed") // the caller closes the lock, which closes the channel
    static DirectoryLock take(Path directory) throws IdentityException.Store {
        if (THREADS.isHeldByCurrentThread()) {
            throw new IllegalStateException("the directory lock is not taken twice");
        }
        THREADS.lock();
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    directory.resolve(FILE),
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            channel.lock(); // given back when the channel is closed, also by a process that dies
            return new DirectoryLock(directory, channel);
        } catch (IOException | RuntimeException e) {
            THREADS.unlock();
            closeQuietly(channel);
            throw new IdentityException.Store("cannot lock " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Removes what writers that died left half written: nobody else writes now. */
    void removeHalfWritten() throws IdentityException.Store {
        DurableFile.removeHalfWritten(directory);
    }

    @Override
    public void close() {
        closeQuietly(channel);
        THREADS.unlock();
    }

    private static void closeQuietly(@org.jspecify.annotations.Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // a lock file holds nothing that could be lost
            }
        }
    }
}
