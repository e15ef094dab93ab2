package org.camseal.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Accepts one connection, greets it, and tells what became of it: the peer's subject, "nobody", or why it failed. */
final class OneShotServer implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 15_000;

    private final SSLServerSocket socket;
    private final CompletableFuture<String> outcome = new CompletableFuture<>();

    OneShotServer(SSLContext context) throws IOException {
        socket = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.setSoTimeout(TIMEOUT_MILLIS);
        Thread.ofVirtual().start(this::serve);
    }

    private void serve() {
        try (SSLSocket peer = (SSLSocket) socket.accept()) {
            peer.setSoTimeout(TIMEOUT_MILLIS);
            peer.startHandshake();
            peer.getOutputStream().write("hello\n".getBytes(StandardCharsets.US_ASCII));
            peer.getOutputStream().flush();
            var chain = TlsContexts.peerChain(peer.getSession());
            outcome.complete(
                    chain.isEmpty()
                            ? "nobody"
                            : chain.getFirst().getSubjectX500Principal().getName());
        } catch (IOException e) {
            outcome.complete("failed: " + e.getMessage());
        }
    }

    int port() {
        return socket.getLocalPort();
    }

    String outcome() throws Exception {
        return outcome.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
