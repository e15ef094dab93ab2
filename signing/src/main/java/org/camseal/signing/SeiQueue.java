package org.camseal.signing;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.camseal.media.NalUnit;
import org.camseal.signing.wire.SigningSeiWriter;
import org.jspecify.annotations.Nullable;

/**
 * The SEI on their way into the stream, in the order of their counters: one that is ready waits behind one that is still being signed. When
 * too many wait for the key, {@link #sign} blocks; a key that fails or does not answer ends the queue for good.
 */
final class SeiQueue {
    private static final long LONGEST_NAP_NANOS = Duration.ofMillis(20).toNanos();

    /** An SEI that may stand in the stream now. */
    record Ready(NalUnit nal, boolean unsigned) {}

    private static final class Entry {
        final long since;

        @Nullable
        Ready ready;

        Entry(long since, @Nullable Ready ready) {
            this.since = since;
            this.ready = ready;
        }
    }

    private final SigningKey key;
    private final SignerSettings.Waiting waiting;
    private final Executor executor;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int pending;
    private @Nullable String failure;
    private @Nullable Throwable cause;
    private boolean timedOut;

    SeiQueue(SigningKey key, SignerSettings.Waiting waiting, Executor executor, LongSupplier nanoTime) {
        this.key = key;
        this.waiting = waiting;
        this.executor = executor;
        this.nanoTime = nanoTime;
    }

    /** Puts an unsigned SEI behind all others. */
    void add(NalUnit unsigned) {
        lock.lock();
        try {
            entries.add(new Entry(nanoTime.getAsLong(), new Ready(unsigned, true)));
        } finally {
            lock.unlock();
        }
    }

    /** Puts an SEI behind all others and has it signed; waits while too many wait for the key. */
    void sign(SigningSeiWriter.Draft draft) throws SigningException {
        Entry entry;
        lock.lock();
        try {
            awaitPendingBelow(waiting.maxPending());
            requireSound();
            entry = new Entry(nanoTime.getAsLong(), null);
            entries.add(entry);
            pending++;
        } finally {
            lock.unlock();
        }
        try {
            executor.execute(() -> complete(entry, draft));
        } catch (RejectedExecutionException e) {
            fail(e);
            requireSound();
        }
    }

    /** A key is foreign code: whatever it throws is its failure, never silence. */
    private void complete(Entry entry, SigningSeiWriter.Draft draft) {
        NalUnit nal = null;
        Throwable thrown = null;
        try {
            nal = draft.complete(key.sign(draft.document()));
        } catch (SigningException.KeyFailed | RuntimeException | Error e) {
            thrown = e;
        }
        if (nal == null) {
            fail(thrown);
        } else {
            succeed(entry, nal);
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private void succeed(Entry entry, NalUnit nal) {
        lock.lock();
        try {
            pending--;
            entry.ready = new Ready(nal, false);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(@Nullable Throwable thrown) {
        lock.lock();
        try {
            pending--;
            if (failure == null) {
                failure = "the media key cannot sign: " + (thrown == null ? "" : thrown.getMessage());
                cause = thrown;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is ready at the front; empty where the first is still being signed. */
    List<Ready> takeReady() throws SigningException {
        lock.lock();
        try {
            requireSound();
            return removeReady();
        } finally {
            lock.unlock();
        }
    }

    private List<Ready> removeReady() {
        List<Ready> ready = List.of();
        for (Entry first = entries.peek(); first != null && first.ready != null; first = entries.peek()) {
            ready = ready.isEmpty() ? new ArrayList<>() : ready;
            ready.add(first.ready);
            entries.remove();
        }
        return ready;
    }

    /** Takes all, waiting for the key. */
    List<Ready> takeAll() throws SigningException {
        lock.lock();
        try {
            awaitPendingBelow(1);
            requireSound();
            return removeReady();
        } finally {
            lock.unlock();
        }
    }

    private void awaitPendingBelow(int count) throws SigningException {
        try {
            while (pending >= count) {
                requireSound();
                // In short naps, because the clock that tells the time-out is not always the machine's.
                long _ = changed.awaitNanos(LONGEST_NAP_NANOS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SigningException.KeyFailed("interrupted while the media key was signing", e);
        }
    }

    /** Throws if the key has failed, or does so now by not answering. */
    void requireSound() throws SigningException {
        lock.lock();
        try {
            String found = failure != null ? failure : overdue();
            failure = found;
            if (found != null && timedOut) {
                throw new SigningException.KeyTimedOut(found);
            }
            if (found != null) {
                throw cause == null
                        ? new SigningException.KeyFailed(found)
                        : new SigningException.KeyFailed(found, cause);
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable String overdue() {
        for (Entry entry : entries) {
            if (entry.ready == null) {
                long age = nanoTime.getAsLong() - entry.since;
                if (age > waiting.keyTimeout().toNanos()) {
                    timedOut = true;
                    return "the media key has not answered for " + TimeUnit.NANOSECONDS.toMillis(age) + " ms; at most "
                            + waiting.keyTimeout().toMillis() + " ms expected";
                }
                return null; // those behind are younger
            }
        }
        return null;
    }
}
