package org.camseal.media.mp4;

import java.time.Duration;

/**
 * How much later than they are decode times are stored, so that none is negative; an edit list in each track takes it off again.
 *
 * @param millis 0 to {@value #MAX_MILLIS}
 */
record Lead(long millis) {
    static final long MAX_MILLIS = 1_000_000_000;
    static final Lead NONE = new Lead(0);

    Lead {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new IllegalArgumentException("a lead of " + millis + " ms; 0 to " + MAX_MILLIS + " expected");
        }
    }

    static Lead of(Duration duration) {
        return new Lead(duration.toMillis());
    }

    /** The lead that the edit list of a track takes off. */
    static Lead ofTicks(long ticks, int clockHz) {
        return new Lead(ticks * 1_000 / clockHz);
    }

    /** In ticks of a track's clock, rounded up. */
    long ticks(int clockHz) {
        return Math.ceilDiv(millis * clockHz, 1_000L);
    }
}
