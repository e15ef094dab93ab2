package org.camseal.streaming.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.camseal.streaming.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * One way to carry a track, as the Transport header names it (RFC 2326 section 12.39). What it does not say is null.
 *
 * @param protocol in upper case, such as {@code RTP/AVP} or {@code RTP/AVP/TCP}
 * @param cast whether packets go to one receiver
 * @param interleaved channels of RTP and RTCP
 * @param clientPorts of RTP and RTCP
 * @param serverPorts of RTP and RTCP
 * @param ssrc of the sender
 * @param source the address that packets come from, where it is not the server's
 * @param destination the group of a multicast; of unicast null, whatever the header says
 */
public record TransportSpec(
        String protocol,
        Cast cast,
        @Nullable Pair interleaved,
        @Nullable Pair clientPorts,
        @Nullable Pair serverPorts,
        @Nullable Integer ssrc,
        @Nullable String source,
        @Nullable Destination destination) {
    private static final int MAX_SPECS = 16;

    /** Unicast or multicast. */
    public enum Cast {
        UNICAST,
        MULTICAST
    }

    /**
     * Where a multicast goes.
     *
     * @param address of the group; empty where it is not said
     * @param ports of RTP and RTCP; null where they are not said
     * @param ttl how many routers a packet may pass, 0 to 255; 0 where it is not said
     */
    public record Destination(String address, @Nullable Pair ports, int ttl) {}

    /** Two channels or ports: of RTP and RTCP. */
    public record Pair(int rtp, int rtcp) {
        @Override
        public String toString() {
            return rtp + "-" + rtcp;
        }

        private static Pair parse(String text, int most) throws ProtocolException {
            int dash = text.indexOf('-');
            OptionalInt first = RtspNumbers.parse(dash < 0 ? text : text.substring(0, dash), most);
            OptionalInt second = dash < 0 ? first : RtspNumbers.parse(text.substring(dash + 1), most);
            if (first.isEmpty() || second.isEmpty()) {
                throw new ProtocolException("Transport with \"" + (text.length() > 40 ? text.substring(0, 40) : text)
                        + "\"; two numbers up to " + most + " expected (RFC 2326 section 12.39)");
            }
            int rtcp = dash < 0 ? Math.min(most, first.getAsInt() + 1) : second.getAsInt();
            return new Pair(first.getAsInt(), rtcp);
        }
    }

    /** Interleaved in the connection. */
    public static TransportSpec interleaved(Pair channels) {
        return new TransportSpec("RTP/AVP/TCP", Cast.UNICAST, channels, null, null, null, null, null);
    }

    /** By UDP to the client's ports. */
    public static TransportSpec udp(Pair clientPorts) {
        return new TransportSpec("RTP/AVP", Cast.UNICAST, null, clientPorts, null, null, null, null);
    }

    /** To whatever group the server names. */
    public static TransportSpec multicast() {
        return new TransportSpec("RTP/AVP", Cast.MULTICAST, null, null, null, null, null, null);
    }

    /** The same to a group, as a server completes it. */
    public TransportSpec to(Destination group, int senderSsrc) {
        return new TransportSpec(protocol, Cast.MULTICAST, null, null, null, senderSsrc, source, group);
    }

    /** The same, as a server completes it. */
    public TransportSpec completed(@Nullable Pair ports, int senderSsrc) {
        return new TransportSpec(protocol, cast, interleaved, clientPorts, ports, senderSsrc, source, destination);
    }

    /** The same in other channels. */
    public TransportSpec in(Pair channels) {
        return new TransportSpec(protocol, Cast.UNICAST, channels, null, null, null, null, null);
    }

    /** The same with SRTP in place of RTP (RFC 3711 section 12). */
    public TransportSpec secured() {
        String secure = isSecure() ? protocol : protocol.replaceFirst("RTP/AVP", "RTP/SAVP");
        return new TransportSpec(secure, cast, interleaved, clientPorts, serverPorts, ssrc, source, destination);
    }

    /** SRTP, not RTP. */
    public boolean isSecure() {
        return protocol.startsWith("RTP/SAVP");
    }

    /** In the connection. */
    public boolean isInterleaved() {
        return protocol.equals("RTP/AVP/TCP") || protocol.equals("RTP/SAVP/TCP");
    }

    /** By UDP to one receiver. */
    public boolean isUdpUnicast() {
        return cast == Cast.UNICAST && isUdp();
    }

    /** By UDP to a group. */
    public boolean isUdpMulticast() {
        return cast == Cast.MULTICAST && isUdp();
    }

    private boolean isUdp() {
        return switch (protocol) {
            case "RTP/AVP", "RTP/AVP/UDP", "RTP/SAVP", "RTP/SAVP/UDP" -> true;
            default -> false;
        };
    }

    /**
     * The ways of a header, in the order of preference.
     *
     * @throws ProtocolException where a number is none
     */
    public static List<TransportSpec> parse(String header) throws ProtocolException {
        List<TransportSpec> specs = new ArrayList<>();
        for (String part : header.split(",", MAX_SPECS + 1)) {
            if (specs.size() < MAX_SPECS && !part.isBlank()) {
                specs.add(parseOne(part.strip()));
            }
        }
        return specs;
    }

    private static TransportSpec parseOne(String text) throws ProtocolException {
        String[] parts = text.split(";", -1); // of nothing but semicolons too, split leaves a first part
        Cast cast = Cast.UNICAST;
        Pair interleaved = null;
        Pair clientPorts = null;
        Pair serverPorts = null;
        Integer ssrc = null;
        String source = null;
        String address = "";
        Pair ports = null;
        int ttl = 0;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals))
                    .strip()
                    .toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : parts[i].substring(equals + 1).strip();
            switch (name) {
                case "multicast" -> cast = Cast.MULTICAST;
                case "interleaved" -> interleaved = Pair.parse(value, 255);
                case "client_port" -> clientPorts = Pair.parse(value, 65_535);
                case "server_port" -> serverPorts = Pair.parse(value, 65_535);
                case "ssrc" -> ssrc = ssrc(value);
                case "source" -> source = value;
                case "destination" -> address = value; // of a multicast alone: a server could be pointed at a victim
                case "port" -> ports = Pair.parse(value, 65_535);
                case "ttl" -> ttl = RtspNumbers.parse(value, 255).orElse(0);
                default -> {}
            }
        }
        String protocol = parts[0].strip().toUpperCase(Locale.ROOT);
        Destination destination = cast == Cast.MULTICAST ? new Destination(address, ports, ttl) : null;
        return new TransportSpec(protocol, cast, interleaved, clientPorts, serverPorts, ssrc, source, destination);
    }

    /** Eight hexadecimal digits; some servers write fewer, or other text: then null, as if it were not there. */
    private static @Nullable Integer ssrc(String value) {
        try {
            return value.length() > 8 ? null : Integer.parseUnsignedInt(value, 16);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** As it stands in a header. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(protocol).append(cast == Cast.UNICAST ? ";unicast" : ";multicast");
        append(text, "source", source);
        if (destination != null) {
            append(text, "destination", destination.address().isEmpty() ? null : destination.address());
            append(text, "port", destination.ports());
            append(text, "ttl", destination.ttl() == 0 ? null : destination.ttl());
        }
        append(text, "interleaved", interleaved);
        append(text, "client_port", clientPorts);
        append(text, "server_port", serverPorts);
        append(text, "ssrc", ssrc == null ? null : String.format("%08X", ssrc));
        return text.toString();
    }

    private static void append(StringBuilder to, String name, @Nullable Object value) {
        if (value != null) {
            to.append(';').append(name).append('=').append(value);
        }
    }
}
