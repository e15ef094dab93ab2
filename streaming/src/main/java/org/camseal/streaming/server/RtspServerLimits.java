package org.camseal.streaming.server;

import java.time.Duration;

/**
 * What a server gives at most, so that strangers cannot exhaust it.
 *
 * @param connections open at once, 1 to 100 000; where there are as many, a new one takes the place of the oldest whose reader has neither
 *     logged in nor set up a session, if there is one, of the address that has most of those
 * @param connectionsPerAddress of one IPv4 address or IPv6 /64 network, at most {@code connections}; of one address, a new one takes the
 *     place of its own in the same way; as many sessions, too, may be of one address
 * @param sessions set up at once in all, 1 to 100 000
 * @param failedLogins of one address within a minute; then that address is refused for a minute
 * @param sessionTimeout a session without any sign of life is ended after this; 1 s to 1 h
 * @param requestTimeout a connection without a session must complete a request within this; a reader whose stream is over must say goodbye
 *     within this, or its session is ended
 * @param writeTimeout a reader that takes nothing for this long is disconnected
 */
public record RtspServerLimits(
        int connections,
        int connectionsPerAddress,
        int sessions,
        int failedLogins,
        Duration sessionTimeout,
        Duration requestTimeout,
        Duration writeTimeout) {
    /** 256 connections, 64 of one address, 256 sessions, 10 failed logins; 60 s, 15 s, 20 s. */
    public static final RtspServerLimits STANDARD = new RtspServerLimits(
            256, 64, 256, 10, Duration.ofSeconds(60), Duration.ofSeconds(15), Duration.ofSeconds(20));

    public RtspServerLimits {
        between("connections", connections, 100_000);
        between("connections per address", connectionsPerAddress, connections);
        between("sessions", sessions, 100_000);
        between("failed logins", failedLogins, 1_000);
        between("seconds of session timeout", sessionTimeout.toSeconds(), 3_600);
        between("milliseconds of request timeout", requestTimeout.toMillis(), 3_600_000);
        between("milliseconds of write timeout", writeTimeout.toMillis(), 3_600_000);
    }

    private static void between(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(value + " " + name + "; 1 to " + most + " expected");
        }
    }
}
