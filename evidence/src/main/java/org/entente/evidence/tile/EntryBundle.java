package org.entente.evidence.tile;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.MerkleHash;

/** Neighbouring entries of a log; as a file, each behind its length as a big-endian uint16. */
public final class EntryBundle {
    /** Greatest length of an entry in bytes. */
    public static final int ENTRY_BYTES_MAX = 0xffff;

    static final int PREFIX_BYTES = Short.BYTES;

    private final BundleAt at;
    private final List<byte[]> entries;

    private EntryBundle(BundleAt at, List<byte[]> entries) {
        this.at = at;
        this.entries = entries;
    }

    /** Bundles as many entries as the place says. */
    public static EntryBundle of(BundleAt at, List<byte[]> entries) {
        if (entries.size() != at.width() || entries.stream().anyMatch(entry -> entry.length > ENTRY_BYTES_MAX)) {
            throw new IllegalArgumentException("not the entries of " + at);
        }
        return new EntryBundle(at, entries.stream().map(byte[]::clone).toList());
    }

    /** Bundles the entries of statements, which this project's logs consist of. */
    public static EntryBundle ofStatements(BundleAt at, List<Digest> statementIds) {
        return of(at, statementIds.stream().map(MerkleHash::entry).toList());
    }

    /**
     * Reads a bundle's file.
     *
     * @throws Malformed with {@code tile.bundle-short} when an entry breaks off or is missing, {@code tile.bundle-trailing}
     *     when something follows the last one
     */
    public static EntryBundle read(BundleAt at, byte[] file) throws Malformed {
        ByteBuffer rest = ByteBuffer.wrap(file);
        List<byte[]> entries = new ArrayList<>(at.width());
        for (int place = 0; place < at.width(); place++) {
            int length = rest.remaining() < PREFIX_BYTES ? Integer.MAX_VALUE : Short.toUnsignedInt(rest.getShort());
            if (length > rest.remaining()) {
                throw new Malformed("tile.bundle-short", at.path(), Integer.toString(place));
            }
            byte[] entry = new byte[length];
            rest.get(entry);
            entries.add(entry);
        }
        if (rest.hasRemaining()) {
            throw new Malformed("tile.bundle-trailing", at.path(), Integer.toString(at.width()));
        }
        return new EntryBundle(at, entries);
    }

    /** The bundle's file. */
    public byte[] bytes() {
        ByteBuffer file = ByteBuffer.allocate(
                entries.stream().mapToInt(entry -> PREFIX_BYTES + entry.length).sum());
        entries.forEach(entry -> file.putShort((short) entry.length).put(entry));
        return file.array();
    }

    public BundleAt at() {
        return at;
    }

    /** The entry at a place, from 0. */
    public byte[] entry(int place) {
        return entries.get(place).clone();
    }

    /** The tile of level 0 that belongs to these entries. */
    public Tile leaves() {
        return new Tile(at.leaves(), entries.stream().map(MerkleHash::leaf).toList());
    }

    /**
     * The statements whose entries these are.
     *
     * @throws Malformed with {@code tile.entry-foreign} when an entry is not that of a statement
     */
    public List<Digest> statementIds() throws Malformed {
        List<Digest> ids = new ArrayList<>(entries.size());
        for (int place = 0; place < entries.size(); place++) {
            ids.add(statementId(place));
        }
        return ids;
    }

    private Digest statementId(int place) throws Malformed {
        byte[] entry = entries.get(place);
        if (entry.length >= Digest.LENGTH) {
            Digest id = Digest.ofBytes(Arrays.copyOfRange(entry, entry.length - Digest.LENGTH, entry.length));
            if (Arrays.equals(MerkleHash.entry(id), entry)) {
                return id;
            }
        }
        throw new Malformed("tile.entry-foreign", at.path(), Integer.toString(place));
    }

    /** What this bundle was when it was narrower. */
    EntryBundle narrowed(BundleAt narrower) {
        return new EntryBundle(narrower, entries.subList(0, narrower.width()));
    }

    @Override
    public String toString() {
        return at.path();
    }
}
