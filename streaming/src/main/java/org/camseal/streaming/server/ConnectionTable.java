package org.camseal.streaming.server;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who is connected, at most as many as the limits say. Where there is no room, strangers give way, the oldest first: so whoever opens
 * connections and says nothing drives out his own kind, and a reader that has logged in stays.
 */
final class ConnectionTable {
    private final RtspServerSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    /** In the order of their arrival. */
    private final Map<Arrival, String> networks = new LinkedHashMap<>();

    private boolean closed;

    ConnectionTable(RtspServerSettings settings) {
        this.settings = settings;
    }

    /** Takes it in, or closes it. */
    boolean admit(Arrival arrival) {
        String network = LoginGuard.network(arrival.peer());
        lock.lock();
        try {
            if (!closed && hasRoom(network)) {
                networks.put(arrival, network);
                return true;
            }
        } finally {
            lock.unlock();
        }
        arrival.close();
        return false;
    }

    private boolean hasRoom(String network) {
        RtspServerLimits limits = settings.limits();
        long ofNetwork = networks.values().stream().filter(network::equals).count();
        if (ofNetwork >= limits.connectionsPerAddress()) {
            return gaveWay(Optional.of(network), "connections of one address");
        }
        return networks.size() < limits.connections() || gaveWay(mostStrangers(), "connections");
    }

    private Optional<String> mostStrangers() {
        Map<String, Long> counts = networks.entrySet().stream()
                .filter(entry -> !entry.getKey().isKnown())
                .map(Map.Entry::getValue)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .max(Comparator.comparingLong(Map.Entry::getValue))
                .map(Map.Entry::getKey);
    }

    /** Whether a stranger of that network went. */
    private boolean gaveWay(Optional<String> network, String limit) {
        Optional<Arrival> oldest = networks.entrySet().stream()
                .filter(entry -> network.isPresent() && network.get().equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .filter(arrival -> !arrival.isKnown())
                .findFirst();
        oldest.ifPresent(arrival -> {
            networks.remove(arrival);
            arrival.close();
            settings.events().accept(new RtspServerEvent.ConnectionRefused(arrival.peer(), limit));
        });
        return oldest.isPresent();
    }

    void left(Arrival arrival) {
        lock.lock();
        try {
            networks.remove(arrival);
        } finally {
            lock.unlock();
        }
    }

    private List<Arrival> all() {
        lock.lock();
        try {
            return List.copyOf(networks.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** How many are connected. */
    int size() {
        return all().size();
    }

    void closeOverdue() {
        all().forEach(Arrival::closeIfOverdue);
    }

    /** Closes all, and whoever comes later. */
    void closeAll() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        all().forEach(Arrival::close);
    }
}
