package org.camseal.bench.cipher;

import java.time.Duration;
import java.util.List;

/**
 * How much time a measurement takes.
 *
 * @param sizes bytes of the access units
 * @param machines how many Java machines are started one after the other for each {@link Processor}, at least 1: the compiler does not
 *     do equally well each time
 * @param warmUpCalls of everything that is measured, before the first time is taken
 * @param slice about how long each is timed before it is the next one's turn
 * @param minRounds of all in turn
 * @param maxRounds a bound, however far the ratios still spread
 * @param budget a bound for each size
 */
public record Effort(
        List<Integer> sizes,
        int machines,
        int warmUpCalls,
        Duration slice,
        int minRounds,
        int maxRounds,
        Duration budget) {
    private static final List<Integer> SIZES = List.of(1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576);

    /** What a statement needs. */
    public static final Effort FULL =
            new Effort(SIZES, 3, 12_000, Duration.ofMillis(1), 21, 101, Duration.ofSeconds(3));

    /** A first look. */
    public static final Effort QUICK =
            new Effort(SIZES, 1, 12_000, Duration.ofMillis(1), 11, 31, Duration.ofSeconds(1));

    public Effort {
        sizes = List.copyOf(sizes);
        if (sizes.isEmpty() || machines < 1 || warmUpCalls < 0 || minRounds < 1 || maxRounds < minRounds) {
            throw new IllegalArgumentException("an effort that measures nothing");
        }
    }
}
