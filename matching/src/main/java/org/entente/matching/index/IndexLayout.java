package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Where things stand in an index file, version 2; numbers are big-endian. docs/spec/matching.md has the table. */
final class IndexLayout {
    static final byte[] MAGIC = "ENTIDX\r\n".getBytes(US_ASCII);
    static final int VERSION = 2;

    static final int VERSION_AT = 8;
    static final int STEP_AT = 12;
    static final int COUNT_AT = 16;
    static final int REMOVALS_AT = 24;
    static final int EPOCH_AT = 32;
    static final int GENERATION_AT = 40;
    static final int ANNOUNCEMENT_AT = 48;
    static final int PUBLIC_KEY_AT = 80;
    /** For each first byte of a tag, how many entries begin with it or a lesser one. */
    static final int FENCE_AT = 112;

    static final int BUCKETS = 256;
    static final int TOP_DIGEST_AT = FENCE_AT + BUCKETS * 8;
    static final int LEAVES_ROOT_AT = TOP_DIGEST_AT + Digest.BYTES;
    static final int ROOT_AT = LEAVES_ROOT_AT + Digest.BYTES;
    static final int HEADER_BYTES = ROOT_AT + Digest.BYTES;

    static final int TAG_BYTES = 16;
    /** A tag and its masked label, as they are hashed and shown. */
    static final int FULL_ENTRY_BYTES = TAG_BYTES + Label.BYTES;
    /** An entry as it is stored: the bucket says the first byte of the tag. */
    static final int ENTRY_BYTES = FULL_ENTRY_BYTES - 1;

    static final int BLOCK_ENTRIES = 256;
    static final int BLOCK_BYTES = BLOCK_ENTRIES * ENTRY_BYTES;

    static final long ENTRIES_MAX = 1L << 40;
    static final int GENERATIONS_MAX = 1_024;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private IndexLayout() {}

    static long entryAt(long position) {
        return HEADER_BYTES + position * ENTRY_BYTES;
    }

    static long removalAt(long entries, long removal) {
        return entryAt(entries) + removal * TAG_BYTES;
    }

    /** Entries and removals: what the digests of blocks cover. */
    static long bodyBytes(long entries, long removals) {
        return removalAt(entries, removals) - HEADER_BYTES;
    }

    static long fileBytes(long entries, long removals) {
        long body = bodyBytes(entries, removals);
        return HEADER_BYTES + body + new BlockTree(body).storedBytes();
    }

    /** SHA-256(0x02 ‖ the header up to and with the top digest): binds everything that a reader without secrets can check. */
    static Digest contentRoot(byte[] header) {
        var sha = Digest.hash();
        sha.update((byte) 2);
        sha.update(header, 0, LEAVES_ROOT_AT);
        return Digest.of(sha.digest());
    }

    /** The entry with the first byte of its tag put back. */
    static byte[] fullEntry(int bucket, byte[] entries, int offset) {
        byte[] full = new byte[FULL_ENTRY_BYTES];
        full[0] = (byte) bucket;
        System.arraycopy(entries, offset, full, 1, ENTRY_BYTES);
        return full;
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

    static byte[] getBytes(MemorySegment segment, long at, int length) {
        return segment.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
    }
}
