package org.camseal.streaming.tunnel;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that a client sends in the binary messages of a WebSocket (RFC 6455 section 5), one behind the other: where messages and their
 * fragments begin has no meaning for RTSP. Answers pings and the closing handshake on the way. Nothing is put together, so nothing is
 * held but a control frame of at most 125 bytes; a frame that says it has more than {@link #MOST_PAYLOAD} bytes is refused before them.
 *
 * <p>A fault is told to the client, then thrown as an {@link IOException} whose cause is
 * {@link org.camseal.streaming.ProtocolException}.
 */
public final class WebSocketInput extends InputStream {
    /** Of one frame: more than the longest request with its body, or the longest interleaved packet. */
    public static final int MOST_PAYLOAD = 1 << 18;

    private static final int MASK_BYTES = 4;
    private static final int MOST_CONTROL = 125;
    private static final int NORMAL = 1000;
    private static final int PROTOCOL_ERROR = 1002;
    private static final int UNSUPPORTED_DATA = 1003;
    private static final int TOO_BIG = 1009;

    /** Where the reading stands between two calls. */
    private sealed interface State {
        /** A frame is to begin; {@code inMessage} is true inside a message of several frames. */
        record Between(boolean inMessage) implements State {}

        /** Inside a frame with data. */
        record Inside(Frame frame) implements State {}

        /** The client has said goodbye, or is gone. */
        record Over() implements State {}
    }

    /** A frame with data that is being read. */
    private static final class Frame {
        private final byte[] mask;
        private final boolean last;
        private final long length;
        private long read;

        Frame(byte[] mask, boolean last, long length) {
            this.mask = mask;
            this.last = last;
            this.length = length;
        }
    }

    private final InputStream in;
    private final WebSocketOutput out;
    private State state = new State.Between(false);

    /**
     * @param in closed with this one; buffered, for frames' heads are read byte by byte
     * @param out where pings are answered
     */
    public WebSocketInput(InputStream in, WebSocketOutput out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (true) {
            switch (state) {
                case State.Over over -> {
                    return -1;
                }
                case State.Between between -> state = begin(between);
                case State.Inside inside -> {
                    int read = read(inside.frame(), to, offset, length);
                    if (read > 0) {
                        return read;
                    }
                }
            }
        }
    }

    /** Bytes of the frame's payload; 0 at its end. */
    private int read(Frame frame, byte[] to, int offset, int length) throws IOException {
        if (frame.read == frame.length) {
            state = new State.Between(!frame.last);
            return 0;
        }
        int read = in.read(to, offset, (int) Math.min(length, frame.length - frame.read));
        if (read < 0) {
            throw Faults.broken("the connection ends inside a WebSocket frame");
        }
        for (int i = 0; i < read; i++) {
            to[offset + i] ^= frame.mask[(int) ((frame.read + i) % MASK_BYTES)];
        }
        frame.read += read;
        return read;
    }

    private State begin(State.Between between) throws IOException {
        int first = in.read();
        if (first < 0) {
            return new State.Over();
        }
        boolean last = (first & 0x80) != 0;
        Opcode opcode = (first & 0x70) == 0 ? Opcode.of(first & 0x0f).orElse(null) : null;
        int second = next();
        boolean masked = (second & 0x80) != 0;
        if (opcode == null || !masked || opcode == Opcode.TEXT || (opcode.isControl() && !last)) {
            throw refused(opcode, masked);
        }
        long length = length(second & 0x7f);
        if (length > (opcode.isControl() ? MOST_CONTROL : MOST_PAYLOAD) || length < 0) {
            throw failed(
                    TOO_BIG,
                    "a WebSocket frame of " + length + " bytes; at most " + MOST_PAYLOAD + ", in a control frame "
                            + MOST_CONTROL + " (RFC 6455 section 5.5)");
        }
        Frame frame = new Frame(exactly(MASK_BYTES), last, length);
        if (opcode.isControl()) {
            return control(opcode, frame, between);
        }
        if ((opcode == Opcode.CONTINUATION) != between.inMessage()) {
            throw failed(
                    PROTOCOL_ERROR,
                    "a WebSocket message that begins inside another, or goes on before one began"
                            + " (RFC 6455 section 5.4)");
        }
        return new State.Inside(frame);
    }

    private IOException refused(@Nullable Opcode opcode, boolean masked) {
        if (opcode == Opcode.TEXT) {
            return failed(UNSUPPORTED_DATA, "a WebSocket frame of text; RTSP comes in binary frames");
        }
        return failed(
                PROTOCOL_ERROR,
                masked
                        ? "a WebSocket frame of a reserved kind, or a control frame in parts (RFC 6455 section 5)"
                        : "a WebSocket frame that is not masked (RFC 6455 section 5.1)");
    }

    private IOException failed(int status, String message) {
        state = new State.Over();
        try {
            out.sayGoodbye(status);
        } catch (IOException e) {
            // It will not hear why; it may find out by itself.
        }
        return Faults.broken(message);
    }

    private State control(Opcode opcode, Frame frame, State.Between between) throws IOException {
        byte[] payload = exactly((int) frame.length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= frame.mask[i % MASK_BYTES];
        }
        return switch (opcode) {
            case CLOSE -> {
                out.sayGoodbye(NORMAL);
                yield new State.Over();
            }
            case PING -> {
                out.pong(payload);
                yield between;
            }
            case PONG, CONTINUATION, TEXT, BINARY -> between; // a pong that nobody asked for (section 5.5.3)
        };
    }

    /** What the short length means, and the bytes behind it; negative where it is above 2^63. */
    private long length(int stated) throws IOException {
        int extended = stated == 126 ? 2 : stated == 127 ? 8 : 0;
        long length = extended == 0 ? stated : 0;
        for (byte b : exactly(extended)) {
            length = length << 8 | (b & 0xff);
        }
        return length;
    }

    private int next() throws IOException {
        return exactly(1)[0] & 0xff;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw Faults.broken("the connection ends inside the head of a WebSocket frame");
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
