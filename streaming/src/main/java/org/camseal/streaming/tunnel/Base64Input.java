package org.camseal.streaming.tunnel;

import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes that a tunnel's POST carries in base64 (RFC 4648 section 4). Clients encode each message for itself, so that padding may end any
 * group of four characters, and another begins behind it. Line ends between groups are passed over. Holds three bytes, whatever comes;
 * waits for no more than the group it is in.
 *
 * <p>A fault is an {@link IOException} whose cause is {@link org.camseal.streaming.ProtocolException}.
 */
public final class Base64Input extends InputStream {
    private static final int GROUP = 4;
    private static final int PADDING = -2;

    private final InputStream in;
    private final byte[] decoded = new byte[3];
    private int at;
    private int filled;

    /** @param in closed with this one */
    public Base64Input(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return at < filled || decode() ? decoded[at++] & 0xff : -1;
    }

    /** What there is without waiting for another group. */
    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int taken = 0;
        while (taken < length && (at < filled || ((taken == 0 || in.available() >= GROUP) && decode()))) {
            to[offset + taken++] = decoded[at++];
        }
        return taken == 0 ? -1 : taken;
    }

    /** False where the stream ends between groups. */
    private boolean decode() throws IOException {
        int bits = 0;
        int letters = 0;
        int padding = 0;
        for (int i = 0; i < GROUP; i++) {
            int value = next();
            if (value == -1 && i == 0) {
                return false;
            }
            boolean late = value >= 0 && padding > 0;
            boolean early = value == PADDING && i < 2;
            if (value == -1 || late || early) {
                throw Faults.broken("base64 that ends or is padded inside a group of four (RFC 4648 section 4)");
            }
            bits = bits << 6 | Math.max(value, 0);
            letters += value >= 0 ? 1 : 0;
            padding += value >= 0 ? 0 : 1;
        }
        decoded[0] = (byte) (bits >> 16);
        decoded[1] = (byte) (bits >> 8);
        decoded[2] = (byte) bits;
        at = 0;
        filled = letters - 1;
        return true;
    }

    /** The value of the next letter, {@link #PADDING}, or -1 at the end. */
    private int next() throws IOException {
        int letter = in.read();
        while (letter == '\r' || letter == '\n') {
            letter = in.read();
        }
        return switch (letter) {
            case -1 -> -1;
            case '=' -> PADDING;
            case '+' -> 62;
            case '/' -> 63;
            default -> {
                if (letter >= 'A' && letter <= 'Z') {
                    yield letter - 'A';
                } else if (letter >= 'a' && letter <= 'z') {
                    yield letter - 'a' + 26;
                } else if (letter >= '0' && letter <= '9') {
                    yield letter - '0' + 52;
                }
                throw Faults.broken("a byte that is no base64 in a tunnel's POST (RFC 4648 section 4)");
            }
        };
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
