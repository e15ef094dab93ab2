package org.camseal.factory;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a station tries before it keeps a request for later. Waits double from {@code first} to {@code longest}, each between half and the
 * whole of that by chance, so that the lines of a factory do not come back all at once.
 *
 * @param attempts tries without an answer, 1 to 100
 * @param first the first wait, more than zero
 * @param longest the longest wait between tries, at most an hour
 * @param mostAsked the longest wait that the authority may ask for at a time; a longer one is cut to this
 * @param total all waits of one request together
 */
public record Patience(int attempts, Duration first, Duration longest, Duration mostAsked, Duration total) {
    /** 5 tries, 0.2 s to 5 s apart; at most 60 s at a time and 5 minutes in all where the authority asks for it. */
    public static final Patience USUAL = new Patience(
            5, Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(60), Duration.ofMinutes(5));

    public Patience {
        if (attempts < 1 || attempts > 100) {
            throw new IllegalArgumentException(attempts + " attempts; 1 to 100 expected");
        }
        if (!first.isPositive() || longest.compareTo(first) < 0 || longest.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "waiting " + first + " to " + longest + "; more than nothing to 1 h expected");
        }
    }

    /** The wait after so many failures in a row, 1 or more. */
    Duration after(int failures, RandomGenerator random) {
        long whole = Math.min(longest.toMillis(), first.toMillis() << Math.min(failures - 1, 20));
        return Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1));
    }

    /** What the authority asked for, cut to what is granted; at least a tenth of a second. */
    Duration granted(Duration asked) {
        Duration least = Duration.ofMillis(100);
        if (asked.compareTo(least) < 0) {
            return least;
        }
        return asked.compareTo(mostAsked) > 0 ? mostAsked : asked;
    }
}
