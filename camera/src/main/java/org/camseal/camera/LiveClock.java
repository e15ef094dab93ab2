package org.camseal.camera;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time as a live sender needs it: what to write on a unit, how much has passed, and a way to wait. */
public interface LiveClock extends InstantSource {
    /** UTC now; may be set forward or back by whoever keeps the machine's clock. */
    @Override
    Instant instant();

    /** Time passed since some fixed moment; never goes back. */
    Duration uptime();

    /** Waits; not at all for zero or less. */
    void sleep(Duration duration) throws InterruptedException;

    /** The machine's own clock. */
    static LiveClock system() {
        return new LiveClock() {
            @Override
            public Instant instant() {
                return Instant.now();
            }

            @Override
            public Duration uptime() {
                return Duration.ofNanos(System.nanoTime());
            }

            @Override
            public void sleep(Duration duration) throws InterruptedException {
                if (duration.isPositive()) {
                    Thread.sleep(duration);
                }
            }
        };
    }
}
