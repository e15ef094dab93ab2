package org.camseal.media;

/**
 * Pictures per second as a fraction, so that 30000/1001 stays exact.
 *
 * @param pictures at least 1
 * @param seconds at least 1
 */
public record FrameRate(long pictures, long seconds) {
    public FrameRate {
        if (pictures < 1 || seconds < 1 || pictures > 1L << 33 || seconds > 1L << 33) {
            throw new IllegalArgumentException("frame rate " + pictures + "/" + seconds);
        }
    }

    /** So many whole pictures per second. */
    public static FrameRate of(int perSecond) {
        return new FrameRate(perSecond, 1);
    }
}
