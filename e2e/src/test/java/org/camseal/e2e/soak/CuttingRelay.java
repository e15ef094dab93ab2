package org.camseal.e2e.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bad link: it hands bytes on, and now and then, when the authority answers, ends the connection in place of handing the answer on. The
 * request has arrived and was acted upon; the one who asked does not know.
 */
final class CuttingRelay implements AutoCloseable {
    /** About what the server's part of a handshake has: what comes behind are answers to requests. */
    private static final int HANDSHAKE_BYTES = 4_000;

    static final String HOST = "127.0.0.2";

    final AtomicInteger lostAnswers = new AtomicInteger();
    final AtomicInteger brokenHandshakes = new AtomicInteger();
    private final ServerSocket server;
    private final Random random = new Random(6);
    private final double cuts;

    /**
     * It listens where the authority does, on another address of this machine.
     *
     * @param cuts how often an answer is lost, 0 to 1
     */
    CuttingRelay(double cuts) throws IOException {
        this.cuts = cuts;
        this.server = new ServerSocket(0, 200, InetAddress.getByName(HOST));
        Thread.ofVirtual().start(this::accept);
    }

    /** Of the relay, and of the authority behind it. */
    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> relay(client));
            } catch (IOException e) {
                // the end
            }
        }
    }

    private void relay(Socket client) {
        try (client;
                Socket authority = new Socket(InetAddress.getLoopbackAddress(), port())) {
            Thread.ofVirtual().start(() -> hand(client, authority, 0));
            hand(authority, client, cuts);
        } catch (IOException e) {
            // nobody listens there now: the link is down
        }
    }

    private void hand(Socket from, Socket to, double cut) {
        byte[] buffer = new byte[16 * 1024];
        long handed = 0;
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (cut > 0 && random.nextDouble() < cut) {
                    (handed > HANDSHAKE_BYTES ? lostAnswers : brokenHandshakes).incrementAndGet();
                    return;
                }
                out.write(buffer, 0, length);
                handed += length;
            }
        } catch (IOException e) {
            // an end was closed
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
