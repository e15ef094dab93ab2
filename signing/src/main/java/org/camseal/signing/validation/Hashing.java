package org.camseal.signing.validation;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import org.camseal.media.NalUnit;
import org.camseal.signing.hashing.NalHasher;
import org.camseal.signing.wire.Digest;
import org.camseal.signing.wire.HashAlgorithm;

/**
 * Hashes NAL units on another thread, so that signatures are verified meanwhile: the two cost about the same. What is needed and not begun is
 * hashed by whoever needs it, so nothing ever waits for an executor that is busy or does nothing.
 */
final class Hashing {
    /** One unit's own hash, now or soon. Keeps the unit's bytes only until it is there. */
    static final class Pending {
        private final FutureTask<Digest> task;
        private final int bytes;

        private Pending(HashAlgorithm algorithm, NalUnit nal) {
            this.task = new FutureTask<>(() -> new NalHasher(algorithm).own(nal));
            this.bytes = nal.length();
        }

        boolean isDone() {
            return task.isDone();
        }

        /** Waits for it, or does it. */
        Digest get() {
            task.run(); // nothing happens where it has begun
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return task.get();
                    } catch (InterruptedException e) {
                        interrupted = true; // a hash takes no time that is worth giving up for
                    } catch (ExecutionException e) {
                        throw new IllegalStateException("hashing bytes in memory cannot fail", e);
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private final Executor executor;
    private final long bytesAtMost;
    private final ArrayDeque<Pending> inFlight = new ArrayDeque<>();
    private long bytesInFlight;

    /** @param bytesAtMost of units that are not hashed yet; beyond it the caller hashes */
    Hashing(Executor executor, long bytesAtMost) {
        this.executor = executor;
        this.bytesAtMost = bytesAtMost;
    }

    Pending begin(HashAlgorithm algorithm, NalUnit nal) {
        Pending pending = new Pending(algorithm, nal);
        inFlight.add(pending);
        bytesInFlight += pending.bytes;
        executor.execute(pending.task);
        for (Pending oldest = inFlight.peek(); oldest != null; oldest = inFlight.peek()) {
            if (!oldest.isDone()) {
                if (bytesInFlight <= bytesAtMost) {
                    break;
                }
                oldest.get();
            }
            bytesInFlight -= oldest.bytes;
            inFlight.remove();
        }
        return pending;
    }
}
