package org.camseal.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * How a server is reached and what it allows.
 *
 * @param bind address and port; port 0 takes a free one
 * @param tls the context for HTTPS; without one the address must be the loopback address, unless access is {@link Access.Everybody}
 * @param clients what is asked of clients in the handshake
 * @param access who may ask
 * @param hostNames names that the server is also asked by, lower case, without port; each counts with the port and without. A request for any other host is refused
 *     (DNS rebinding). The bound address and, on loopback, {@code localhost} always count. If bound to all addresses and no names are
 *     given, every host counts
 * @param maxBodyBytes largest request body; 1 to 16 MiB
 * @param maxConnections most connections at a time
 */
public record WebSettings(
        InetSocketAddress bind,
        Optional<SSLContext> tls,
        ClientCertificates clients,
        Access access,
        Set<String> hostNames,
        int maxBodyBytes,
        int maxConnections) {
    private static final int DEFAULT_MAX_BODY = 1 << 20;
    private static final int LARGEST_MAX_BODY = 16 << 20;
    private static final int DEFAULT_MAX_CONNECTIONS = 512;

    public WebSettings {
        hostNames = Set.copyOf(hostNames);
        if (maxBodyBytes < 1 || maxBodyBytes > LARGEST_MAX_BODY) {
            throw new IllegalArgumentException("maxBodyBytes " + maxBodyBytes + " is not 1 to " + LARGEST_MAX_BODY);
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections " + maxConnections + " is less than 1");
        }
    }

    /** Plain HTTP for this machine only. */
    public static WebSettings loopback(int port, Access access) {
        return new WebSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                Optional.empty(),
                ClientCertificates.AS_THE_CONTEXT_SAYS,
                access,
                Set.of(),
                DEFAULT_MAX_BODY,
                DEFAULT_MAX_CONNECTIONS);
    }

    /** HTTPS on an address. */
    public static WebSettings https(InetSocketAddress bind, SSLContext tls, ClientCertificates clients) {
        return new WebSettings(
                bind,
                Optional.of(tls),
                clients,
                new Access.Anyone(),
                Set.of(),
                DEFAULT_MAX_BODY,
                DEFAULT_MAX_CONNECTIONS);
    }

    /** Plain HTTP on any address, for answers that are signed themselves and for everybody. */
    public static WebSettings forEverybody(InetSocketAddress bind, Access.Everybody access) {
        return loopback(0, access).withBind(bind);
    }

    private WebSettings withBind(InetSocketAddress changed) {
        return new WebSettings(changed, tls, clients, access, hostNames, maxBodyBytes, maxConnections);
    }

    public WebSettings withAccess(Access changed) {
        return new WebSettings(bind, tls, clients, changed, hostNames, maxBodyBytes, maxConnections);
    }

    public WebSettings withHostNames(Set<String> changed) {
        return new WebSettings(bind, tls, clients, access, changed, maxBodyBytes, maxConnections);
    }

    public WebSettings withMaxBodyBytes(int changed) {
        return new WebSettings(bind, tls, clients, access, hostNames, changed, maxConnections);
    }

    public WebSettings withMaxConnections(int changed) {
        return new WebSettings(bind, tls, clients, access, hostNames, maxBodyBytes, changed);
    }
}
