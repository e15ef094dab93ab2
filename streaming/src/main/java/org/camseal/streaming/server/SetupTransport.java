package org.camseal.streaming.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.camseal.streaming.rtsp.TransportSpec;
import org.camseal.streaming.server.OfferedKeys.Agreed;
import org.camseal.streaming.srtp.SrtpReceiver;
import org.jspecify.annotations.Nullable;

/** Chooses among the ways that a SETUP offers, and takes what that way needs. */
final class SetupTransport {
    /** @param serverPorts null where the way is the connection */
    record Chosen(TransportSpec spec, Carrier carrier, TransportSpec.@Nullable Pair serverPorts) {}

    private SetupTransport() {}

    /**
     * The first way that can be served; null where there is none. Inside TLS no RTP leaves it, and outside there is no SRTP, whose key
     * would have been read by everyone.
     *
     * @param group that the stream is sent to; null for none
     */
    static @Nullable TransportSpec choose(
            List<TransportSpec> offered, ServerConnection connection, SrtpOffer srtp, @Nullable MulticastGroup group) {
        for (TransportSpec spec : offered) {
            boolean allowed = spec.isSecure()
                    ? connection.isTls()
                    : !(connection.isTls() && srtp.described() == SrtpOffer.Described.ALONE);
            boolean toGroup = group != null && spec.isUdpMulticast() && spec.isSecure() == connection.isTls();
            if (toGroup
                    || (allowed
                            && spec.cast() == TransportSpec.Cast.UNICAST
                            && (spec.isInterleaved() || isServedByUdp(spec, connection)))) {
                return spec;
            }
        }
        return null;
    }

    private static boolean isServedByUdp(TransportSpec spec, ServerConnection connection) {
        TransportSpec.Pair ports = spec.clientPorts();
        return spec.isUdpUnicast()
                && spec.isSecure() == connection.isTls()
                && ports != null
                && ports.rtp() >= 1024
                && ports.rtcp() >= 1024;
    }

    /**
     * Takes channels or ports; null where those that were asked for are taken. Media goes to the address of the connection only.
     *
     * @param agreed the keys of SRTP; null for RTP
     */
    static @Nullable Chosen reserve(
            TransportSpec spec,
            RtspServer server,
            ServerConnection connection,
            Session session,
            @Nullable Agreed agreed)
            throws IOException {
        if (spec.isSecure() != (agreed != null)) {
            throw new IllegalStateException("SRTP without keys, or RTP with them");
        }
        SrtpReceiver reports = agreed == null ? null : new SrtpReceiver(agreed.readersKey(), agreed.readersMki());
        if (spec.isInterleaved()) {
            TransportSpec.Pair asked = spec.interleaved();
            TransportSpec.Pair channels = asked == null ? connection.freeChannels() : asked;
            Carrier way = new Carrier.Interleaved(connection, channels);
            return connection.takeChannels(channels, new Reporter(session, reports))
                    ? new Chosen(spec.in(channels), secured(way, agreed, reports), null)
                    : null;
        }
        TransportSpec.Pair ports = spec.clientPorts();
        if (ports == null) {
            return null;
        }
        UdpSockets sockets = server.udp();
        InetSocketAddress rtp = new InetSocketAddress(connection.peer(), ports.rtp());
        InetSocketAddress rtcp = new InetSocketAddress(connection.peer(), ports.rtcp());
        Carrier way = new Carrier.Datagrams(sockets, rtp, rtcp);
        return sockets.expect(rtcp, new Reporter(session, reports))
                ? new Chosen(spec, secured(way, agreed, reports), sockets.ports())
                : null;
    }

    private static Carrier secured(Carrier way, @Nullable Agreed agreed, @Nullable SrtpReceiver reports) {
        return agreed == null || reports == null ? way : new Carrier.Protected(way, agreed, reports);
    }
}
