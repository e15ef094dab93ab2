package org.camseal.streaming.rtp;

import java.util.PriorityQueue;

/**
 * Makes decode times from presentation times in decode order, because RTP carries only the latter: the sorted presentation times, shifted
 * by as many pictures as pictures may be out of order. Where that number is not known, it is learned: a picture shown before one that was
 * decoded earlier raises it. Decode times never decrease; but for the few pictures by which it learns, none is after its presentation.
 */
public final class DecodeTimes {
    private static final int MOST_REORDERED = 16; // max_num_reorder_frames, H.264 annex E.2.1

    private final PriorityQueue<Long> window = new PriorityQueue<>();
    private final long pictureTicks;
    private int depth;
    private int seen;
    private long first;
    private long lastSorted = Long.MIN_VALUE;
    private long last = Long.MIN_VALUE;

    /**
     * @param depth how many pictures may be out of order, as far as known; 0 to 16
     * @param pictureTicks how far apart pictures are, about; used in front of the first
     */
    public DecodeTimes(int depth, long pictureTicks) {
        this.depth = Math.clamp(depth, 0, MOST_REORDERED);
        this.pictureTicks = pictureTicks;
    }

    /** Takes note that as many pictures may be out of order, if that is more than known so far. */
    public void raise(int reordered) {
        depth = Math.clamp(reordered, depth, MOST_REORDERED);
    }

    /** The decode time of the next picture in decode order. */
    public long next(long presentation) {
        if (seen == 0) {
            first = presentation;
        }
        if (presentation < lastSorted && depth < MOST_REORDERED) {
            depth++;
        }
        window.add(presentation);
        long decode;
        if (seen < depth && window.size() <= depth) {
            decode = first - (depth - seen) * pictureTicks;
        } else {
            while (window.size() > depth + 1) {
                window.remove();
            }
            decode = window.element();
        }
        seen = Math.min(seen + 1, MOST_REORDERED + 1);
        lastSorted = decode;
        last = Math.max(last, decode);
        return last;
    }
}
