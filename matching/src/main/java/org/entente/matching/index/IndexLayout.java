package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Where things stand in an index file, version 1; numbers are big-endian. docs/spec/matching.md has the table. */
final class IndexLayout {
    static final byte[] MAGIC = "ENTIDX\r\n".getBytes(US_ASCII);
    static final int VERSION = 1;

    static final int VERSION_AT = 8;
    static final int STEP_AT = 12;
    static final int COUNT_AT = 16;
    static final int EPOCH_AT = 24;
    static final int ROOT_AT = 32;
    static final int ANNOUNCEMENT_AT = 64;
    static final int PUBLIC_KEY_AT = 96;
    static final int HEADER_BYTES = 128;

    static final int TAG_BYTES = 16;
    static final int ENTRY_BYTES = TAG_BYTES + Label.BYTES;
    static final int CHECKSUM_BYTES = Digest.BYTES;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private IndexLayout() {}

    static long entryAt(long position) {
        return HEADER_BYTES + position * ENTRY_BYTES;
    }

    static long fileBytes(long count) {
        return entryAt(count) + CHECKSUM_BYTES;
    }

    static long getLong(MemorySegment segment, long at) {
        return segment.get(LONG, at);
    }

    static void putLong(MemorySegment segment, long at, long value) {
        segment.set(LONG, at, value);
    }

    static int getInt(MemorySegment segment, long at) {
        return segment.get(INT, at);
    }

    static void putInt(MemorySegment segment, long at, int value) {
        segment.set(INT, at, value);
    }

    static byte[] getBytes(MemorySegment segment, long at, int length) {
        return segment.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }

    static void putBytes(MemorySegment segment, long at, byte[] bytes) {
        MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, at, bytes.length);
    }
}
