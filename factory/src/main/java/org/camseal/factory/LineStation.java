package org.camseal.factory;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.camseal.identity.DurableFile;
import org.camseal.identity.IdentityException;

/** Works through a list of cameras, several at a time, alone in its directory. */
public final class LineStation implements AutoCloseable {
    private final Provisioner provisioner;
    private final int atATime;
    private final FileChannel lock;

    private LineStation(Provisioner provisioner, int atATime, FileChannel lock) {
        this.provisioner = provisioner;
        this.atATime = atATime;
        this.lock = lock;
    }

    /**
     * Takes the directory; a process that dies gives it back.
     *
     * @param directory the provisioner's
     * @param atATime cameras that are worked at together, 1 to 64
     * @throws IdentityException.Store if another station works there
     */
    @SuppressWarnings("MustBeClosed") // closed with this station
    public static LineStation open(Path directory, Provisioner provisioner, int atATime) throws IdentityException {
        if (atATime < 1 || atATime > 64) {
            throw new IllegalArgumentException(atATime + " cameras at a time; 1 to 64 expected");
        }
        DurableFile.ownDirectory(directory);
        try {
            FileChannel channel = FileChannel.open(
                    directory.resolve(".lock"), Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE));
            if (!taken(channel)) {
                channel.close();
                throw new IdentityException.Store(
                        "another station works in " + directory + ": end it, or give this one a directory of its own");
            }
            return new LineStation(provisioner, atATime, channel);
        } catch (IOException e) {
            throw new IdentityException.Store("cannot lock " + directory + ": " + e.getMessage(), e);
        }
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another station of this process
        }
    }

    /**
     * Brings each camera as far as it goes. A serial that is named twice counts once.
     *
     * @param serials may block until the next one is known; all of the form that certificates carry
     * @param yield hears of everything
     * @param each hears of each camera's outcome, on any thread, one at a time
     */
    public void work(Iterator<String> serials, Yield yield, Consumer<Outcome> each) throws InterruptedException {
        Set<String> seen = new HashSet<>();
        Semaphore places = new Semaphore(atATime);
        Phaser workers = new Phaser(1);
        Queue<Throwable> bugs = new ConcurrentLinkedQueue<>();
        while (bugs.isEmpty() && serials.hasNext()) {
            String serial = serials.next();
            if (!seen.add(serial)) {
                continue;
            }
            yield.expect(serial);
            places.acquire();
            workers.register();
            Thread.ofVirtual().name("camera " + serial).start(() -> {
                try {
                    Outcome outcome = provisioner.provision(serial, yield::reached);
                    yield.ended(outcome);
                    synchronized (each) {
                        each.accept(outcome);
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException | Error e) {
                    bugs.add(e);
                } finally {
                    places.release();
                    workers.arriveAndDeregister();
                }
            });
        }
        workers.awaitAdvanceInterruptibly(workers.arrive());
        if (!bugs.isEmpty()) {
            throw new IllegalStateException("a camera's work ended with a fault of this program", bugs.peek());
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // it is given back with the process
        }
    }
}
