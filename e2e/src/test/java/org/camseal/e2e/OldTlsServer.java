package org.camseal.e2e;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/** Answers every TLS client as a server that speaks TLS 1.1 at most (RFC 4346): what an attacker does who wants an old version spoken. */
final class OldTlsServer implements Closeable {
    private static final int HELLO_BYTES = 38;
    private static final short TLS_1_1 = 0x0302;
    private static final short ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 = (short) 0xc02b;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    OldTlsServer() throws IOException {
        Thread.ofVirtual().start(this::serve);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                InputStream in = socket.getInputStream();
                byte[] head = in.readNBytes(5);
                in.readNBytes(head.length < 5 ? 0 : (head[3] & 0xff) << 8 | (head[4] & 0xff));
                socket.getOutputStream().write(serverHello());
                socket.getOutputStream().flush();
                in.readNBytes(7); // the alert with which the client goes
            } catch (IOException e) {
                // the client is gone, or the test is over
            }
        }
    }

    private static byte[] serverHello() {
        return ByteBuffer.allocate(5 + 4 + HELLO_BYTES)
                .put((byte) 22) // handshake
                .putShort(TLS_1_1)
                .putShort((short) (4 + HELLO_BYTES))
                .put((byte) 2) // server_hello
                .put((byte) 0)
                .putShort((short) HELLO_BYTES)
                .putShort(TLS_1_1)
                .put(new byte[32]) // random
                .put((byte) 0) // no session
                .putShort(ECDHE_ECDSA_WITH_AES_128_GCM_SHA256)
                .put((byte) 0) // no compression
                .array();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
