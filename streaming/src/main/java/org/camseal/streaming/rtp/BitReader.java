package org.camseal.streaming.rtp;

import org.camseal.streaming.ProtocolException;

/** Bits of a part of an array, the most significant first. */
final class BitReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    /** @param length in bytes */
    BitReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset * 8;
        this.end = (offset + length) * 8;
    }

    int left() {
        return end - at;
    }

    /** @param count 0 to 24 */
    int read(int count) throws ProtocolException {
        if (count > left()) {
            throw new ProtocolException(count + " bits expected, " + left() + " are left");
        }
        int value = 0;
        for (int i = 0; i < count; i++, at++) {
            value = value << 1 | ((bytes[at >> 3] >> (7 - (at & 7))) & 1);
        }
        return value;
    }
}
