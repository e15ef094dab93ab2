package org.camseal.camera;

import java.time.Duration;

/**
 * How long to wait before the next try: doubled at each failure, up to a bound.
 *
 * @param first more than zero
 * @param most at least {@code first}, at most an hour
 */
public record Backoff(Duration first, Duration most) {
    /** 1 s, 2 s, 4 s … 30 s. */
    public static final Backoff STANDARD = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

    public Backoff {
        if (!first.isPositive() || most.compareTo(first) < 0 || most.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "waiting " + first + " to " + most + "; more than nothing to 1 h expected");
        }
    }

    /** The wait after so many failures in a row, 1 or more. */
    Duration after(int failures) {
        Duration wait = first;
        for (int i = 1; i < failures && wait.compareTo(most) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(most) < 0 ? wait : most;
    }
}
