package org.entente.matching.index;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.oprf.Voprf;

/**
 * One generation of an index that is open for look-up, over bytes that the caller mapped or holds. Immutable; may be read by many
 * threads as far as the segment may.
 *
 * <p>Look-up: the first byte of a tag names its bucket, by a table in the header. Within the bucket tags are uniform, so each interpolation leaves
 * about the square root of the distance: 10^7 entries take about three probes, in one or two blocks. After {@value #INTERPOLATIONS} of them
 * the search halves, so a file whose tags are not uniform costs at most that and the logarithm of its largest bucket.
 *
 * <p>Integrity: the header holds what it hashes to, so opening it checks it, whatever the size of the file. A block is checked up to the header
 * when a look-up first touches it ({@link BlockCheck}). So nothing is ever answered from bytes that are not those under the root; whether
 * that root is the announced one, the caller MUST compare.
 */
public final class MatchIndex {
    private static final int INTERPOLATIONS = 8;

    private final MemorySegment file;
    private final long entries;
    private final long removals;
    private final long[] fence;
    private final Element publicKey;
    private final BlockCheck blocks;

    private MatchIndex(MemorySegment file, byte[] header, Element publicKey) {
        this.file = file;
        MemorySegment fields = MemorySegment.ofArray(header);
        this.entries = IndexLayout.getLong(fields, IndexLayout.COUNT_AT);
        this.removals = IndexLayout.getLong(fields, IndexLayout.REMOVALS_AT);
        this.fence = IndexHeader.fence(fields);
        this.publicKey = publicKey;
        this.blocks = new BlockCheck(file, new BlockTree(IndexLayout.bodyBytes(entries, removals)));
    }

    /**
     * Opens a file that came from elsewhere: reads the whole of it.
     *
     * @param minimumEntries padded size that the memorandum insists on
     * @throws DamagedIndex when a part is wrong or missing; then nothing is served
     */
    public static MatchIndex open(MemorySegment file, long minimumEntries) throws DamagedIndex {
        MatchIndex index = reopen(file);
        if (index.entries < minimumEntries) {
            throw new DamagedIndex(DamagedIndex.Reason.BELOW_MINIMUM);
        }
        index.blocks.requireBytes(0, IndexLayout.bodyBytes(index.entries, index.removals));
        index.requireAscending();
        return index;
    }

    /** Opens in constant time: header and length are checked now, each block when it is first wanted. */
    public static MatchIndex reopen(MemorySegment file) throws DamagedIndex {
        byte[] header = IndexHeader.read(file);
        try {
            byte[] key =
                    Arrays.copyOfRange(header, IndexLayout.PUBLIC_KEY_AT, IndexLayout.PUBLIC_KEY_AT + Element.BYTES);
            return new MatchIndex(
                    file, header, Elements.decodeRefusingIdentity(key).at(0));
        } catch (EncodingRefused e) {
            throw new DamagedIndex(DamagedIndex.Reason.HEADER);
        }
    }

    private void requireAscending() throws DamagedIndex {
        for (int bucket = 0; bucket < IndexLayout.BUCKETS; bucket++) {
            for (long n = bucketStart(bucket) + 1; n < fence[bucket]; n++) {
                if (compare(n - 1, middle(n), low(n)) >= 0) {
                    throw new DamagedIndex(DamagedIndex.Reason.NOT_SORTED);
                }
            }
        }
        for (long n = 1; n < removals; n++) {
            if (compareRemoval(n - 1, removalHigh(n), removalLow(n)) >= 0) {
                throw new DamagedIndex(DamagedIndex.Reason.NOT_SORTED);
            }
        }
    }

    /** Number of entries, dummies included. */
    public long entries() {
        return entries;
    }

    /** Number of tags that this generation takes away, those of dummies included. */
    public long removals() {
        return removals;
    }

    public long epoch() {
        return IndexLayout.getLong(file, IndexLayout.EPOCH_AT);
    }

    /** 0 for the whole list, then one more for each set of changes. */
    public int generation() {
        return IndexLayout.getInt(file, IndexLayout.GENERATION_AT);
    }

    /** What the signed statement announces: binds header, blocks and leaves. */
    public Digest root() {
        return digest(IndexLayout.ROOT_AT);
    }

    /** Digest of the statement that announced the key. */
    public Digest announcement() {
        return digest(IndexLayout.ANNOUNCEMENT_AT);
    }

    private Digest digest(long at) {
        return Digest.of(IndexLayout.getBytes(file, at, Digest.BYTES));
    }

    public Element publicKey() {
        return publicKey;
    }

    Digest contentRoot() {
        return IndexLayout.contentRoot(IndexLayout.getBytes(file, 0, IndexLayout.HEADER_BYTES));
    }

    /** For each first byte of a tag, how many entries begin with it or a lesser one. */
    long[] fence() {
        return fence.clone();
    }

    private long bucketStart(int bucket) {
        return bucket == 0 ? 0 : fence[bucket - 1];
    }

