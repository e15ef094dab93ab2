package org.camseal.camera.pages;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Interrupts who writes to a client that has taken nothing for too long, so that nobody holds a place by not reading. For one writer. */
final class StallGuard implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Thread writer = Thread.currentThread();
    private final LongSupplier nanoTime;
    private final long mostNanos;
    private final Thread guard;
    private volatile boolean writing;
    private volatile long since;

    StallGuard(Duration most, LongSupplier nanoTime) {
        this.mostNanos = most.toNanos();
        this.nanoTime = nanoTime;
        this.guard = Thread.ofVirtual().name("stall guard").start(this::look);
    }

    /** A write. */
    interface Write<E extends Exception> {
        void run() throws E;
    }

    /** Runs a write that may wait for the client. */
    <E extends Exception> void guarded(Write<E> write) throws E {
        since = nanoTime.getAsLong();
        writing = true;
        try {
            write.run();
        } finally {
            writing = false;
        }
    }

    private void look() {
        try {
            while (true) {
                Thread.sleep(LOOK);
                if (writing && nanoTime.getAsLong() - since > mostNanos) {
                    writer.interrupt();
                    return;
                }
            }
        } catch (InterruptedException e) {
            return; // the writer is done
        }
    }

    @Override
    public void close() {
        guard.interrupt();
    }
}
