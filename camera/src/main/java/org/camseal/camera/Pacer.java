package org.camseal.camera;

import java.time.Duration;
import java.time.Instant;

/** Lets units through when they are due, counted from when the first one was. */
final class Pacer {
    private static final Duration MAX_CLOCK_STEP = Duration.ofSeconds(2);

    private final LiveClock clock;
    private final Instant startedAt;
    private final Duration startedUp;
    private Duration latest = Duration.ZERO;

    Pacer(LiveClock clock) {
        this.clock = clock;
        this.startedAt = clock.instant();
        this.startedUp = clock.uptime();
    }

    /** When time zero was. */
    Instant start() {
        return startedAt;
    }

    /** Time passed since the start. */
    Duration elapsed() {
        return clock.uptime().minus(startedUp);
    }

    /**
     * Waits until a unit is due.
     *
     * @param due since the start
     * @return how much too late the latest unit is; zero or more
     * @throws SourceException.Lost if the machine's clock was set, so that the units' capture times would be wrong from here on
     */
    Duration await(Duration due) throws InterruptedException, SourceException.Lost {
        clock.sleep(due.minus(elapsed()));
        Duration step = Duration.between(startedAt.plus(elapsed()), clock.instant());
        if (step.abs().compareTo(MAX_CLOCK_STEP) > 0) {
            throw new SourceException.Lost("this machine's clock was set by " + step.toMillis() + " ms");
        }
        if (due.compareTo(latest) > 0) {
            latest = due;
        }
        Duration late = elapsed().minus(latest);
        return late.isNegative() ? Duration.ZERO : late;
    }
}
