package org.camseal.seal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The fold of a byte string: the XOR of its 32-byte lanes, the last one filled up with zeros (sealed-video.md, packages). */
final class Fold {
    static final int LANE_BYTES = 32;

    // Which order is of no matter to an XOR, as long as all lanes are read and written in the same; this one costs no
    // swap.
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private Fold() {}

    /**
     * XORs the fold of a stretch onto a key.
     *
     * @param key 32 bytes
     */
    static void into(byte[] key, byte[] array, int offset, int length) {
        int lanes = length / LANE_BYTES;
        int whole = lanes * LANE_BYTES;
        lanes(key, array, offset, lanes);
        for (int i = whole; i < length; i++) {
            key[i - whole] ^= array[offset + i];
        }
    }

    /**
     * One pass with the sums in registers, two lanes a step. In pieces small enough for the first cache, between the inner cipher's
     * updates, it was no faster: each update costs what the cache saves.
     */
    private static void lanes(byte[] key, byte[] array, int offset, int lanes) {
        long a = (long) LONG.get(key, 0);
        long b = (long) LONG.get(key, 8);
        long c = (long) LONG.get(key, 16);
        long d = (long) LONG.get(key, 24);
        int pairs = lanes / 2;
        for (int pair = 0; pair < pairs; pair++) {
            int at = offset + pair * 2 * LANE_BYTES;
            a ^= (long) LONG.get(array, at) ^ (long) LONG.get(array, at + 32);
            b ^= (long) LONG.get(array, at + 8) ^ (long) LONG.get(array, at + 40);
            c ^= (long) LONG.get(array, at + 16) ^ (long) LONG.get(array, at + 48);
            d ^= (long) LONG.get(array, at + 24) ^ (long) LONG.get(array, at + 56);
        }
        if (lanes % 2 != 0) {
            int at = offset + (lanes - 1) * LANE_BYTES;
            a ^= (long) LONG.get(array, at);
            b ^= (long) LONG.get(array, at + 8);
            c ^= (long) LONG.get(array, at + 16);
            d ^= (long) LONG.get(array, at + 24);
        }
        LONG.set(key, 0, a);
        LONG.set(key, 8, b);
        LONG.set(key, 16, c);
        LONG.set(key, 24, d);
    }

    /** XORs 32 bytes onto 32 bytes. */
    static void xor(byte[] onto, byte[] other) {
        lanes(onto, other, 0, 1);
    }
}
