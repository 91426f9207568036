package org.entente.matching.group;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Words in little-endian byte arrays. */
final class LittleEndian {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN)
            .withInvokeExactBehavior();

    private LittleEndian() {}

    static long load64(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static void store64(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    static int load32(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static void store32(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }
}
