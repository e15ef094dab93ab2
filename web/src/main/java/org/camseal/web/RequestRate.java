package org.camseal.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each address may ask: so many requests a second on average, and a burst of {@value #BURST_SECONDS} seconds' worth. Of IPv6 the
 * first 64 bits count, which one network has. Bounded in memory: of more than {@value #MOST} addresses the one that was quiet for longest is
 * forgotten. Safe for use by several threads.
 */
final class RequestRate {
    static final int BURST_SECONDS = 10;
    static final int MOST = 1 << 16;

    private final int perSecond;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST;
        }
    };

    /** What an address has left, and since when. */
    private record Bucket(double left, long since) {}

    /**
     * @param perSecond on average; at least 1
     * @param nanos a clock that never goes back, in nanoseconds
     */
    RequestRate(int perSecond, LongSupplier nanos) {
        this.perSecond = perSecond;
        this.nanos = nanos;
    }

    /** Takes one request; false if that address has asked too often. */
    synchronized boolean take(InetAddress address) {
        long now = nanos.getAsLong();
        double most = (double) perSecond * BURST_SECONDS;
        Bucket before = buckets.getOrDefault(network(address), new Bucket(most, now));
        double left = Math.min(most, before.left() + (now - before.since()) * 1e-9 * perSecond);
        buckets.put(network(address), new Bucket(left < 1 ? left : left - 1, now));
        return left >= 1;
    }

    /** What counts as one asker. */
    static String network(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
