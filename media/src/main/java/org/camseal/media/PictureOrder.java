package org.camseal.media;

/**
 * A picture's place in output order, as its first slice tells it.
 *
 * @param restarts every picture decoded before is shown before this one: counts on both sides are not to be compared
 * @param count picture order count since the last restart; may be negative; a lower one is shown earlier
 * @param field a single field, half as long as a frame
 * @param maxReorder how many frames at most are decoded before a frame and shown after it, 0 to 15; {@link #UNKNOWN_REORDER} where the
 *     stream does not say
 */
public record PictureOrder(boolean restarts, int count, boolean field, int maxReorder) {
    /** The largest decoded picture buffer there is, in frames. */
    public static final int UNKNOWN_REORDER = 16;
}
