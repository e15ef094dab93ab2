package org.camseal.streaming.client;

import java.time.Duration;
import java.time.Instant;
import org.camseal.media.MediaTime;
import org.jspecify.annotations.Nullable;

/** The zero that all tracks of a playback share where the server does not name one: the capture time of the first unit of all. */
final class CommonZero {
    private @Nullable Instant zero;

    /** The time of an instant on a clock. */
    synchronized long ticks(Instant capturedAt, int clockHz) {
        if (zero == null) {
            zero = capturedAt;
        }
        long micros = Duration.between(zero, capturedAt).toNanos() / 1_000;
        return new MediaTime(micros, 1_000_000).in(clockHz).ticks();
    }
}
