package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.entente.matching.oprf.Voprf;

/**
 * The evaluated records of one stretch of the input, sorted by tag, with the places where each first byte of a tag begins. Layout, big-endian:
 * {@code ENTRUN\r\n} ‖ version 2 (4) ‖ ordinal (4) ‖ digest of the records (32) ‖ 257 places (4 each, counted from the first row) ‖ rows ‖
 * SHA-256 of all before (32). A row is tag (16) ‖ mask (8) ‖ label (8) ‖ length (2) ‖ record id.
 */
final class Run {
    /** Records of one run: some seconds of one processor's work, the most that a kill costs for each thread. */
    static final int RECORDS = 65_536;

    static final int ROW_FIXED_BYTES = 34;

    private static final int BATCH = 4_096;
    private static final byte[] MAGIC = "ENTRUN\r\n".getBytes(US_ASCII);
    private static final int VERSION = 2;
    private static final int FENCE_AT = MAGIC.length + 8 + Digest.BYTES;
    private static final int ROWS_AT = FENCE_AT + (IndexLayout.BUCKETS + 1) * 4;
    private static final int CHUNK = 1 << 16;

    private final StoredBytes bytes;
    private final int[] fence;

    private Run(StoredBytes bytes, int[] fence) {
        this.bytes = bytes;
        this.fence = fence;
    }

    /** What identifies the records of a run, in their order. */
    static byte[] recordsDigest(SaltKey.Salter salter, List<IndexRecord> records) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(records.size() * 64);
        for (IndexRecord record : records) {
            byte[] input = record.input().bytes();
            byte[] id = record.recordId().getBytes(UTF_8);
            out.writeBytes(ByteBuffer.allocate(12)
                    .putLong(record.label().encode())
                    .putShort((short) input.length)
                    .putShort((short) id.length)
                    .array());
            out.writeBytes(input);
            out.writeBytes(id);
        }
        return salter.runDigest(out.toByteArray());
    }

    /** Evaluates the records, in batches that bound the memory of the arithmetic, and lays the run out. */
    static byte[] make(IndexEvaluation evaluation, List<IndexRecord> records, byte[] recordsDigest, int ordinal) {
        int count = records.size();
        long[] high = new long[count];
        long[] low = new long[count];
        long[] mask = new long[count];
        for (int from = 0; from < count; from += BATCH) {
            List<IndexRecord> batch = records.subList(from, Math.min(count, from + BATCH));
            byte[] outputs =
                    evaluation.outputs(batch.stream().map(IndexRecord::input).toList());
            ByteBuffer words = ByteBuffer.wrap(outputs);
            for (int n = 0; n < batch.size(); n++) {
                int at = n * Voprf.OUTPUT_BYTES;
                high[from + n] = words.getLong(at);
                low[from + n] = words.getLong(at + 8);
                mask[from + n] = words.getLong(at + 16);
            }
            Arrays.fill(outputs, (byte) 0);
        }
        byte[][] ids = new byte[count][];
        int length = ROWS_AT + Digest.BYTES;
        for (int n = 0; n < count; n++) {
            ids[n] = records.get(n).recordId().getBytes(UTF_8);
            length += ROW_FIXED_BYTES + ids[n].length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put(MAGIC).putInt(VERSION).putInt(ordinal).put(recordsDigest);
        out.position(ROWS_AT);
        int bucket = -1;
        for (int row : TagOrder.of(high, low, count)) {
            while (bucket < (int) (high[row] >>> 56)) {
                bucket++;
                out.putInt(FENCE_AT + bucket * 4, out.position() - ROWS_AT);
            }
            out.putLong(high[row]).putLong(low[row]).putLong(mask[row]);
            out.putLong(records.get(row).label().encode());
            out.putShort((short) ids[row].length).put(ids[row]);
        }
        while (bucket < IndexLayout.BUCKETS) {
            bucket++;
            out.putInt(FENCE_AT + bucket * 4, out.position() - ROWS_AT);
        }
        MessageDigest sha = Digest.hash();
        sha.update(out.array(), 0, out.position());
        out.put(sha.digest());
        return out.array();
    }

    /** Takes up a run that was just made and kept. */
    static Run kept(StoredBytes bytes) throws IOException {
        ByteBuffer places = ByteBuffer.wrap(bytes.read(FENCE_AT, ROWS_AT - FENCE_AT));
        int[] fence = new int[IndexLayout.BUCKETS + 1];
        places.asIntBuffer().get(fence);
        return new Run(bytes, fence);
    }

    /** Takes up a run of an earlier attempt; empty when it is damaged or was made of other records, and must be made again. */
    static Optional<Run> reuse(StoredBytes bytes, byte[] recordsDigest, int ordinal) throws IOException {
        long end = bytes.length() - Digest.BYTES;
        if (end < ROWS_AT) {
            return Optional.empty();
        }
        byte[] expected = ByteBuffer.allocate(FENCE_AT)
                .put(MAGIC)
                .putInt(VERSION)
                .putInt(ordinal)
                .put(recordsDigest)
                .array();
        if (!MessageDigest.isEqual(expected, bytes.read(0, FENCE_AT))) {
            return Optional.empty();
        }
        MessageDigest sha = Digest.hash();
        for (long at = 0; at < end; at += CHUNK) {
            sha.update(bytes.read(at, (int) Math.min(CHUNK, end - at)));
        }
        return Arrays.equals(sha.digest(), bytes.read(end, Digest.BYTES)) ? Optional.of(kept(bytes)) : Optional.empty();
    }

    int sliceBytes(int bucket) {
        return fence[bucket + 1] - fence[bucket];
    }

    /** Reads the rows whose tags begin with a byte. */
    void readSlice(int bucket, byte[] into, int offset) throws IOException {
        bytes.read(ROWS_AT + (long) fence[bucket], into, offset, sliceBytes(bucket));
    }
}
