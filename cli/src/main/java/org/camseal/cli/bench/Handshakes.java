package org.camseal.cli.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.Set;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.PeerRule;
import org.camseal.identity.Purpose;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;

/**
 * New TLS 1.3 sessions with a camera's key, both ends in this process; the client checks the camera's certificate and shows none. Each
 * connection has a thread of its own.
 */
final class Handshakes implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final TrustEvaluator trust;
    private final SSLServerSocket socket;

    Handshakes(CertifiedKey camera, TrustEvaluator trust) throws IOException {
        this.trust = trust;
        this.socket = (SSLServerSocket) TlsContexts.server(camera)
                .getServerSocketFactory()
                .createServerSocket(0, 64, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** One handshake from its begin to the first byte; with a context of its own, so that no session is resumed. */
    void shake() throws IOException {
        var client = TlsContexts.client(PeerRule.anyOf(trust, Set.of(Purpose.DEVICE_TLS), InstantSource.system()));
        try (SSLSocket peer = (SSLSocket)
                client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), socket.getLocalPort())) {
            peer.setSoTimeout(TIMEOUT_MILLIS);
            peer.startHandshake();
            if (peer.getInputStream().read() != 'x') {
                throw new IOException("the handshake's server did not answer");
            }
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                SSLSocket peer = (SSLSocket) socket.accept();
                Thread.ofVirtual().start(() -> answer(peer));
            } catch (IOException e) {
                // the end
            }
        }
    }

    private static void answer(SSLSocket accepted) {
        try (SSLSocket peer = accepted) {
            peer.setSoTimeout(TIMEOUT_MILLIS);
            peer.getOutputStream().write('x');
            peer.getOutputStream().flush();
        } catch (IOException e) {
            // the client tells
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
