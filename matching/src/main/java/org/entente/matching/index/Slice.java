package org.entente.matching.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * All rows whose tags begin with one byte, gathered from all runs, sorted, and merged: the records of one identifier become one entry. Its label
 * is the most protective one, whatever the order of records: one tag never gets two labels, for one mask over two labels
 * would give away their difference.
 */
final class Slice {
    /** More records than this behind one identifier cannot be opened (docs/spec/matching.md, section 3.3). */
    static final int RECORDS_PER_IDENTIFIER_MAX = 65_535;

    static final int BYTES_MAX = 1 << 30;

    /** A slice that cannot be written; ends the build. */
    static final class TooManyRecords extends IOException {
        private static final long serialVersionUID = 1L;

        TooManyRecords() {
            super("an identifier has more than " + RECORDS_PER_IDENTIFIER_MAX + " records");
        }
    }

    private final IndexPlan plan;
    private final byte[] rows;
    private final int[] starts;
    private final int[] order;
    private final long[] high;
    private final long[] low;

    private Slice(IndexPlan plan, byte[] rows, int[] starts, int[] order, long[] high, long[] low) {
        this.plan = plan;
        this.rows = rows;
        this.starts = starts;
        this.order = order;
        this.high = high;
        this.low = low;
    }

    /** What is told of each entry, in the order of tags. */
    interface Reader {
        /**
         * Takes an entry; the array is read before the next one comes.
         *
         * @param framedIds for each record id in ascending order of bytes: length (2) ‖ id; empty for a dummy
         */
        void entry(long high, long low, long maskedLabel, byte[] framedIds) throws IOException;
    }

    /** Gathers and sorts. */
    static Slice gather(IndexPlan plan, List<Run> runs, int bucket, byte[] dummyRows) throws IOException {
        long bytes = dummyRows.length;
        for (Run run : runs) {
            bytes += run.sliceBytes(bucket);
        }
        if (bytes > BYTES_MAX) {
            throw new TooManyRecords();
        }
        byte[] rows = new byte[(int) bytes];
        int at = 0;
        for (Run run : runs) {
            run.readSlice(bucket, rows, at);
            at += run.sliceBytes(bucket);
        }
        System.arraycopy(dummyRows, 0, rows, at, dummyRows.length);
        ByteBuffer in = ByteBuffer.wrap(rows);
        int[] starts = new int[rows.length / Run.ROW_FIXED_BYTES];
        int count = 0;
        for (int start = 0; start < rows.length; start += rowBytes(in, start)) {
            starts[count++] = start;
        }
        long[] high = new long[count];
        long[] low = new long[count];
        for (int row = 0; row < count; row++) {
            high[row] = in.getLong(starts[row]);
            low[row] = in.getLong(starts[row] + 8);
        }
        return new Slice(plan, rows, starts, TagOrder.of(high, low, count), high, low);
    }

    private static int rowBytes(ByteBuffer in, int start) {
        return Run.ROW_FIXED_BYTES + Short.toUnsignedInt(in.getShort(start + 32));
    }

    /** A row of the form of a run's that stands for a dummy. */
    static byte[] dummyRow(byte[] dummy) {
        return ByteBuffer.allocate(Run.ROW_FIXED_BYTES)
                .put(dummy, 0, IndexLayout.TAG_BYTES)
                .putLong(0)
                .put(dummy, IndexLayout.TAG_BYTES, Label.BYTES)
                .putShort((short) 0)
                .array();
    }

    /** Tells every entry. */
    void read(Reader reader) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(rows);
        for (int from = 0; from < order.length; ) {
            int first = order[from];
            int to = from + 1;
            while (to < order.length && high[order[to]] == high[first] && low[order[to]] == low[first]) {
                to++;
            }
            long mask = in.getLong(starts[first] + 16);
            long label = in.getLong(starts[first] + 24);
            reader.entry(high[first], low[first], mask ^ label(in, label, from, to), framedIds(in, from, to));
            from = to;
        }
    }

    private long label(ByteBuffer in, long first, int from, int to) {
        long chosen = first;
        for (int n = from + 1; n < to; n++) {
            long other = in.getLong(starts[order[n]] + 24);
            if (other != chosen) {
                chosen = plan.mostProtective(
                                Label.decode(chosen).orElseThrow(),
                                Label.decode(other).orElseThrow())
                        .encode();
            }
        }
        return chosen;
    }

    private byte[] framedIds(ByteBuffer in, int from, int to) throws IOException {
        if (to - from == 1) {
            int start = starts[order[from]];
            int length = rowBytes(in, start) - Run.ROW_FIXED_BYTES;
            return length == 0 ? new byte[0] : Arrays.copyOfRange(rows, start + 32, start + 34 + length);
        }
        byte[][] ids = new byte[to - from][];
        for (int n = from; n < to; n++) {
            int start = starts[order[n]];
            ids[n - from] = Arrays.copyOfRange(rows, start + 34, start + rowBytes(in, start));
        }
        Arrays.sort(ids, Arrays::compareUnsigned);
        return frame(ids);
    }

    /** Frames sorted ids, each once. */
    private static byte[] frame(byte[][] ids) throws IOException {
        int length = 0;
        int distinct = 0;
        for (int n = 0; n < ids.length; n++) {
            if (n == 0 || !Arrays.equals(ids[n], ids[n - 1])) {
                length += 2 + ids[n].length;
                distinct++;
            }
        }
        if (distinct > RECORDS_PER_IDENTIFIER_MAX) {
            throw new TooManyRecords();
        }
        ByteBuffer framed = ByteBuffer.allocate(length);
        for (int n = 0; n < ids.length; n++) {
            if (n == 0 || !Arrays.equals(ids[n], ids[n - 1])) {
                framed.putShort((short) ids[n].length).put(ids[n]);
            }
        }
        return framed.array();
    }
}
