package org.camseal.streaming.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.camseal.streaming.rtsp.TransportSpec;
import org.jspecify.annotations.Nullable;

/** Chooses among the ways that a SETUP offers, and takes what that way needs. */
final class SetupTransport {
    /** @param serverPorts null where the way is the connection */
    record Chosen(TransportSpec spec, Carrier carrier, TransportSpec.@Nullable Pair serverPorts) {}

    private SetupTransport() {}

    /** The first way that can be served; null where there is none. Inside TLS no media leaves it. */
    static @Nullable TransportSpec choose(List<TransportSpec> offered, ServerConnection connection) {
        for (TransportSpec spec : offered) {
            TransportSpec.Pair ports = spec.clientPorts();
            boolean udp = spec.isUdpUnicast()
                    && !connection.isTls()
                    && ports != null
                    && ports.rtp() >= 1024
                    && ports.rtcp() >= 1024;
            if (udp || spec.isInterleaved()) {
                return spec;
            }
        }
        return null;
    }

    /** Takes channels or ports; null where those that were asked for are taken. Media goes to the address of the connection only. */
    static @Nullable Chosen reserve(TransportSpec spec, RtspServer server, ServerConnection connection, Session session)
            throws IOException {
        if (spec.isInterleaved()) {
            TransportSpec.Pair asked = spec.interleaved();
            TransportSpec.Pair channels = asked == null ? connection.freeChannels() : asked;
            return connection.takeChannels(channels, session)
                    ? new Chosen(
                            TransportSpec.interleaved(channels), new Carrier.Interleaved(connection, channels), null)
                    : null;
        }
        TransportSpec.Pair ports = spec.clientPorts();
        if (ports == null) {
            return null;
        }
        UdpSockets sockets = server.udp();
        InetSocketAddress rtp = new InetSocketAddress(connection.peer(), ports.rtp());
        InetSocketAddress rtcp = new InetSocketAddress(connection.peer(), ports.rtcp());
        return sockets.expect(rtcp, session)
                ? new Chosen(spec, new Carrier.Datagrams(sockets, rtp, rtcp), sockets.ports())
                : null;
    }
}
