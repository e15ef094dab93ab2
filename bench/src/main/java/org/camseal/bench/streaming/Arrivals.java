package org.camseal.bench.streaming;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When the pictures of one client were complete, against the times that they bear. How late the usual picture is counts for nothing, since
 * nobody knows when it was sent; how far the others are from that is the jitter.
 */
final class Arrivals {
    private static final int MARKER = 0x80;
    private static final double NANOS_PER_TICK = 1e9 / 90_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Double> lateness = new ArrayList<>();
    private boolean started;
    private int firstTimestamp;
    private long firstNanos;

    /** One RTP packet; its header is in clear in SRTP too. */
    synchronized void packet(byte first, byte second, int timestamp, long nowNanos) {
        if (first >> 6 != -2 || (second & MARKER) == 0) {
            return;
        }
        if (!started) {
            started = true;
            firstTimestamp = timestamp;
            firstNanos = nowNanos;
        }
        lateness.add(nowNanos - firstNanos - (timestamp - firstTimestamp) * NANOS_PER_TICK);
    }

    /** Begins anew. */
    synchronized void clear() {
        lateness.clear();
        started = false;
    }

    /** How far each picture was from the one in the middle, in milliseconds. */
    synchronized double[] deviations() {
        double[] sorted =
                lateness.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (sorted.length == 0) {
            return sorted;
        }
        double middle = sorted[sorted.length / 2];
        return Arrays.stream(sorted)
                .map(late -> Math.abs(late - middle) / NANOS_PER_MILLI)
                .toArray();
    }

    /** What 99 of 100 of all those deviations do not pass; NaN of none. */
    static double p99(List<Arrivals> all) {
        double[] sorted = all.stream()
                .flatMapToDouble(arrivals -> Arrays.stream(arrivals.deviations()))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.floor(0.99 * (sorted.length - 1))];
    }
}
