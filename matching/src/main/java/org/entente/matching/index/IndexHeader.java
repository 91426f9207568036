package org.entente.matching.index;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Reads the header of an index file and refuses what no builder writes. */
final class IndexHeader {
    private IndexHeader() {}

    /** The header, after its root, its fields and the length of the file were found right. */
    static byte[] read(MemorySegment file) throws DamagedIndex {
        long length = file.byteSize();
        if (length < IndexLayout.MAGIC.length) {
            throw new DamagedIndex(DamagedIndex.Reason.TRUNCATED);
        }
        if (!Arrays.equals(IndexLayout.getBytes(file, 0, IndexLayout.MAGIC.length), IndexLayout.MAGIC)) {
            throw new DamagedIndex(DamagedIndex.Reason.NOT_AN_INDEX);
        }
        if (length < IndexLayout.STEP_AT) {
            throw new DamagedIndex(DamagedIndex.Reason.TRUNCATED);
        }
        if (IndexLayout.getInt(file, IndexLayout.VERSION_AT) != IndexLayout.VERSION) {
            throw new DamagedIndex(DamagedIndex.Reason.VERSION_UNKNOWN);
        }
        if (length < IndexLayout.HEADER_BYTES) {
            throw new DamagedIndex(DamagedIndex.Reason.TRUNCATED);
        }
        byte[] header = IndexLayout.getBytes(file, 0, IndexLayout.HEADER_BYTES);
        MemorySegment fields = MemorySegment.ofArray(header);
        if (!rootIsRight(header) || !fieldsAreInRange(fields)) {
            throw new DamagedIndex(DamagedIndex.Reason.HEADER);
        }
        long expected = IndexLayout.fileBytes(
                IndexLayout.getLong(fields, IndexLayout.COUNT_AT),
                IndexLayout.getLong(fields, IndexLayout.REMOVALS_AT));
        if (length != expected) {
            throw new DamagedIndex(
                    length < expected ? DamagedIndex.Reason.TRUNCATED : DamagedIndex.Reason.TRAILING_BYTES);
        }
        return header;
    }

    private static boolean rootIsRight(byte[] header) {
        byte[] leavesRoot = Arrays.copyOfRange(header, IndexLayout.LEAVES_ROOT_AT, IndexLayout.ROOT_AT);
        byte[] root = Arrays.copyOfRange(header, IndexLayout.ROOT_AT, IndexLayout.HEADER_BYTES);
        return Arrays.equals(
                root, MerkleTree.node(IndexLayout.contentRoot(header).bytes(), leavesRoot));
    }

    private static boolean fieldsAreInRange(MemorySegment fields) {
        int step = IndexLayout.getInt(fields, IndexLayout.STEP_AT);
        long entries = IndexLayout.getLong(fields, IndexLayout.COUNT_AT);
        long removals = IndexLayout.getLong(fields, IndexLayout.REMOVALS_AT);
        int generation = IndexLayout.getInt(fields, IndexLayout.GENERATION_AT);
        return step >= 1
                && step <= IndexPlan.PADDING_STEP_MAX
                && entries >= 1
                && entries <= IndexLayout.ENTRIES_MAX
                && entries % step == 0
                && IndexLayout.getLong(fields, IndexLayout.EPOCH_AT) >= 0
                && generation >= 0
                && generation <= IndexLayout.GENERATIONS_MAX
                && IndexLayout.getInt(fields, IndexLayout.GENERATION_AT + 4) == 0
                && removals >= 0
                && removals <= (generation == 0 ? 0 : IndexLayout.ENTRIES_MAX)
                && fenceAscends(fence(fields), entries);
    }

    private static boolean fenceAscends(long[] fence, long entries) {
        long before = 0;
        for (long end : fence) {
            if (end < before) {
                return false;
            }
            before = end;
        }
        return before == entries;
    }

    static long[] fence(MemorySegment fields) {
        long[] fence = new long[IndexLayout.BUCKETS];
        for (int bucket = 0; bucket < fence.length; bucket++) {
            fence[bucket] = IndexLayout.getLong(fields, IndexLayout.FENCE_AT + bucket * 8L);
        }
        return fence;
    }
}
