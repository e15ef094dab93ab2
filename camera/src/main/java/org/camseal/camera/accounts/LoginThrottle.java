package org.camseal.camera.accounts;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.camseal.streaming.PeerNetwork;
import org.jspecify.annotations.Nullable;

/**
 * Slows down who tries passwords, by account and network together, by network, and by account. An account that is tried from many networks is
 * closed for a while to networks that never logged in to it, and stays open to those that did: nobody is locked out by a stranger. A try is
 * counted when it begins, so that many at once are no way around it. Holds a bounded number of each; forgets with time and at a restart.
 *
 * <p>Safe for use by several threads.
 */
final class LoginThrottle {
    static final int FREE_TRIES = 5;
    static final int TRIES_OF_NETWORK = 30;
    static final int TRIES_OF_ACCOUNT = 60;
    static final Duration WINDOW = Duration.ofMinutes(15);
    static final Duration FIRST_WAIT = Duration.ofSeconds(2);
    static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final int MOST_KEPT = 4096;
    private static final int MOST_KNOWN = 1024;

    private final LongSupplier nanoTime;
    private final Map<List<String>, Tries> tries = bounded(MOST_KEPT);
    private final Map<String, Set<String>> known = bounded(MOST_KNOWN);

    /** Tries within one window, and when the next is allowed. */
    private static final class Tries {
        private final long begin;
        private int count;
        private long nextNanos;

        Tries(long begin) {
            this.begin = begin;
            this.nextNanos = begin;
        }
    }

    /** @param nanoTime a clock that never goes back */
    LoginThrottle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Begins a try.
     *
     * @return how long to wait if it is too early; then nothing may be checked. Empty if it may go on: it counts as failed until {@link
     *     #succeeded} is called
     */
    synchronized Optional<Duration> begin(String account, InetAddress from) {
        Optional<Duration> pause = pause(account, from);
        if (pause.isEmpty()) {
            count(account, from);
        }
        return pause;
    }

    /** How long until a try may begin; empty if it may now. Counts nothing. */
    synchronized Optional<Duration> pause(String account, InetAddress from) {
        long now = nanoTime.getAsLong();
        String network = PeerNetwork.of(from);
        Tries ofNetwork = current(List.of("network", network), now);
        Tries ofAccount = current(List.of("account", account), now);
        @Nullable Set<String> networks = known.get(account);
        long wait = current(List.of("pair", account, network), now).nextNanos - now;
        if (ofNetwork.count >= TRIES_OF_NETWORK) {
            wait = Math.max(wait, ofNetwork.begin + WINDOW.toNanos() - now);
        }
        if (ofAccount.count >= TRIES_OF_ACCOUNT && (networks == null || !networks.contains(network))) {
            wait = Math.max(wait, ofAccount.begin + WINDOW.toNanos() - now);
        }
        return wait > 0 ? Optional.of(Duration.ofNanos(wait)) : Optional.empty();
    }

    /** Counts a try. */
    synchronized void count(String account, InetAddress from) {
        long now = nanoTime.getAsLong();
        String network = PeerNetwork.of(from);
        Tries pair = current(List.of("pair", account, network), now);
        current(List.of("network", network), now).count++;
        current(List.of("account", account), now).count++;
        pair.count++;
        if (pair.count >= FREE_TRIES) {
            int doublings = Math.min(pair.count - FREE_TRIES, 20);
            long pause = Math.min(FIRST_WAIT.toNanos() << doublings, LONGEST_WAIT.toNanos());
            pair.nextNanos = now + pause;
        }
    }

    private Tries current(List<String> key, long now) {
        Tries kept = tries.get(key);
        boolean over = kept != null
                && now - kept.begin > WINDOW.toNanos()
                && now - kept.nextNanos > 0; // a long wait outlives its window
        if (kept == null || over) {
            kept = new Tries(now);
            tries.put(key, kept);
        }
        return kept;
    }

    /** The try was right: what was counted of that account from that network is forgotten, and the network is known. */
    synchronized void succeeded(String account, InetAddress from) {
        String network = PeerNetwork.of(from);
        tries.remove(List.of("pair", account, network));
        giveBack(List.of("network", network));
        giveBack(List.of("account", account));
        Set<String> networks = known.computeIfAbsent(account, _ -> new HashSet<>());
        if (networks.size() < 64) {
            networks.add(network);
        }
    }

    private void giveBack(List<String> key) {
        Tries kept = tries.get(key);
        if (kept != null && kept.count > 0) {
            kept.count--;
        }
    }

    /** How many are kept; for tests of the bound. */
    synchronized int size() {
        return tries.size();
    }
}
