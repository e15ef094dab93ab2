package org.camseal.signing.validation;

/**
 * How much video waited for its signature while all was well: more pictures than that at the end mean that signatures stopped, and that what
 * waits is not just a group that is not finished. Pictures count, not groups: a signer that leaves a least time between signatures lets a short
 * group wait for the next one's signature.
 */
final class TailWatch {
    /** Signing in hardware takes its time, and not always the same: so many pictures more, or a quarter of the longest wait. */
    private static final int MOST_TOLERATED = 15;

    private int pictures;
    private boolean partial;
    private boolean seen;

    /** An SEI with a good signature comes, and so many units wait in front of it. */
    void observe(Waiting waiting, int count, boolean partialGroup) {
        seen = true;
        partial |= partialGroup;
        pictures = Math.max(pictures, waiting.pictures(0, count));
    }

    boolean isTooLong(Waiting waiting) {
        int end = waiting.size();
        if (!seen || end == 0) {
            return false;
        }
        // One group alone may be longer than any before it, unless this signer divides long groups.
        boolean groupEnded = waiting.groupStarts(0, end) > 1;
        int tolerated = Math.min(MOST_TOLERATED, 1 + pictures / 4);
        return (groupEnded || partial) && waiting.pictures(0, end) > pictures + tolerated;
    }
}
