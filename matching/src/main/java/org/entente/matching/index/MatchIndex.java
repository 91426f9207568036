package org.entente.matching.index;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.OptionalLong;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.oprf.Voprf;

/**
 * An index that is open for look-up, over bytes that the caller mapped or holds. Immutable; may be read by many threads as far as the
 * segment may. Tags are uniform, so a few interpolations lead to the place; after {@value #INTERPOLATIONS} of them
 * the search halves, and a file whose tags are not uniform costs a logarithm and no more.
 */
public final class MatchIndex {
    private static final int INTERPOLATIONS = 8;
    private static final long ENTRIES_MAX = 1L << 40;
    private static final int HASH_CHUNK = 1 << 16;

    private final MemorySegment file;
    private final long entries;
    private final Element publicKey;

    private MatchIndex(MemorySegment file, long entries, Element publicKey) {
        this.file = file;
        this.entries = entries;
        this.publicKey = publicKey;
    }

    /**
     * Opens a file that came from elsewhere: reads the whole of it, checksum and order of tags.
     *
     * @param minimumEntries padded size that the memorandum insists on
     * @throws DamagedIndex when a part is wrong or missing; then nothing is served
     */
    public static MatchIndex open(MemorySegment file, long minimumEntries) throws DamagedIndex {
        MatchIndex index = reopen(file);
        if (index.entries < minimumEntries) {
            throw new DamagedIndex(DamagedIndex.Reason.BELOW_MINIMUM);
        }
        index.requireChecksum();
        index.requireAscending();
        return index;
    }

    /** Opens in constant time a file that {@link #open} has accepted and nobody else can write: header and length only. */
    public static MatchIndex reopen(MemorySegment file) throws DamagedIndex {
        long length = file.byteSize();
        if (length < IndexLayout.MAGIC.length) {
            throw new DamagedIndex(DamagedIndex.Reason.TRUNCATED);
        }
        if (!Arrays.equals(IndexLayout.getBytes(file, 0, IndexLayout.MAGIC.length), IndexLayout.MAGIC)) {
            throw new DamagedIndex(DamagedIndex.Reason.NOT_AN_INDEX);
        }
        if (length < IndexLayout.fileBytes(0)) {
            throw new DamagedIndex(DamagedIndex.Reason.TRUNCATED);
        }
        if (IndexLayout.getInt(file, IndexLayout.VERSION_AT) != IndexLayout.VERSION) {
            throw new DamagedIndex(DamagedIndex.Reason.VERSION_UNKNOWN);
        }
        int step = IndexLayout.getInt(file, IndexLayout.STEP_AT);
        long count = IndexLayout.getLong(file, IndexLayout.COUNT_AT);
        long epoch = IndexLayout.getLong(file, IndexLayout.EPOCH_AT);
        if (step < 1
                || step > IndexPlan.PADDING_STEP_MAX
                || count < 1
                || count > ENTRIES_MAX
                || count % step != 0
                || epoch < 0) {
            throw new DamagedIndex(DamagedIndex.Reason.HEADER);
        }
        if (length != IndexLayout.fileBytes(count)) {
            throw new DamagedIndex(
                    length < IndexLayout.fileBytes(count)
                            ? DamagedIndex.Reason.TRUNCATED
                            : DamagedIndex.Reason.TRAILING_BYTES);
        }
        try {
            byte[] key = IndexLayout.getBytes(file, IndexLayout.PUBLIC_KEY_AT, Element.BYTES);
            return new MatchIndex(
                    file, count, Elements.decodeRefusingIdentity(key).at(0));
        } catch (EncodingRefused e) {
            throw new DamagedIndex(DamagedIndex.Reason.HEADER);
        }
    }

