package org.camseal.streaming.tunnel;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/** Frames of a WebSocket from server to client (RFC 6455 section 5): each write becomes one binary message. For any thread. */
public final class WebSocketOutput extends OutputStream {
    private static final int MOST_SHORT = 125;
    private static final int MOST_16_BIT = 65_535;

    private final OutputStream out;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closing;

    /** @param out closed with this one */
    public WebSocketOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > 0) {
            frame(Opcode.BINARY, bytes, offset, length);
        }
    }

    /** Answers a ping. */
    void pong(byte[] payload) throws IOException {
        frame(Opcode.PONG, payload, 0, payload.length);
    }

    /** Says that this side is done, and why (RFC 6455 section 7.4.1); once. Nothing is written behind it. */
    public void sayGoodbye(int status) throws IOException {
        byte[] payload = {(byte) (status >> 8), (byte) status};
        frame(Opcode.CLOSE, payload, 0, payload.length);
    }

    private void frame(Opcode opcode, byte[] payload, int offset, int length) throws IOException {
        byte[] frame = head(opcode, length);
        int start = frame.length - length;
        System.arraycopy(payload, offset, frame, start, length);
        lock.lock();
        try {
            if (!closing) {
                closing = opcode == Opcode.CLOSE;
                out.write(frame);
                out.flush();
            } else if (opcode == Opcode.BINARY) {
                throw new IOException("the WebSocket is closed");
            }
        } finally {
            lock.unlock();
        }
    }

    /** A frame whose payload is still to be filled in. */
    private static byte[] head(Opcode opcode, int length) {
        int extended = length <= MOST_SHORT ? 0 : length <= MOST_16_BIT ? 2 : 8;
        byte[] frame = new byte[2 + extended + length];
        frame[0] = (byte) (0x80 | opcode.code());
        frame[1] = (byte) (extended == 0 ? length : extended == 2 ? 126 : 127);
        for (int i = 0; i < extended; i++) {
            frame[1 + extended - i] = (byte) ((long) length >> (8 * i));
        }
        return frame;
    }

    @Override
    public void flush() {
        // each frame is flushed
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
