package org.camseal.identity.element;

import java.time.Duration;
import java.util.Arrays;

/** What a worker has seen of its element. Safe for use by several threads. */
public final class ElementHealth {
    private static final int REMEMBERED = 256;

    private final long[] latest = new long[REMEMBERED];
    private long done;
    private long failed;
    private long late;
    private long refused;
    private long begunAt;
    private boolean busy;

    /**
     * A reading.
     *
     * @param done what the element has answered, refusals of its own included
     * @param failed how much of that was a refusal or failure
     * @param late answers that came too late for who asked
     * @param refused what was not even asked, because the queue was full or the element hung
     * @param waiting how many wait now
     * @param busyFor how long the element has been at what it does now; zero if it rests
     * @param median of the latest answers' times, the time in the queue included; zero if there are none
     * @param slowest of the latest
     */
    public record Reading(
            long done,
            long failed,
            long late,
            long refused,
            int waiting,
            Duration busyFor,
            Duration median,
            Duration slowest) {}

    ElementHealth() {}

    synchronized void begun() {
        busy = true;
        begunAt = System.nanoTime();
    }

    synchronized void ended(long nanos, boolean withFault) {
        busy = false;
        latest[(int) (done % REMEMBERED)] = nanos;
        done++;
        if (withFault) {
            failed++;
        }
    }

    synchronized void late() {
        late++;
    }

    synchronized void refused() {
        refused++;
    }

    synchronized Duration busyFor() {
        return busy ? Duration.ofNanos(System.nanoTime() - begunAt) : Duration.ZERO;
    }

    synchronized Reading reading(int waiting) {
        long[] times = Arrays.copyOf(latest, (int) Math.min(done, REMEMBERED));
        Arrays.sort(times);
        Duration median = times.length == 0 ? Duration.ZERO : Duration.ofNanos(times[times.length / 2]);
        Duration slowest = times.length == 0 ? Duration.ZERO : Duration.ofNanos(times[times.length - 1]);
        return new Reading(done, failed, late, refused, waiting, busyFor(), median, slowest);
    }
}
