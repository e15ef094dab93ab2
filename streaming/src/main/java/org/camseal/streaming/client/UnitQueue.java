package org.camseal.streaming.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.camseal.media.AccessUnit;
import org.camseal.streaming.StreamingException;
import org.jspecify.annotations.Nullable;

/**
 * Units between the network and the caller, bounded in bytes. Where it is full, the network waits: TCP then slows the server down, and
 * UDP loses packets, which is counted.
 */
final class UnitQueue {
    private static final int MOST_BYTES = 8 << 20;

    /** What waiting came to. */
    sealed interface Next {
        record Unit(AccessUnit unit) implements Next {}

        record End() implements Next {}

        record Failed(StreamingException reason) implements Next {}

        record Silence() implements Next {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<AccessUnit> units = new ArrayDeque<>();
    private int bytes;
    private boolean ended;
    private @Nullable StreamingException failure;

    /** Waits for room; without effect after the end. */
    void put(AccessUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended && !units.isEmpty() && bytes > MOST_BYTES - unit.sizeBytes()) {
                changed.await();
            }
            if (!ended) {
                units.add(unit);
                bytes += unit.sizeBytes();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    Next take(Duration most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = most.toNanos();
            while (units.isEmpty() && !ended && left > 0) {
                left = changed.awaitNanos(left);
            }
            AccessUnit unit = units.poll();
            if (unit != null) {
                bytes -= unit.sizeBytes();
                changed.signalAll();
                return new Next.Unit(unit);
            }
            if (failure != null) {
                return new Next.Failed(failure);
            }
            return ended ? new Next.End() : new Next.Silence();
        } finally {
            lock.unlock();
        }
    }

    /** Nothing more comes; what waits may be taken. */
    void end(@Nullable StreamingException reason) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                failure = reason;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The caller wants no more. */
    void clear() {
        lock.lock();
        try {
            ended = true;
            failure = null;
            units.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
