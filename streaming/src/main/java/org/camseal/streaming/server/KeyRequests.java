package org.camseal.streaming.server;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Readers' requests of a key picture on their way to the source: at most one a second, however many ask, because each costs the source and
 * all readers many times an ordinary picture. One that comes too soon is dropped; who still needs a picture asks again.
 */
final class KeyRequests {
    private static final long LEAST_NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private Runnable source = () -> {};
    private boolean asked;
    private long lastNanos;

    KeyRequests(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void handTo(Runnable to) {
        lock.lock();
        try {
            source = to;
        } finally {
            lock.unlock();
        }
    }

    /** Hands a request on, or drops it; the source is called by this thread, outside the lock. */
    void ask() {
        Runnable to;
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            if (asked && now - lastNanos < LEAST_NANOS) {
                return;
            }
            asked = true;
            lastNanos = now;
            to = source;
        } finally {
            lock.unlock();
        }
        to.run();
    }
}
