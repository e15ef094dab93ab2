package org.camseal.media;

import java.math.BigInteger;

/**
 * Pictures per second as a fraction, so that 30000/1001 stays exact.
 *
 * @param pictures 1 to 2^33
 * @param seconds 1 to 2^33
 */
public record FrameRate(long pictures, long seconds) {
    private static final long MAX = 1L << 33;

    public FrameRate {
        if (pictures < 1 || seconds < 1 || pictures > MAX || seconds > MAX) {
            throw new IllegalArgumentException("frame rate " + pictures + "/" + seconds);
        }
    }

    /** So many whole pictures per second. */
    public static FrameRate of(int perSecond) {
        return new FrameRate(perSecond, 1);
    }

    /** Pictures per second, rounded. */
    public double perSecond() {
        return (double) pictures / seconds;
    }

    /**
     * When the time of so many half pictures is over; halves, because a field lasts half as long as a frame. Rounded down to a tick,
     * with no error that grows.
     */
    public MediaTime afterHalves(long halves) {
        BigInteger ticks = BigInteger.valueOf(halves)
                .multiply(BigInteger.valueOf(seconds))
                .multiply(BigInteger.valueOf(MediaTime.VIDEO_CLOCK_HZ));
        BigInteger[] quotient = ticks.divideAndRemainder(BigInteger.valueOf(2 * pictures));
        return MediaTime.video(quotient[0].longValueExact() - (quotient[1].signum() < 0 ? 1 : 0));
    }
}
