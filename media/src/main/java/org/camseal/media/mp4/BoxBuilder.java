package org.camseal.media.mp4;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** Writes boxes into memory: {@link #open}, fields, {@link #close}; the sizes are filled in as boxes close. */
final class BoxBuilder {
    private byte[] bytes;
    private int length;
    private final Deque<Integer> starts = new ArrayDeque<>();

    BoxBuilder(int expectedBytes) {
        bytes = new byte[Math.max(expectedBytes, 64)];
    }

    BoxBuilder open(String type) {
        starts.push(length);
        return u32(0).ascii(type);
    }

    /** Opens a FullBox (ISO/IEC 14496-12 section 4.2): version and 24 bits of flags follow the header. */
    BoxBuilder openFull(String type, int version, int flags) {
        return open(type).u32((long) version << 24 | flags);
    }

    BoxBuilder close() {
        int start = starts.pop();
        patchU32(start, length - start);
        return this;
    }

    BoxBuilder u8(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    BoxBuilder u16(int value) {
        return u8(value >> 8).u8(value);
    }

    BoxBuilder u24(int value) {
        return u8(value >> 16).u16(value);
    }

    BoxBuilder u32(long value) {
        return u16((int) (value >> 16)).u16((int) value);
    }

    BoxBuilder u64(long value) {
        return u32(value >>> 32).u32(value);
    }

    BoxBuilder ascii(String text) {
        return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    BoxBuilder bytes(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    BoxBuilder zeros(int count) {
        reserve(count);
        length += count;
        return this;
    }

    /** Where the next byte will stand. */
    int position() {
        return length;
    }

    void patchU32(int position, long value) {
        for (int i = 0; i < 4; i++) {
            bytes[position + i] = (byte) (value >> (24 - 8 * i));
        }
    }

    byte[] toBytes() {
        if (!starts.isEmpty()) {
            throw new IllegalStateException(starts.size() + " boxes are open");
        }
        return Arrays.copyOf(bytes, length);
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, Math.multiplyExact(bytes.length, 2)));
        }
    }
}
