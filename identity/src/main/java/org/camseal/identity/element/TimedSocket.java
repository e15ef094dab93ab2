package org.camseal.identity.element;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * A stream socket, TCP or Unix-domain, on which nothing takes longer than it may. Not for several threads at once, except
 * {@link #close()}, which ends what is waiting.
 */
public final class TimedSocket implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;

    /** Takes over a connected channel, and closes it if it cannot. */
    public TimedSocket(SocketChannel channel) throws IOException {
        this.channel = channel;
        try {
            channel.configureBlocking(false);
            selector = Selector.open();
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Connects; on one machine that is immediate or refused. */
    @SuppressWarnings("MustBeClosed") // the socket owns the channel
    public static TimedSocket connect(SocketAddress address) throws IOException {
        return new TimedSocket(SocketChannel.open(address));
    }

    /**
     * Writes all of it.
     *
     * @param end {@link System#nanoTime()} at which it is given up
     * @throws SocketTimeoutException if it is not written by then
     */
    public void write(byte[] bytes, long end) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(bytes);
        while (out.hasRemaining()) {
            if (channel.write(out) == 0) {
                await(SelectionKey.OP_WRITE, end);
            }
        }
    }

    /**
     * Reads exactly so many bytes.
     *
     * @param end {@link System#nanoTime()} at which it is given up
     * @throws EOFException if the connection ends before
     * @throws SocketTimeoutException if they are not there by then
     */
    public byte[] read(int length, long end) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            int read = channel.read(in);
            if (read < 0) {
                throw new EOFException("the connection ended in the middle of an answer");
            }
            if (read == 0) {
                await(SelectionKey.OP_READ, end);
            }
        }
        return in.array();
    }

    private void await(int operation, long end) throws IOException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("no answer in the time given");
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
