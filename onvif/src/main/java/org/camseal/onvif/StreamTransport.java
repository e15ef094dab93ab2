package org.camseal.onvif;

import java.util.Optional;

/** How a stream may be fetched; none of them is ever in clear. */
public enum StreamTransport {
    /** RTP interleaved in the RTSP connection, inside TLS. */
    INTERLEAVED("rtsps"),
    /** SRTP over UDP, its keys agreed inside TLS. */
    SRTP_UNICAST("rtsps"),
    /** SRTP to a multicast group, its keys agreed inside TLS. */
    SRTP_MULTICAST("rtsps"),
    /** RTSP in a pair of HTTPS requests. */
    HTTPS_TUNNEL("https"),
    /** RTSP in a WebSocket, inside TLS; clients find it among the capabilities, not by asking for a stream. */
    WEB_SOCKET("wss");

    private final String scheme;

    StreamTransport(String scheme) {
        this.scheme = scheme;
    }

    /** Of its addresses. */
    String scheme() {
        return scheme;
    }

    /** Whether it begins as HTTP does. */
    boolean isTunnel() {
        return switch (this) {
            case HTTPS_TUNNEL, WEB_SOCKET -> true;
            case INTERLEAVED, SRTP_UNICAST, SRTP_MULTICAST -> false;
        };
    }

    /**
     * What a protocol of a request asks for (Media2, tr2:TransportProtocol). Clients that ask for plain {@code RTSP} mean interleaved, and
     * get it inside TLS; those that ask for plain UDP would get packets in clear, and get nothing.
     */
    static Optional<StreamTransport> of(String protocol) {
        return switch (protocol) {
            case "RTSP", "RTSPS" -> Optional.of(INTERLEAVED);
            case "RtspsUnicast" -> Optional.of(SRTP_UNICAST);
            case "RtspsMulticast" -> Optional.of(SRTP_MULTICAST);
            case "RtspOverHttp", "RtspsOverHttp", "HTTP" -> Optional.of(HTTPS_TUNNEL);
            default -> Optional.empty();
        };
    }
}
