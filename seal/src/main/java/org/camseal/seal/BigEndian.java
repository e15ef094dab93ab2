package org.camseal.seal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Integers in network order inside byte arrays. */
final class BigEndian {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private BigEndian() {}

    static void putInt(byte[] array, int offset, int value) {
        INT.set(array, offset, value);
    }

    static int getInt(byte[] array, int offset) {
        return (int) INT.get(array, offset);
    }
}
