package org.camseal.e2e.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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
    private final AtomicInteger answers = new AtomicInteger();
    private volatile int fatalAnswer;
    private volatile Runnable fatal = () -> {};

    /**
     * It listens where the authority does, on another address of this machine.
     *
     * @param cuts how often an answer is lost, 0 to 1
     */
    CuttingRelay(double cuts) throws IOException {
        this.cuts = cuts;
        this.server = listening();
        Thread.ofVirtual().start(this::accept);
    }

    /** Below the ports that systems give to whoever connects, because the authority takes the same one again and again. */
    private static ServerSocket listening() throws IOException {
        Random random = new Random();
        while (true) {
            int port = 20_000 + random.nextInt(10_000);
            ServerSocket here = new ServerSocket();
            try (ServerSocket there = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                here.bind(new InetSocketAddress(InetAddress.getByName(HOST), there.getLocalPort()), 200);
                return here;
            } catch (IOException e) {
                here.close(); // one of the two is taken
            }
        }
    }

    /** Runs something when the authority has given so many more answers; the last of them is lost. */
    void atAnswer(int count, Runnable what) {
        fatal = what;
        fatalAnswer = answers.get() + count;
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
                if (cut > 0 && isCut(handed > HANDSHAKE_BYTES, cut)) {
                    return;
                }
                out.write(buffer, 0, length);
                handed += length;
            }
        } catch (IOException e) {
            // an end was closed
        }
    }

    private boolean isCut(boolean answer, double cut) {
        boolean last = answer && answers.incrementAndGet() == fatalAnswer;
        if (last) {
            fatal.run();
        }
        if (last || random.nextDouble() < cut) {
            (answer ? lostAnswers : brokenHandshakes).incrementAndGet();
            return true;
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
