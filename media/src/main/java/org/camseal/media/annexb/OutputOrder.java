package org.camseal.media.annexb;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import org.camseal.media.NalUnit;
import org.camseal.media.PictureOrder;
import org.jspecify.annotations.Nullable;

/**
 * Finds out when each picture of a stream without times is shown, by letting pictures wait as a decoder's output does (ITU-T H.264
 * section C.4.5.3, H.265 section C.5.2). Times are counted in half pictures from the first picture shown.
 */
final class OutputOrder {
    /** Pictures wait no longer than this, whatever the stream says, so that memory stays bounded. */
    private static final long MAX_WAITING_BYTES = 256L << 20;

    private static final Comparator<Picture> BY_COUNT =
            Comparator.comparingInt((Picture p) -> p.order.count()).thenComparingLong(p -> p.decoded);

    /** One picture on its way; the two times are in half pictures. */
    static final class Picture {
        private final List<NalUnit> nalUnits;
        private final PictureOrder order;
        private final long decoded;
        private final long bytes;
        private long shown = -1;

        private Picture(List<NalUnit> nalUnits, PictureOrder order, long decoded) {
            this.nalUnits = nalUnits;
            this.order = order;
            this.decoded = decoded;
            this.bytes = nalUnits.stream().mapToLong(NalUnit::length).sum();
        }

        List<NalUnit> nalUnits() {
            return nalUnits;
        }

        /** When it would be decoded if decoding began with showing. */
        long decoded() {
            return decoded;
        }

        long shown() {
            return shown;
        }

        private int halves() {
            return order.field() ? 1 : 2;
        }
    }

    private final Deque<Picture> inDecodeOrder = new ArrayDeque<>();
    private final PriorityQueue<Picture> waiting = new PriorityQueue<>(BY_COUNT);
    private int waitingHalves;
    private long waitingBytes;
    private long nextDecoded;
    private long nextShown;
    private int maxReorder;

    /** Adds the next picture in decoding order. */
    void add(List<NalUnit> nalUnits, PictureOrder order) {
        if (order.restarts()) {
            end();
        }
        maxReorder = Math.max(maxReorder, order.maxReorder());
        Picture picture = new Picture(nalUnits, order, nextDecoded);
        nextDecoded += picture.halves();
        inDecodeOrder.add(picture);
        waiting.add(picture);
        waitingHalves += picture.halves();
        waitingBytes += picture.bytes;
        // The second field of a frame waits in the same place as the first.
        int allowed = 2 * order.maxReorder() + (order.field() ? 1 : 0);
        while (waitingHalves > allowed || waitingBytes > MAX_WAITING_BYTES) {
            showFirst();
        }
    }

    /** Lets all pictures be shown. */
    void end() {
        while (!waiting.isEmpty()) {
            showFirst();
        }
    }

    /** The next picture in decoding order whose time is known, or null. */
    @Nullable
    Picture poll() {
        Picture first = inDecodeOrder.peek();
        return first == null || first.shown < 0 ? null : inDecodeOrder.poll();
    }

    /**
     * How long before it is shown the first picture must be decoded, in half pictures, so that no later one is decoded after it is shown.
     * Asked for once, when the first picture is known.
     */
    long decodeDelay() {
        if (maxReorder < PictureOrder.UNKNOWN_REORDER) {
            return 2L * maxReorder;
        }
        // Nothing said: as much as is seen among the pictures read ahead, which are as many as can be reordered.
        long shown = nextShown;
        long delay = 0;
        for (Picture picture : waiting.stream().sorted(BY_COUNT).toList()) {
            delay = Math.max(delay, picture.decoded - shown);
            shown += picture.halves();
        }
        return delay;
    }

    private void showFirst() {
        Picture picture = waiting.remove();
        picture.shown = nextShown;
        nextShown += picture.halves();
        waitingHalves -= picture.halves();
        waitingBytes -= picture.bytes;
    }
}
