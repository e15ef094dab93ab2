package org.camseal.media.mp4;

import java.time.Duration;
import java.time.Instant;
import org.camseal.media.MediaTime;

/**
 * UTC against media time: an instant at which a presentation time was captured. Other units of the fragment are taken to be as far
 * from it in UTC as in media time; {@link UnitDetail} holds what differs.
 */
record CaptureLine(Instant instant, MediaTime at) {
    /** When a unit of this presentation time was captured if both clocks ran alike; whole nanoseconds, rounded down. */
    Instant predict(MediaTime presentation) {
        int clock = presentation.clockHz();
        long ticks = presentation.ticks() - at.in(clock).ticks();
        long nanos = Math.floorMod(ticks, (long) clock) * 1_000_000_000L / clock;
        return instant.plusSeconds(Math.floorDiv(ticks, clock)).plusNanos(nanos);
    }

    /** Nanoseconds from the predicted instant to the real one; 292 years of difference at most, then it is cut off. */
    long deviationNanos(MediaTime presentation, Instant capturedAt) {
        Duration difference = Duration.between(predict(presentation), capturedAt);
        if (Math.abs(difference.toSeconds()) > Long.MAX_VALUE / 1_000_000_000L - 1) {
            return 0;
        }
        return difference.toNanos();
    }
}
