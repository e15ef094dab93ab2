package org.camseal.streaming.server;

import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All sessions of a server, by their identifier, at most as many as the limits say. */
final class SessionTable {
    private final RtspServerLimits limits;
    private final RandomGenerator random;
    private final LongSupplier nanoTime;
    private final Consumer<RtspServerEvent> events;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    SessionTable(RtspServerSettings settings, RandomGenerator random, LongSupplier nanoTime) {
        this.limits = settings.limits();
        this.events = settings.events();
        this.random = random;
        this.nanoTime = nanoTime;
    }

    /** A new session; null where there are as many as there may be, of that address or in all. */
    @Nullable
    Session open(Session.Owner owner, String path, Mounted stream) {
        byte[] id = new byte[16];
        random.nextBytes(id);
        Session session = new Session(HexFormat.of().formatHex(id), owner, path, stream, nanoTime);
        synchronized (sessions) {
            if (sessions.size() >= limits.sessions() || ofNetwork(owner) >= limits.connectionsPerAddress()) {
                return null;
            }
            sessions.put(session.id(), session);
        }
        return session;
    }

    private long ofNetwork(Session.Owner owner) {
        String network = LoginGuard.network(owner.address());
        return sessions.values().stream()
                .filter(session -> LoginGuard.network(session.owner().address()).equals(network))
                .count();
    }

    /** The session of an identifier, if it is the owner's and what it was opened by still holds. */
    Optional<Session> find(String id, Session.Owner owner) {
        return Optional.ofNullable(sessions.get(id))
                .filter(session -> session.owner().isSameAs(owner)
                        && session.owner().standing().holds());
    }

    void end(Session session, String reason) {
        if (sessions.remove(session.id()) != null && session.end()) {
            events.accept(new RtspServerEvent.SessionEnded(
                    session.owner().address(), session.path(), reason, session.lostUnits()));
        }
    }

    /** Ends those whose owner's login would not be what it was. */
    void endFallen() {
        sessions.values().stream()
                .filter(session -> !session.owner().standing().holds())
                .forEach(session -> end(session, Standing.FALLEN));
    }

    void endSilent() {
        for (Session session : sessions.values()) {
            if (session.isFinished()) {
                endAfter(session, limits.requestTimeout(), "the stream was over, and no goodbye came for ");
            } else {
                endAfter(session, limits.sessionTimeout(), "no sign of life for ");
            }
        }
    }

    private void endAfter(Session session, Duration most, String reason) {
        if (session.silentNanos() > most.toNanos()) {
            end(session, reason + most.toSeconds() + " s");
        }
    }

    void endAllOf(String path, String reason) {
        sessions.values().stream()
                .filter(session -> session.path().equals(path))
                .forEach(session -> end(session, reason));
    }

    void endAll(String reason) {
        sessions.values().forEach(session -> end(session, reason));
    }
}
