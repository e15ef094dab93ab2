package org.camseal.signing.wire;

import java.time.Instant;

/**
 * A UTC time as the format writes it: units of 100 ns since 1601-01-01T00:00:00Z (docs/spec/media-signing.md, tag 1).
 *
 * @param ticks unsigned 64 bits
 */
public record OnvifTime(long ticks) implements Comparable<OnvifTime> {
    private static final long TICKS_PER_SECOND = 10_000_000L;
    private static final long NANOS_PER_TICK = 100;
    private static final long UNIX_EPOCH_SECONDS = 11_644_473_600L;

    /**
     * The time of an instant, rounded down to 100 ns.
     *
     * @throws ArithmeticException for years before 1601 or beyond 30000
     */
    public static OnvifTime of(Instant instant) {
        long seconds = Math.addExact(instant.getEpochSecond(), UNIX_EPOCH_SECONDS);
        if (seconds < 0) {
            throw new ArithmeticException(instant + " is before 1601");
        }
        return new OnvifTime(
                Math.addExact(Math.multiplyExact(seconds, TICKS_PER_SECOND), instant.getNano() / NANOS_PER_TICK));
    }

    /** The instant, exact. */
    public Instant toInstant() {
        long seconds = Long.divideUnsigned(ticks, TICKS_PER_SECOND);
        long rest = Long.remainderUnsigned(ticks, TICKS_PER_SECOND);
        return Instant.ofEpochSecond(seconds - UNIX_EPOCH_SECONDS, rest * NANOS_PER_TICK);
    }

    @Override
    public int compareTo(OnvifTime other) {
        return Long.compareUnsigned(ticks, other.ticks);
    }

    @Override
    public String toString() {
        return toInstant().toString();
    }
}
