package org.camseal.streaming.server;

import java.time.Duration;
import org.camseal.media.MediaTime;

/**
 * Keeps what is sent to one reader below one and a half times the speed at which it was recorded, so that a group of pictures that waited for
 * the reader does not arrive at once.
 *
 * <p>Receivers estimate the sender's clock from when packets arrive. GStreamer's rtpjitterbuffer, given two seconds in an instant, moves all
 * of them to the same time, and a muxer behind it fails; below twice the speed its estimate can follow.
 */
final class Pace {
    private static final long MOST_WAIT_NANOS = 500_000_000L;

    private boolean started;
    private long lastMediaNanos;
    private long lastSentNanos;

    /**
     * How long a unit is to wait before it is sent; it counts as sent then. Times may jump: a gap costs half a second at most.
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
        long wait = Math.min(advance * 2 / 3, MOST_WAIT_NANOS);
        long due = Math.max(nowNanos, lastSentNanos + wait);
        lastMediaNanos = Math.max(lastMediaNanos, mediaNanos);
        lastSentNanos = due;
        return due - nowNanos;
    }

    private static long nanos(Duration time) {
        return time.getSeconds() * 1_000_000_000L + time.getNano();
    }
}
