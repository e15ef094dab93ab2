package org.camseal.identity;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
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
    private final boolean interrupted;

    private DirectoryLock(Path directory, FileChannel channel, boolean interrupted) {
        this.directory = directory;
        this.channel = channel;
        this.interrupted = interrupted;
    }

    /**
     * Waits for the directory. Not for use again by the thread that holds it. Who is told to end by an interrupt meanwhile gets the lock all
     * the same, and hears of the interrupt when it is given back: a camera that is ended while it signs signs to the end.
     */
    @SuppressWarnings("MustBeClosed") // the caller closes the lock, which closes the channel
    static DirectoryLock take(Path directory) throws IdentityException.Store {
        if (THREADS.isHeldByCurrentThread()) {
            throw new IllegalStateException("the directory lock is not taken twice");
        }
        THREADS.lock();
        boolean interrupted = Thread.interrupted(); // it would close the channel
        while (true) {
            FileChannel channel = null;
            try {
                channel = FileChannel.open(
                        directory.resolve(FILE),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                channel.lock(); // given back when the channel is closed, also by a process that dies
                return new DirectoryLock(directory, channel, interrupted);
            } catch (ClosedByInterruptException | FileLockInterruptionException e) {
                closeQuietly(channel);
                interrupted |= Thread.interrupted();
            } catch (IOException | RuntimeException e) {
                closeQuietly(channel);
                release(interrupted);
                throw new IdentityException.Store("cannot lock " + directory + ": " + e.getMessage(), e);
            }
        }
    }

    private static void release(boolean interrupted) {
        THREADS.unlock();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes what writers that died left half written: nobody else writes now. */
    void removeHalfWritten() throws IdentityException.Store {
        DurableFile.removeHalfWritten(directory);
    }

    @Override
    public void close() {
        closeQuietly(channel);
        release(interrupted);
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
