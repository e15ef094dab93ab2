package org.camseal.camera;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.camseal.media.AccessUnit;
import org.jspecify.annotations.Nullable;

/** States units that were not sent: the first at once, then sums, so that a stream that cannot be sealed at all is not an event per unit. */
final class DropLog {
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final LiveClock clock;
    private final Consumer<CameraEvent> events;
    private @Nullable String cause;
    private Instant from = Instant.EPOCH;
    private Instant to = Instant.EPOCH;
    private long count;
    private Duration statedAt = Duration.ZERO;
    private long statedCount;

    DropLog(LiveClock clock, Consumer<CameraEvent> events) {
        this.clock = clock;
        this.events = events;
    }

    /** A unit was not sent. */
    void dropped(AccessUnit unit, String why) {
        if (!why.equals(cause)) {
            sent();
            cause = why;
            from = unit.capturedAt();
        }
        to = unit.capturedAt();
        count++;
        if (count == 1 || clock.uptime().minus(statedAt).compareTo(INTERVAL) >= 0) {
            state();
        }
    }

    /** Units that only wait for what was dropped: they count, and their own reason would say less. */
    void alsoDropped(AccessUnit unit, String why) {
        dropped(unit, cause == null ? why : cause);
    }

    /** A unit was sent: what was dropped before is over. */
    void sent() {
        if (count > statedCount) {
            state();
        }
        cause = null;
        count = 0;
        statedCount = 0;
    }

    private void state() {
        statedAt = clock.uptime();
        statedCount = count;
        events.accept(new CameraEvent.UnitsDropped(clock.instant(), from, to, count, String.valueOf(cause)));
    }
}
