package org.camseal.signing.validation;

/**
 * How much video waited for its signature while all was well: more than that at the end means that signatures stopped, and is not just a
 * group that is not finished.
 */
final class TailWatch {
    /** Signing in hardware takes its time, and not always the same: so many pictures more, or a quarter of a group. */
    private static final int MOST_TOLERATED = 15;

    private int groupStarts;
    private int pictures;
    private int picturesBehindStart;
    private boolean partial;
    private boolean seen;

    /** An SEI with a good signature comes, and so many units wait in front of it. */
    void observe(Waiting waiting, int count, boolean partialGroup) {
        seen = true;
        partial |= partialGroup;
        pictures = Math.max(pictures, waiting.pictures(0, count));
        int starts = waiting.groupStarts(0, count);
        int behind = waiting.pictures(Math.max(waiting.lastGroupStart(count), 0), count);
        if (starts > groupStarts) {
            groupStarts = starts;
            picturesBehindStart = behind;
        } else if (starts == groupStarts) {
            picturesBehindStart = Math.max(picturesBehindStart, behind);
        }
    }

    boolean isTooLong(Waiting waiting) {
        int end = waiting.size();
        if (!seen || end == 0) {
            return false;
        }
        int starts = waiting.groupStarts(0, end);
        int behind = waiting.pictures(Math.max(waiting.lastGroupStart(end), 0), end);
        boolean moreGroups = starts > Math.max(groupStarts, 1)
                || (starts == groupStarts && starts > 1 && behind > picturesBehindStart + tolerated());
        return moreGroups || (partial && waiting.pictures(0, end) > pictures + tolerated());
    }

    private int tolerated() {
        return Math.min(MOST_TOLERATED, 1 + pictures / 4);
    }
}
