package org.camseal.identity.tpm2;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A stream socket that takes raw commands, as swtpm has it. Every exchange ends within the time given. */
final class SocketTransport implements TpmTransport {
    private static final int HEADER = 10;

    private final SocketChannel channel;
    private final Selector selector;
    private final long patienceNanos;

    SocketTransport(SocketAddress address, Duration patience) throws IOException {
        channel = SocketChannel.open(address);
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
            channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        patienceNanos = patience.toNanos();
    }

    @Override
    public byte[] exchange(byte[] command) throws IOException {
        long end = System.nanoTime() + patienceNanos;
        ByteBuffer out = ByteBuffer.wrap(command);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE, end);
            }
        }
        ByteBuffer header = read(HEADER, end);
        int size = header.getInt(2);
        if (size < HEADER || size > MAX_MESSAGE) {
            throw new IOException(
                    "a response says it has " + size + " bytes; " + HEADER + " to " + MAX_MESSAGE + " are possible");
        }
        ByteBuffer whole = ByteBuffer.allocate(size).put(header).put(read(size - HEADER, end));
        return whole.array();
    }

    private ByteBuffer read(int length, long end) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            int read = channel.read(in);
            if (read < 0) {
                throw new EOFException("the connection ended in the middle of a response");
            }
            if (read == 0) {
                await(SelectionKey.OP_READ, end);
            }
        }
        return in.flip();
    }

    private void await(int operation, long end) throws IOException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in " + patienceNanos / 1_000_000_000 + " s");
        }
        channel.register(selector, operation);
        selector.select(millis);
        selector.selectedKeys().clear();
    }

    @Override
    public void close() {
        try (selector;
                channel) {
            // both go
        } catch (IOException e) {
            // nothing is lost with it
        }
    }
}
