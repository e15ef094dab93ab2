package org.camseal.factory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.camseal.identity.CertifiedKey;
import org.camseal.identity.PeerRule;
import org.camseal.identity.TlsContexts;
import org.camseal.identity.TrustEvaluator;
import org.camseal.identity.TrustRoots;

/** A real TLS handshake with a camera's key and chain, over a socket of the loopback address, judged as a recorder judges it. */
final class HandshakeTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final X509Certificate deviceRoot;
    private final InstantSource clock;

    HandshakeTest(X509Certificate deviceRoot, InstantSource clock) {
        this.deviceRoot = deviceRoot;
        this.clock = clock;
    }

    /** Protocol and cipher suite. */
    String shake(CertifiedKey camera, String serial) throws FactoryException.TestFailed, InterruptedException {
        try (SSLServerSocket server = (SSLServerSocket) TlsContexts.server(camera)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.setSoTimeout((int) LIMIT.toMillis());
            FutureTask<Void> serving = new FutureTask<>(() -> serve(server));
            Thread.ofVirtual().start(serving);
            SSLSession session = connect(server.getLocalPort(), serial);
            serving.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return session.getProtocol() + " " + session.getCipherSuite();
        } catch (IOException | TimeoutException e) {
            throw failed(e);
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        }
    }

    @SuppressWarnings("AddressSelection") // the loopback address is one address
    private SSLSession connect(int port, String serial) throws IOException {
        TrustEvaluator trust = new TrustEvaluator(new TrustRoots(List.of(deviceRoot), List.of()));
        try (SSLSocket socket = (SSLSocket) TlsContexts.client(PeerRule.camera(trust, serial, clock))
                .getSocketFactory()
                .createSocket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) LIMIT.toMillis());
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.startHandshake();
            int first = socket.getInputStream().read(); // both ends have agreed once data comes through
            if (first != 1) {
                throw new IOException("the connection ended behind the handshake");
            }
            return socket.getSession();
        }
    }

    private static Void serve(SSLServerSocket server) throws IOException {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            socket.setSoTimeout((int) LIMIT.toMillis());
            socket.startHandshake();
            socket.getOutputStream().write(1);
            socket.getOutputStream().flush();
            return null;
        }
    }

    private static FactoryException.TestFailed failed(Throwable cause) {
        return new FactoryException.TestFailed(
                FailureCause.HANDSHAKE, "the TLS handshake with the camera's key failed: " + cause.getMessage(), cause);
    }
}
