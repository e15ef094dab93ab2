package org.camseal.ffmpeg;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * Decode times for a container that stores only when pictures are shown (Matroska): the shown times in rising order, moved back until
 * none is later than its own picture's. Looks ahead over as many pictures as H.264 and H.265 let overtake one.
 */
final class DecodeTimes {
    /** max_num_reorder_frames is at most 16 (ITU-T H.264 section E.2.1); one more to see the end of the overtaking. */
    static final int LOOK_AHEAD = 17;

    private final Deque<Long> pictures = new ArrayDeque<>();
    private final PriorityQueue<Long> shown = new PriorityQueue<>();
    private long shift;
    private boolean started;
    private long last;

    /** Takes the presentation time of the next picture in stored order. */
    void add(long presentation) {
        pictures.add(presentation);
        shown.add(presentation);
    }

    /** True if enough is known to say the oldest picture's decode time. */
    boolean ready() {
        return pictures.size() >= LOOK_AHEAD;
    }

    /** The oldest picture's decode time: never less than the one before it. */
    long next() {
        if (!started) {
            started = true;
            shift = shiftOfQueue();
            last = Long.MIN_VALUE;
        }
        long presentation = pictures.remove();
        long inOrder = shown.remove();
        shift = Math.max(shift, inOrder - presentation);
        last = Math.max(last, inOrder - shift);
        return last;
    }

    private long shiftOfQueue() {
        PriorityQueue<Long> sorted = new PriorityQueue<>(shown);
        long most = 0;
        for (long presentation : pictures) {
            most = Math.max(most, sorted.remove() - presentation);
        }
        return most;
    }
}
