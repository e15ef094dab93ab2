package org.camseal.streaming.server;

import java.time.Duration;
import org.camseal.media.MediaTime;

/**
 * Keeps what is sent to one reader below a speed.
 *
 * <p>What is live leaves at one and a half times the speed at which it was recorded, so that a group of pictures that waited for the reader does
 * not arrive at once. Receivers estimate the sender's clock from when packets arrive. GStreamer's rtpjitterbuffer, given two seconds in an
 * instant, moves all of them to the same time, and a muxer behind it fails; below twice the speed its estimate can follow.
 */
final class Pace {
    private static final long MOST_WAIT_NANOS = 500_000_000L;
    private static final long MOST_LATE_NANOS = 200_000_000L;

    private static final long PARTS = 600;
    private static final long MOST_ADVANCE_NANOS = Long.MAX_VALUE / (8 * PARTS); // three weeks

    /** Of {@link #PARTS}: how long a unit waits for each part of its distance from the one before. */
    private final long waitParts;

    private final long mostWaitNanos;
    private final long catchUpNanos;
    private boolean started;
    private long lastMediaNanos;
    private long lastSentNanos;

    private Pace(long waitParts, long mostWaitNanos, long catchUpNanos) {
        this.waitParts = waitParts;
        this.mostWaitNanos = mostWaitNanos;
        this.catchUpNanos = catchUpNanos;
    }

    /** For what is live. */
    static Pace ofLive() {
        return new Pace(PARTS * 2 / 3, MOST_WAIT_NANOS, 0);
    }

    /**
     * For a recording; a delay of a fifth of a second is made up for, a longer one is not.
     *
     * @param speed times its own, 1/8 to 8
     */
    static Pace ofRecording(double speed) {
        return new Pace(Math.round(PARTS / speed), Long.MAX_VALUE, MOST_LATE_NANOS);
    }

    /** Without any wait: the reader sets the speed. */
    static Pace none() {
        return new Pace(0, 0, 0);
    }

    /**
     * How long a unit is to wait before it is sent; it counts as sent then. Times may jump: a gap of what is live costs half a second at most.
     *
     * @param nowNanos a clock that never runs back
     */
    long delayNanos(MediaTime time, long nowNanos) {
        long mediaNanos = nanos(time.toDuration());
        if (!started) {
            started = true;
            lastMediaNanos = mediaNanos;
            lastSentNanos = nowNanos;
            return 0;
        }
        long advance =
                Math.max(0, mediaNanos - lastMediaNanos); // decode order runs back in front of pictures in between
        long wait = Math.min(Math.min(advance, MOST_ADVANCE_NANOS) * waitParts / PARTS, mostWaitNanos);
        long due = lastSentNanos + wait;
        if (nowNanos - due > catchUpNanos) {
            due = nowNanos;
        }
        lastMediaNanos = Math.max(lastMediaNanos, mediaNanos);
        lastSentNanos = due;
        return Math.max(0, due - nowNanos);
    }

    private static long nanos(Duration time) {
        return time.getSeconds() * 1_000_000_000L + time.getNano();
    }
}
