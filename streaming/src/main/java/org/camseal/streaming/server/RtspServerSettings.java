package org.camseal.streaming.server;

import java.net.InetAddress;
import java.util.Set;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How a server listens. Start with {@link #of} and change what is not ordinary.
 *
 * @param address to listen on
 * @param port 0 to 65535; 0 takes a free one, see {@link RtspServer#port()}
 * @param authenticator who may look
 * @param tls null for plain RTSP; else every connection is TLS 1.2 or 1.3, and media stays inside it or is SRTP
 * @param clientCertificates with TLS, whether readers must show one
 * @param srtp how SRTP is offered, with TLS
 * @param limits what is given at most
 * @param webOrigins of web pages that may open a WebSocket, such as {@code https://wall.example}, besides those of the server's own host
 *     and port; in lower case
 * @param events told of connections, logins and sessions, from the server's threads; must return soon
 */
public record RtspServerSettings(
        InetAddress address,
        int port,
        Authenticator authenticator,
        @Nullable SSLContext tls,
        ClientCertificates clientCertificates,
        SrtpOffer srtp,
        RtspServerLimits limits,
        Set<String> webOrigins,
        Consumer<RtspServerEvent> events) {
    /** Whether readers must show a certificate. */
    public enum ClientCertificates {
        /** They are not asked. */
        NOT_ASKED,
        /** Without one that the context's trust manager accepts there is no connection. */
        REQUIRED
    }

    public RtspServerSettings {
        webOrigins = Set.copyOf(webOrigins);
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + "; 0 to 65535 expected");
        }
        if (clientCertificates == ClientCertificates.REQUIRED && tls == null) {
            throw new IllegalArgumentException("client certificates are required, but there is no TLS");
        }
    }

    /** Plain RTSP with standard limits. */
    public static RtspServerSettings of(InetAddress address, int port, Authenticator authenticator) {
        return new RtspServerSettings(
                address,
                port,
                authenticator,
                null,
                ClientCertificates.NOT_ASKED,
                SrtpOffer.STANDARD,
                RtspServerLimits.STANDARD,
                Set.of(),
                event -> {});
    }

    public RtspServerSettings withTls(SSLContext context, ClientCertificates certificates) {
        return new RtspServerSettings(
                address, port, authenticator, context, certificates, srtp, limits, webOrigins, events);
    }

    public RtspServerSettings withSrtp(SrtpOffer other) {
        return new RtspServerSettings(
                address, port, authenticator, tls, clientCertificates, other, limits, webOrigins, events);
    }

    public RtspServerSettings withLimits(RtspServerLimits other) {
        return new RtspServerSettings(
                address, port, authenticator, tls, clientCertificates, srtp, other, webOrigins, events);
    }

    public RtspServerSettings withEvents(Consumer<RtspServerEvent> other) {
        return new RtspServerSettings(
                address, port, authenticator, tls, clientCertificates, srtp, limits, webOrigins, other);
    }

    public RtspServerSettings withWebOrigins(Set<String> other) {
        return new RtspServerSettings(
                address, port, authenticator, tls, clientCertificates, srtp, limits, other, events);
    }
}
