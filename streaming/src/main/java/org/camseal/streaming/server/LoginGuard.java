package org.camseal.streaming.server;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.camseal.streaming.PeerNetwork;

/** Counts wrong logins by network, so that passwords cannot be tried at speed. Holds a bounded number of networks. */
final class LoginGuard {
    private static final long WINDOW_NANOS = 60_000_000_000L;
    private static final int MOST_NETWORKS = 4096;

    private record Failures(int count, long firstNanos) {}

    private final int limit;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Failures> byNetwork = new LinkedHashMap<>();

    LoginGuard(int limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
    }

    /** The network that counts as one neighbour: an IPv4 address, or an IPv6 /64. */
    static String network(InetAddress address) {
        return PeerNetwork.of(address);
    }

    void failed(InetAddress address) {
        lock.lock();
        try {
            String network = network(address);
            long now = nanoTime.getAsLong();
            Failures before = byNetwork.remove(network);
            boolean goesOn = before != null && now - before.firstNanos() <= WINDOW_NANOS;
            byNetwork.put(
                    network,
                    before != null && goesOn
                            ? new Failures(before.count() + 1, before.firstNanos())
                            : new Failures(1, now));
            if (byNetwork.size() > MOST_NETWORKS) {
                byNetwork.remove(byNetwork.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** True while a network has used up its tries: until a minute after the first of them. */
    boolean isBarred(InetAddress address) {
        lock.lock();
        try {
            Failures failures = byNetwork.get(network(address));
            return failures != null
                    && failures.count() >= limit
                    && nanoTime.getAsLong() - failures.firstNanos() <= WINDOW_NANOS;
        } finally {
            lock.unlock();
        }
    }
}