    private void requireChecksum() throws DamagedIndex {
        var sha = Digest.hash();
        long end = IndexLayout.entryAt(entries);
        for (long at = 0; at < end; at += HASH_CHUNK) {
            sha.update(IndexLayout.getBytes(file, at, (int) Math.min(HASH_CHUNK, end - at)));
        }
        if (!Arrays.equals(sha.digest(), IndexLayout.getBytes(file, end, IndexLayout.CHECKSUM_BYTES))) {
            throw new DamagedIndex(DamagedIndex.Reason.CHECKSUM);
        }
    }

    private void requireAscending() throws DamagedIndex {
        for (long n = 1; n < entries; n++) {
            if (compare(n - 1, tagHigh(n), tagLow(n)) >= 0) {
                throw new DamagedIndex(DamagedIndex.Reason.NOT_SORTED);
            }
        }
    }

    /** Number of entries, dummies included. */
    public long entries() {
        return entries;
    }

    public long epoch() {
        return IndexLayout.getLong(file, IndexLayout.EPOCH_AT);
    }

    public Digest root() {
        return Digest.of(IndexLayout.getBytes(file, IndexLayout.ROOT_AT, Digest.BYTES));
    }

    /** Digest of the statement that announced the key. */
    public Digest announcement() {
        return Digest.of(IndexLayout.getBytes(file, IndexLayout.ANNOUNCEMENT_AT, Digest.BYTES));
    }

    public Element publicKey() {
        return publicKey;
    }

    byte[] entry(long position) {
        return IndexLayout.getBytes(file, IndexLayout.entryAt(position), IndexLayout.ENTRY_BYTES);
    }

    /** The tag of an entry, by which a request after a hit names it. */
    public byte[] tag(long position) {
        return Arrays.copyOf(entry(position), IndexLayout.TAG_BYTES);
    }

    private long tagHigh(long position) {
        return IndexLayout.getLong(file, IndexLayout.entryAt(position));
    }

    private long tagLow(long position) {
        return IndexLayout.getLong(file, IndexLayout.entryAt(position) + 8);
    }

    private int compare(long position, long high, long low) {
        int first = Long.compareUnsigned(tagHigh(position), high);
        return first != 0 ? first : Long.compareUnsigned(tagLow(position), low);
    }

    /** Where the tag stands that the output at {@code outputs[offset …]} begins with; empty is no hit. */
    public OptionalLong find(byte[] outputs, int offset) {
        MemorySegment output = MemorySegment.ofArray(outputs);
        long high = IndexLayout.getLong(output, offset);
        long low = IndexLayout.getLong(output, offset + 8L);
        long from = 0;
        long to = entries;
        double keyFrom = 0;
        double keyTo = 0x1p63;
        for (int round = 0; from < to; round++) {
            long middle = (from + to) >>> 1;
            if (round < INTERPOLATIONS) {
                double share = ((high >>> 1) - keyFrom) / (keyTo - keyFrom);
                middle = Math.clamp(from + (long) (share * (to - from)), from, to - 1);
            }
            int order = compare(middle, high, low);
            if (order == 0) {
                return OptionalLong.of(middle);
            }
            if (order < 0) {
                from = middle + 1;
                keyFrom = tagHigh(middle) >>> 1;
            } else {
                to = middle;
                keyTo = tagHigh(middle) >>> 1;
            }
        }
        return OptionalLong.empty();
    }

    /** The label of an entry under the mask of the output that found it; empty when it is no label. */
    public java.util.Optional<Label> label(long position, byte[] outputs, int offset) {
        if (offset + Voprf.OUTPUT_BYTES > outputs.length) {
            throw new IllegalArgumentException("an output has 64 bytes");
        }
        long mask = IndexLayout.getLong(MemorySegment.ofArray(outputs), offset + 16L);
        return Label.decode(IndexLayout.getLong(file, IndexLayout.entryAt(position) + IndexLayout.TAG_BYTES) ^ mask);
    }

    @Override
    public String toString() {
        return "MatchIndex[" + entries + " entries, epoch " + epoch() + "]";
    }
}
