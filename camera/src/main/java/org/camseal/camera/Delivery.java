package org.camseal.camera;

import java.net.InetAddress;
import java.util.function.Supplier;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.PeerRule;
import org.camseal.streaming.server.Authenticator;

/**
 * How readers get at the stream. The video is sealed whatever is chosen here; TLS adds that readers know which camera they talk to, and
 * that nobody on the way sees who watches what.
 *
 * @param address to listen on
 * @param port 0 to 65535; 0 takes a free one
 * @param protection of the connections
 * @param readers who may connect
 */
public record Delivery(InetAddress address, int port, Protection protection, Authenticator readers) {
    /** The port of RTSPS. */
    public static final int DEFAULT_PORT = 322;

    /** How connections are protected. */
    public sealed interface Protection {
        /** RTSPS with the camera's certificate. */
        record Tls() implements Protection {}

        /**
         * RTSPS with the certificate that is chosen at each handshake: the maker's, or the owner's, by which recorders of ours do not know the
         * camera.
         *
         * @param shown must return soon
         */
        record ChosenTls(Supplier<CertifiedKey> shown) implements Protection {}

        /** RTSPS, and readers show a certificate too. */
        record MutualTls(PeerRule readers) implements Protection {}

        /** Plain RTSP: for readers that know no TLS, on a network of their own. */
        record Plain() implements Protection {}
    }

    public Delivery {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + "; 0 to 65535 expected");
        }
    }

    /** RTSPS on loopback, for whoever has a login. */
    public static Delivery onLoopback(int port, Authenticator readers) {
        return new Delivery(InetAddress.getLoopbackAddress(), port, new Protection.Tls(), readers);
    }

    String scheme() {
        return protection instanceof Protection.Plain ? "rtsp" : "rtsps";
    }
}