    /** Tag and masked label, 24 bytes. */
    byte[] entry(long position) throws DamagedIndex {
        if (position < 0 || position >= entries) {
            throw new IllegalArgumentException("no such entry: " + position);
        }
        requireSound(position);
        int bucket = 0;
        while (fence[bucket] <= position) {
            bucket++;
        }
        byte[] stored = IndexLayout.getBytes(file, IndexLayout.entryAt(position), IndexLayout.ENTRY_BYTES);
        return IndexLayout.fullEntry(bucket, stored, 0);
    }

    /** The tag of an entry, by which a request after a hit names it. */
    public byte[] tag(long position) throws DamagedIndex {
        return Arrays.copyOf(entry(position), IndexLayout.TAG_BYTES);
    }

    /** The second to ninth byte of a tag: what orders the entries of a bucket, but for the rest. */
    private long middle(long position) {
        return IndexLayout.getLong(file, IndexLayout.entryAt(position));
    }

    private long low(long position) {
        return IndexLayout.getLong(file, IndexLayout.entryAt(position) + 7);
    }

    private void requireSound(long position) throws DamagedIndex {
        long from = position * IndexLayout.ENTRY_BYTES;
        blocks.requireBytes(from, from + IndexLayout.ENTRY_BYTES);
    }

    private int compare(long position, long middle, long low) {
        int first = Long.compareUnsigned(middle(position), middle);
        return first != 0 ? first : Long.compareUnsigned(low(position), low);
    }

    /** Where a search has come to: between two positions whose tags are known. */
    final class Search {
        private final long middle;
        private final long low;
        private long from;
        private long to;
        private double keyFrom;
        private double keyTo = 0x1p63;
        private int probes;

        Search(byte[] outputs, int offset) {
            MemorySegment output = MemorySegment.ofArray(outputs);
            int bucket = outputs[offset] & 0xff;
            this.middle = IndexLayout.getLong(output, offset + 1L);
            this.low = IndexLayout.getLong(output, offset + 8L);
            this.from = bucketStart(bucket);
            this.to = fence[bucket];
        }

        /** How many entries were looked at. */
        int probes() {
            return probes;
        }

        OptionalLong run() throws DamagedIndex {
            while (from < to) {
                long at = guess();
                requireSound(at);
                int order = compare(at, middle, low);
                if (order == 0) {
                    return OptionalLong.of(at);
                }
                if (order < 0) {
                    from = at + 1;
                    keyFrom = middle(at) >>> 1;
                } else {
                    to = at;
                    keyTo = middle(at) >>> 1;
                }
            }
            return OptionalLong.empty();
        }

        private long guess() {
            if (probes++ >= INTERPOLATIONS) {
                return (from + to) >>> 1;
            }
            double share = ((middle >>> 1) - keyFrom) / (keyTo - keyFrom);
            return Math.clamp(from + (long) (share * (to - from)), from, to - 1);
        }
    }

    /** Where the tag stands that the output at {@code outputs[offset …]} begins with; empty when this generation does not add it. */
    public OptionalLong find(byte[] outputs, int offset) throws DamagedIndex {
        return new Search(outputs, offset).run();
    }

    /** Whether this generation takes away the tag that the output begins with. */
    public boolean removes(byte[] outputs, int offset) throws DamagedIndex {
        MemorySegment output = MemorySegment.ofArray(outputs);
        long high = IndexLayout.getLong(output, offset);
        long low = IndexLayout.getLong(output, offset + 8L);
        long from = 0;
        long to = removals;
        while (from < to) {
            long at = (from + to) >>> 1;
            int order = compareRemoval(at, high, low);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                from = at + 1;
            } else {
                to = at;
            }
        }
        return false;
    }

    private int compareRemoval(long removal, long high, long low) throws DamagedIndex {
        long at = IndexLayout.removalAt(entries, removal) - IndexLayout.HEADER_BYTES;
        blocks.requireBytes(at, at + IndexLayout.TAG_BYTES);
        int first = Long.compareUnsigned(removalHigh(removal), high);
        return first != 0 ? first : Long.compareUnsigned(removalLow(removal), low);
    }

    private long removalHigh(long removal) {
        return IndexLayout.getLong(file, IndexLayout.removalAt(entries, removal));
    }

    private long removalLow(long removal) {
        return IndexLayout.getLong(file, IndexLayout.removalAt(entries, removal) + 8);
    }

    /** The label of an entry under the mask of the output that found it; empty when it is no label. */
    public Optional<Label> label(long position, byte[] outputs, int offset) throws DamagedIndex {
        if (offset + Voprf.OUTPUT_BYTES > outputs.length) {
            throw new IllegalArgumentException("an output has 64 bytes");
        }
        requireSound(position);
        long mask = IndexLayout.getLong(MemorySegment.ofArray(outputs), offset + 16L);
        return Label.decode(
                IndexLayout.getLong(file, IndexLayout.entryAt(position) + IndexLayout.TAG_BYTES - 1) ^ mask);
    }

    @Override
    public String toString() {
        return "MatchIndex[" + entries + " entries, epoch " + epoch() + ", generation " + generation() + "]";
    }
}
