package org.camseal.streaming.rtp;

/** Integers in network byte order. */
final class BigEndian {
    private BigEndian() {}

    static int u16(byte[] from, int at) {
        return (from[at] & 0xff) << 8 | (from[at + 1] & 0xff);
    }

    static int u24(byte[] from, int at) {
        return (from[at] & 0xff) << 16 | u16(from, at + 1);
    }

    static int i32(byte[] from, int at) {
        return u16(from, at) << 16 | u16(from, at + 2);
    }

    static long u32(byte[] from, int at) {
        return i32(from, at) & 0xffff_ffffL;
    }

    static void putU16(byte[] to, int at, int value) {
        to[at] = (byte) (value >> 8);
        to[at + 1] = (byte) value;
    }

    static void putU24(byte[] to, int at, int value) {
        to[at] = (byte) (value >> 16);
        putU16(to, at + 1, value);
    }

    static void putU32(byte[] to, int at, int value) {
        putU16(to, at, value >> 16);
        putU16(to, at + 2, value);
    }
}
