package org.camseal.streaming.srtp;

/** Which of the last packet indices were seen (RFC 3711 section 3.3.2). */
final class ReplayWindow {
    /** How far behind the newest packet one may come: far more than a network reorders; the RFC asks for 64 at least. */
    static final int SIZE = 1024;

    private final long[] seen = new long[SIZE / Long.SIZE];
    private long newest = -1;

    /** The highest index that was added; -1 before the first. */
    long newest() {
        return newest;
    }

    /** True for an index that was not added and is not too old. */
    boolean isNew(long index) {
        return index > newest || (newest - index < SIZE && (seen[word(index)] & bit(index)) == 0);
    }

    void add(long index) {
        if (index > newest) {
            long from = Math.max(newest + 1, index - SIZE + 1);
            for (long i = from; i <= index; i++) {
                seen[word(i)] &= ~bit(i);
            }
            newest = index;
        }
        seen[word(index)] |= bit(index);
    }

    private static int word(long index) {
        return (int) (index % SIZE) / Long.SIZE;
    }

    private static long bit(long index) {
        return 1L << (index % Long.SIZE);
    }
}
