package org.camseal.streaming.rtp;

/** Integers in network byte order. */
public final class BigEndian {
    private BigEndian() {}

    /** 16 bits, 0 to 65535. */
    public static int u16(byte[] from, int at) {
        return (from[at] & 0xff) << 8 | (from[at + 1] & 0xff);
    }

    /** 24 bits, 0 to 2^24 - 1. */
    public static int u24(byte[] from, int at) {
        return (from[at] & 0xff) << 16 | u16(from, at + 1);
    }

    /** 32 bits as they stand. */
    public static int i32(byte[] from, int at) {
        return u16(from, at) << 16 | u16(from, at + 2);
    }

    /** 32 bits, 0 to 2^32 - 1. */
    public static long u32(byte[] from, int at) {
        return i32(from, at) & 0xffff_ffffL;
    }

    /** The lower 16 bits. */
    public static void putU16(byte[] to, int at, int value) {
        to[at] = (byte) (value >> 8);
        to[at + 1] = (byte) value;
    }

    /** The lower 24 bits. */
    public static void putU24(byte[] to, int at, int value) {
        to[at] = (byte) (value >> 16);
        putU16(to, at + 1, value);
    }

    /** 32 bits. */
    public static void putU32(byte[] to, int at, int value) {
        putU16(to, at, value >> 16);
        putU16(to, at + 2, value);
    }
}
