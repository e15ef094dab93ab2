package org.camseal.media;

import java.time.Duration;

/**
 * A point on a track's own time line, in whole ticks of that track's clock, so that no container or RTP conversion loses a
 * sample: 90 000 Hz for video, the sampling rate for audio (48 000 Hz for Opus, RFC 7587).
 *
 * @param ticks may be negative (a decode time in front of the first picture)
 * @param clockHz ticks per second, 1 to 10 000 000
 */
public record MediaTime(long ticks, int clockHz) implements Comparable<MediaTime> {
    /** The clock of every video track: RTP's 90 kHz. */
    public static final int VIDEO_CLOCK_HZ = 90_000;

    public MediaTime {
        if (clockHz < 1 || clockHz > 10_000_000) {
            throw new IllegalArgumentException("clock of " + clockHz + " Hz; 1 to 10000000 expected");
        }
    }

    /** A time on the video clock. */
    public static MediaTime video(long ticks) {
        return new MediaTime(ticks, VIDEO_CLOCK_HZ);
    }

    /** The same instant in ticks of another clock, rounded to the nearest tick (halves up). */
    public MediaTime in(int otherClockHz) {
        if (otherClockHz == clockHz) {
            return this;
        }
        long whole = Math.floorDiv(ticks, clockHz);
        long rest = Math.floorMod(ticks, (long) clockHz);
        return new MediaTime(whole * otherClockHz + (rest * otherClockHz + clockHz / 2) / clockHz, otherClockHz);
    }

    /** The time since the track's zero. */
    public Duration toDuration() {
        return Duration.ofNanos(in(1_000_000).ticks() * 1_000);
    }

    /** This time plus a number of this clock's ticks. */
    public MediaTime plusTicks(long more) {
        return new MediaTime(ticks + more, clockHz);
    }

    /** Orders times of different clocks by the instant they name. */
    @Override
    public int compareTo(MediaTime other) {
        int seconds = Long.compare(Math.floorDiv(ticks, clockHz), Math.floorDiv(other.ticks, other.clockHz));
        if (seconds != 0) {
            return seconds;
        }
        long mine = Math.floorMod(ticks, (long) clockHz) * other.clockHz;
        long theirs = Math.floorMod(other.ticks, (long) other.clockHz) * clockHz;
        return Long.compare(mine, theirs);
    }

    /** For people: seconds to the millisecond. */
    @Override
    public String toString() {
        return String.format(java.util.Locale.ROOT, "%.3f s", (double) ticks / clockHz);
    }
}
