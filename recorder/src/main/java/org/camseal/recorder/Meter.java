package org.camseal.recorder;

import java.time.InstantSource;

/** Counts bytes, and says how many came in each of the last seconds. */
final class Meter {
    private static final int SECONDS = 5;

    private final InstantSource clock;
    private final long[] perSecond = new long[SECONDS + 1];
    private long second;
    private long total;

    Meter(InstantSource clock) {
        this.clock = clock;
        this.second = clock.instant().getEpochSecond();
    }

    synchronized void add(long bytes) {
        turn();
        total += bytes;
        perSecond[slot(second)] += bytes;
    }

    synchronized long total() {
        return total;
    }

    /** Mean over the last five whole seconds. */
    synchronized long bitsPerSecond() {
        turn();
        long sum = 0;
        for (int i = 0; i < perSecond.length; i++) {
            sum += i == slot(second) ? 0 : perSecond[i];
        }
        return sum * 8 / SECONDS;
    }

    private void turn() {
        long now = clock.instant().getEpochSecond();
        if (now < second) {
            second = now; // the clock was set back
        }
        for (long passed = Math.min(now - second, perSecond.length); passed > 0; passed--) {
            second = now - passed + 1;
            perSecond[slot(second)] = 0;
        }
        second = now;
    }

    private int slot(long at) {
        return (int) Math.floorMod(at, (long) perSecond.length);
    }
}
