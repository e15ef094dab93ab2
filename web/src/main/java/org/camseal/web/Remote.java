package org.camseal.web;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.List;
import org.eclipse.jetty.io.EndPoint;

/** Who is at an end of a connection. */
final class Remote {
    private Remote() {}

    /** Where that is. */
    static InetAddress address(SocketAddress end) {
        return end instanceof InetSocketAddress address
                ? address.getAddress()
                : InetAddress.getLoopbackAddress(); // a server of ours has TCP connections only
    }

    /** The certificates that the client showed in the handshake; empty if it showed none. */
    static List<X509Certificate> chain(EndPoint connection) {
        EndPoint.SslSessionData tls = connection.getSslSessionData();
        return tls == null || tls.peerCertificates() == null ? List.of() : List.of(tls.peerCertificates());
    }
}
