package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An index with what its holder keeps to open its leaves: record ids, salts, and the upper part of the tree. Opening a leaf reads one page of
 * 256 entries and one path, whatever the size, and checks what it made against the root before it gives it out.
 */
public final class OwnIndex {
    private final MatchIndex index;
    private final MemorySegment shared;
    private final MemorySegment own;
    private final SaltKey saltKey;

    private OwnIndex(MatchIndex index, MemorySegment shared, MemorySegment own, SaltKey saltKey) {
        this.index = index;
        this.shared = shared;
        this.own = own;
        this.saltKey = saltKey;
    }

    /**
     * Opens both files in constant time.
     *
     * @throws DamagedIndex also when the second file is not of the first ({@link DamagedIndex.Reason#OWN_SIDE})
     */
    public static OwnIndex open(MemorySegment shared, MemorySegment own, SaltKey saltKey) throws DamagedIndex {
        MatchIndex index = MatchIndex.reopen(shared);
        boolean right = own.byteSize() >= OwnLayout.HEADER_BYTES
                && Arrays.equals(IndexLayout.getBytes(own, 0, OwnLayout.MAGIC.length), OwnLayout.MAGIC)
                && IndexLayout.getInt(own, OwnLayout.VERSION_AT) == OwnLayout.VERSION
                && IndexLayout.getLong(own, OwnLayout.COUNT_AT) == index.entries()
                && Digest.of(IndexLayout.getBytes(own, OwnLayout.ROOT_AT, Digest.BYTES))
                        .equals(index.root());
        OwnIndex opened = new OwnIndex(index, shared, own, saltKey);
        if (!right || !opened.lengthsFit()) {
            throw new DamagedIndex(DamagedIndex.Reason.OWN_SIDE);
        }
        return opened;
    }

    private boolean lengthsFit() {
        long idBytes = IndexLayout.getLong(own, OwnLayout.ID_BYTES_AT);
        return idBytes >= 0
                && idBytes <= own.byteSize()
                && own.byteSize() == OwnLayout.fileBytes(index.entries(), idBytes)
                && identifiers() >= 0
                && identifiers() <= index.entries()
                && retired() >= 0;
    }

    public MatchIndex index() {
        return index;
    }

    /** Distinct identifiers, without the dummies. */
    public long identifiers() {
        return IndexLayout.getLong(own, OwnLayout.IDENTIFIERS_AT);
    }

    long dummies() {
        return index.entries() - identifiers();
    }

    /** How many dummies of this epoch's earlier generations have been removed. */
    long retired() {
        return IndexLayout.getLong(own, OwnLayout.RETIRED_AT);
    }

    SaltKey saltKey() {
        return saltKey;
    }

    /** The records behind an entry, ascending; none for a dummy. */
    public List<String> recordIds(long position) throws DamagedIndex {
        byte[] framed = framedIds(position);
        List<String> ids = new ArrayList<>();
        for (int at = 0; at < framed.length; ) {
            int length = at + 2 > framed.length ? 0 : ((framed[at] & 0xff) << 8) | (framed[at + 1] & 0xff);
            if (length == 0 || at + 2 + length > framed.length) {
                throw new DamagedIndex(DamagedIndex.Reason.OWN_SIDE);
            }
            ids.add(new String(framed, at + 2, length, UTF_8));
            at += 2 + length;
        }
        return ids;
    }

    private byte[] framedIds(long position) throws DamagedIndex {
        if (position < 0 || position >= index.entries()) {
            throw new IllegalArgumentException("no such entry: " + position);
        }
        long from = position == 0 ? 0 : IndexLayout.getLong(own, OwnLayout.endAt(position - 1));
        long to = IndexLayout.getLong(own, OwnLayout.endAt(position));
        if (from < 0 || to < from || to > IndexLayout.getLong(own, OwnLayout.ID_BYTES_AT) || to - from > 1 << 26) {
            throw new DamagedIndex(DamagedIndex.Reason.OWN_SIDE);
        }
        return IndexLayout.getBytes(own, OwnLayout.idsAt(index.entries()) + from, (int) (to - from));
    }

    /**
     * Answers the request that follows a hit.
     *
     * @throws IllegalArgumentException for a dummy, which denotes no record
     */
    public LeafOpening open(long position) throws DamagedIndex {
        List<String> recordIds = recordIds(position);
        if (recordIds.isEmpty()) {
            throw new IllegalArgumentException("a dummy denotes no record");
        }
        byte[] entry = index.entry(position);
        SaltKey.Salter salter = saltKey.salter();
        List<Digest> path =
                new ArrayList<>(page(position / LeafTree.PAGE, salter).path((int) (position % LeafTree.PAGE)));
        long treeAt = OwnLayout.treeAt(index.entries(), IndexLayout.getLong(own, OwnLayout.ID_BYTES_AT));
        path.addAll(new LeafTree(index.entries()).path(own, treeAt, position / LeafTree.PAGE));
        byte[] salt = salter.salt(Arrays.copyOf(entry, IndexLayout.TAG_BYTES));
        LeafOpening opening =
                new LeafOpening(position, entry, salt, recordIds, new LeafOpening.Path(path, index.contentRoot()));
        if (!(opening.verify(index, position) instanceof LeafOpening.Check.Opened)) {
            throw new DamagedIndex(DamagedIndex.Reason.OWN_SIDE);
        }
        return opening;
    }

    private MerkleTree page(long page, SaltKey.Salter salter) throws DamagedIndex {
        try {
            return new MerkleTree(
                    new BlockSealing(index.fence(), salter, new Mapped(shared), new Mapped(own)).leaves(page));
        } catch (IOException | RuntimeException e) {
            throw new DamagedIndex(DamagedIndex.Reason.OWN_SIDE);
        }
    }

    private record Mapped(MemorySegment segment) implements StoredBytes {
        @Override
        public long length() {
            return segment.byteSize();
        }

        @Override
        public void read(long at, byte[] into, int offset, int length) {
            MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, into, offset, length);
        }
    }
}
