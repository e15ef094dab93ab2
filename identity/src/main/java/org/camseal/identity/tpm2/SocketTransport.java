package org.camseal.identity.tpm2;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.camseal.identity.element.TimedSocket;

/** A stream socket that takes raw commands, as swtpm has it. Every exchange ends within the time given. */
final class SocketTransport implements TpmTransport {
    private static final int HEADER = 10;

    private final TimedSocket socket;
    private final long patienceNanos;

    SocketTransport(SocketAddress address, Duration patience) throws IOException {
        socket = TimedSocket.connect(address);
        patienceNanos = patience.toNanos();
    }

    @Override
    public byte[] exchange(byte[] command) throws IOException {
        long end = System.nanoTime() + patienceNanos;
        socket.write(command, end);
        byte[] header = socket.read(HEADER, end);
        int size = ByteBuffer.wrap(header).getInt(2);
        if (size < HEADER || size > MAX_MESSAGE) {
            throw new IOException(
                    "a response says it has " + size + " bytes; " + HEADER + " to " + MAX_MESSAGE + " are possible");
        }
        return ByteBuffer.allocate(size)
                .put(header)
                .put(socket.read(size - HEADER, end))
                .array();
    }

    @Override
    public void close() {
        socket.close();
    }
}
