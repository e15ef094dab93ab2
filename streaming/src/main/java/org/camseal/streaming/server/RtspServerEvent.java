package org.camseal.streaming.server;

import java.net.InetAddress;

/** What happens at a server's edge, for its owner's log: nothing secret, one event a line. */
public sealed interface RtspServerEvent {
    /** The reader's address. */
    InetAddress peer();

    /**
     * A connection was closed because a limit is reached, {@code limit} says which: a new one, or one of somebody who had not logged in yet,
     * for a new one.
     */
    record ConnectionRefused(InetAddress peer, String limit) implements RtspServerEvent {}

    /** A connection ended by a fault, such as a failed TLS handshake or a malformed request. */
    record ConnectionFailed(InetAddress peer, String detail) implements RtspServerEvent {}

    /** A wrong password, an unknown user, or a login by a way that is not accepted. */
    record LoginFailed(InetAddress peer, String detail) implements RtspServerEvent {}

    /** A reader began to play. */
    record PlaybackStarted(InetAddress peer, String path, String transport) implements RtspServerEvent {}

    /** A session is over; {@code reason} says why, {@code lostUnits} how many units the reader was too slow for. */
    record SessionEnded(InetAddress peer, String path, String reason, long lostUnits) implements RtspServerEvent {}
}
