package org.camseal.identity.element;

import java.time.Duration;
import java.util.Arrays;
import org.camseal.identity.ElementHealth;

/** What a worker has seen of its element. Safe for use by several threads. */
final class HealthCounter {
    private static final int REMEMBERED = 256;

    private final long[] latest = new long[REMEMBERED];
    private long done;
    private long failed;
    private long late;
    private long refused;
    private long begunAt;
    private boolean busy;

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

    synchronized ElementHealth reading(int waiting) {
        long[] times = Arrays.copyOf(latest, (int) Math.min(done, REMEMBERED));
        Arrays.sort(times);
        Duration median = times.length == 0 ? Duration.ZERO : Duration.ofNanos(times[times.length / 2]);
        Duration slowest = times.length == 0 ? Duration.ZERO : Duration.ofNanos(times[times.length - 1]);
        return new ElementHealth(done, failed, late, refused, waiting, busyFor(), median, slowest);
    }
}
