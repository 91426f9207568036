package org.entente.holdings.table;

/**
 * How much a file may ask of its reader. Whatever exceeds one of them is refused with one problem, and the reader holds
 * at most one row in memory.
 *
 * @param sourceBytesMax bytes as given, compressed or not
 * @param contentBytesMax bytes after decompression
 * @param rowsMax rows of the file
 * @param columnsMax cells of one row
 * @param cellBytesMax bytes of one cell
 */
public record ReadLimits(long sourceBytesMax, long contentBytesMax, int rowsMax, int columnsMax, int cellBytesMax) {
    /** 1 GiB of content, a million rows, 1,024 cells of at most 256 KiB. */
    public static final ReadLimits DEFAULT = new ReadLimits(1L << 30, 1L << 30, 1_000_000, 1_024, 1 << 18);

    /** Content may be at most this many times its compressed bytes, once it is longer than {@link #RATIO_FREE_BYTES}. */
    public static final int COMPRESSION_RATIO_MAX = 200;

    /** The first 10 MiB of content may be compressed however well. */
    public static final long RATIO_FREE_BYTES = 10L << 20;

    public ReadLimits {
        if (sourceBytesMax < 1 || contentBytesMax < 1 || rowsMax < 1 || columnsMax < 1 || cellBytesMax < 1) {
            throw new IllegalArgumentException("a limit below one reads nothing");
        }
    }

    /** Bytes of one row, which are held at once. */
    int rowBytesMax() {
        return (int) Math.min(4L * cellBytesMax, 1 << 30);
    }
}
