package org.camseal.streaming.rtp;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings the packets of one source into the order of their sequence numbers. A packet that comes early waits for those in front of it,
 * for a bounded time and with a bounded number of others; then what is missing is given up as lost. Times are monotonic nanoseconds,
 * given by the caller.
 */
public final class ReorderBuffer {
    /** Beyond this distance a sender has started again rather than lost packets (RFC 3550 appendix A.1, MAX_DROPOUT). */
    static final int MAX_DROPOUT = 3000;

    /** Where packets and gaps go, in order. */
    public interface Sink {
        void packet(RtpPacket packet);

        /** {@code packets} are missing in front of the next packet; at least 1. */
        void lost(int packets);
    }

    private record Held(RtpPacket packet, long arrivedNanos) {}

    private final int capacity;
    private final long holdNanos;
    private final TreeMap<Long, Held> held = new TreeMap<>();
    private long expected = -1;

    /**
     * @param capacity packets that may wait; 0 where the way keeps the order, such as TCP
     * @param hold how long a packet waits at most for those in front of it
     */
    public ReorderBuffer(int capacity, Duration hold) {
        this.capacity = capacity;
        this.holdNanos = hold.toNanos();
    }

    /** Takes a packet; late ones and repetitions are dropped. */
    public void offer(RtpPacket packet, long nowNanos, Sink sink) {
        if (expected < 0) {
            expected = packet.sequence() + 0x1_0000L; // room for packets that come late
        }
        int ahead = (short) (packet.sequence() - (int) expected);
        if (Math.abs(ahead) > MAX_DROPOUT) {
            drain(sink);
            sink.lost(1);
            expected += ahead;
            ahead = 0;
        }
        if (ahead == 0) {
            expected++;
            sink.packet(packet);
            release(sink);
        } else if (ahead > 0) {
            held.putIfAbsent(expected + ahead, new Held(packet, nowNanos));
        }
        while (held.size() > capacity) {
            skip(sink);
        }
        expire(nowNanos, sink);
    }

    /** Gives up what is missing in front of packets that have waited long enough. */
    public void expire(long nowNanos, Sink sink) {
        while (!held.isEmpty() && held.values().stream().anyMatch(h -> nowNanos - h.arrivedNanos() >= holdNanos)) {
            skip(sink);
        }
    }

    /** Hands on all that waits; the stream is over. */
    public void drain(Sink sink) {
        while (!held.isEmpty()) {
            skip(sink);
        }
    }

    private void skip(Sink sink) {
        Map.Entry<Long, Held> first = held.firstEntry();
        sink.lost((int) (first.getKey() - expected));
        expected = first.getKey();
        release(sink);
    }

    private void release(Sink sink) {
        for (Held next = held.remove(expected); next != null; next = held.remove(expected)) {
            expected++;
            sink.packet(next.packet());
        }
    }
}
