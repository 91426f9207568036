package org.entente.evidence.attack;

import static org.entente.evidence.attack.Forge.utf8;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.tile.BundleAt;
import org.entente.evidence.tile.EntryBundle;
import org.entente.evidence.tile.Tile;
import org.entente.evidence.tile.TileAt;
import org.entente.evidence.tile.TileCheck;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.tile.TiledTree;

/** Attacks by whoever serves the files of a log: 600 entries, two full tiles of leaves and a partial one. */
final class TileAttacks {
    private static final int SIZE = 600;
    private static final Checkpoint HEAD = Tiles.head(SIZE);
    private static final String FIRST = "tile/0/000";
    private static final String SECOND = "tile/0/001";
    private static final String EDGE = "tile/0/002.p/88";
    private static final String ABOVE = "tile/1/000.p/2";
    private static final String ENTRIES = "tile/entries/000";

    private TileAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(tiles(), bundles(), entries(), sizes(), addresses(), audits())
                .flatMap(Attacks::all);
    }

    /** What a reader of the log does. */
    private static void read(Tiles tiles) throws Malformed {
        TiledTree tree = TiledTree.open(HEAD, tiles);
        tree.inclusion(5);
        tree.bundle(new BundleAt(0, TilePath.WIDTH_MAX)).statementIds();
    }

    private static Attacks<Tiles> table() {
        return Attacks.on(Tiles.of(SIZE), TileAttacks::read);
    }

    private static byte[] changed(byte[] file, int at) {
        byte[] changed = file.clone();
        changed[at] ^= 1;
        return changed;
    }

    private static Attacks<Tiles> tiles() {
        return table().add(
                        "a partial tile is served as a full one",
                        "tile.length[tile/0/000, 8192, 2816]",
                        t -> t.with(FIRST, t.file(EDGE)))
                .add(
                        "a full tile is served as a partial one",
                        "tile.length[tile/0/002.p/88, 2816, 8192]",
                        t -> t.with(EDGE, t.file(FIRST)))
                .add(
                        "the tile of the neighbouring index is served",
                        "tile.hash-other[tile/0/000]",
                        t -> t.with(FIRST, t.file(SECOND)))
                .add(
                        "a leaf hash is changed in a full tile",
                        "tile.hash-other[tile/0/000]",
                        t -> t.with(FIRST, changed(t.file(FIRST), 5 * 32)))
                .add(
                        "a leaf hash is changed at the right edge",
                        "tile.root-other[600]",
                        t -> t.with(EDGE, changed(t.file(EDGE), 0)))
                .add(
                        "the right edge of an older tree is served and filled up",
                        "tile.root-other[600]",
                        t -> t.with(EDGE, Arrays.copyOf(Tiles.of(590).file("tile/0/002.p/78"), 2816)))
                .add("a leaf is changed and the tile above is made to fit", "tile.root-other[600]", t -> {
                    byte[] forged = changed(t.file(FIRST), 0);
                    byte[] above = t.file(ABOVE);
                    Digest root = Tile.read(new TileAt(0, 0, TilePath.WIDTH_MAX), forged)
                            .root();
                    System.arraycopy(root.bytes(), 0, above, 0, 32);
                    return t.with(FIRST, forged).with(ABOVE, above);
                })
                .add("two tiles change places with their hashes above", "tile.root-other[600]", t -> {
                    byte[] above = t.file(ABOVE);
                    byte[] swapped = Arrays.copyOfRange(above, 32, 96);
                    System.arraycopy(above, 0, swapped, 32, 32);
                    return t.with(FIRST, t.file(SECOND))
                            .with(SECOND, t.file(FIRST))
                            .with(ABOVE, swapped);
                })
                .add("a tile is withheld", "tile.missing[tile/0/000]", t -> t.without(FIRST));
    }

    private static Attacks<Tiles> bundles() {
        return table().add(
                        "an entry's length is raised beyond the bundle",
                        "tile.bundle-short[tile/entries/000, 0]",
                        t -> {
                            byte[] file = t.file(ENTRIES);
                            file[0] = (byte) 0xff;
                            return t.with(ENTRIES, file);
                        })
                .add("the boundary between two entries is moved", "tile.entry-other[tile/entries/000, 0]", t -> {
                    byte[] file = t.file(ENTRIES);
                    int length = file[1];
                    byte[] moved = file.clone();
                    moved[1]++;
                    moved[2 + length] = file[4 + length];
                    moved[3 + length] = 0;
                    moved[4 + length] = (byte) (length - 1);
                    return t.with(ENTRIES, moved);
                })
                .add(
                        "an entry is added to a bundle",
                        "tile.bundle-trailing[tile/entries/000, 256]",
                        t -> t.with(ENTRIES, Arrays.copyOf(t.file(ENTRIES), t.file(ENTRIES).length + 2)))
                .add(
                        "a partial bundle is served as a full one",
                        "tile.bundle-short[tile/entries/000, 88]",
                        t -> t.with(ENTRIES, t.file("tile/entries/002.p/88")))
                .add(
                        "the bundle of the neighbouring index is served",
                        "tile.entry-other[tile/entries/000, 0]",
                        t -> t.with(ENTRIES, t.file("tile/entries/001")))
                .add("a statement's entry is exchanged", "tile.entry-other[tile/entries/000, 255]", t -> {
                    byte[] file = t.file(ENTRIES);
                    return t.with(ENTRIES, changed(file, file.length - 1));
                })
                .add("a bundle is withheld", "tile.missing[tile/entries/000]", t -> t.without(ENTRIES));
    }

    private static Attacks<byte[]> entries() {
        BundleAt at = new BundleAt(0, 1);
        byte[] honest =
                EntryBundle.ofStatements(at, List.of(Tiles.statement(0))).bytes();
        return Attacks.on(honest, file -> EntryBundle.read(at, file).statementIds())
                .add("the log signs an entry of another kind", "tile.entry-foreign[tile/entries/000.p/1, 0]", file -> {
                    byte[] entry = MerkleHash.entry(Tiles.statement(0));
                    entry[entry.length - 34] = '2';
                    return EntryBundle.of(at, List.of(entry)).bytes();
                })
                .add(
                        "the log signs a bare digest",
                        "tile.entry-foreign[tile/entries/000.p/1, 0]",
                        file -> EntryBundle.of(at, List.of(Tiles.statement(0).bytes()))
                                .bytes())
                .add(
                        "the log signs an empty entry",
                        "tile.entry-foreign[tile/entries/000.p/1, 0]",
                        file -> new byte[2]);
    }

    private static Attacks<Checkpoint> sizes() {
        Tiles tiles = Tiles.of(SIZE);
        return Attacks.on(HEAD, (Checkpoint head) -> TiledTree.open(head, tiles))
                .add(
                        "the log claims more entries than any has",
                        "tile.log-too-large[281474976710655]",
                        head -> new Checkpoint(head.origin(), 999_999_999_999_999_999L, head.root()))
                .add(
                        "the log claims one entry more than it shows",
                        "tile.missing[tile/0/002.p/89]",
                        head -> new Checkpoint(head.origin(), SIZE + 1L, head.root()))
                .add(
                        "the root of another log of this size is claimed",
                        "tile.root-other[600]",
                        head -> new Checkpoint(head.origin(), SIZE, Digest.of(utf8("another"))));
    }

    private static Attacks<String> addresses() {
        return Attacks.on(EDGE, TilePath::parse)
                .add("an address climbs out of the log's folder", "tile.path-malformed", at -> "tile/0/../../keys")
                .add("an address is encoded twice", "tile.path-index", at -> "tile/0/%30%30%30")
                .add("an address has a second text with zeros before it", "tile.path-index", at -> "tile/0/x000/002")
                .add("a full tile is asked for as a partial one", "tile.path-width", at -> "tile/0/002.p/256")
                .add("an empty tile is asked for", "tile.path-width", at -> "tile/0/002.p/0")
                .add("a level is asked for that no log has", "tile.path-level", at -> "tile/6/000")
                .add("a tile is asked for beyond the largest log", "tile.path-beyond", at -> "tile/5/001");
    }

    private static Attacks<Tiles> audits() {
        return Attacks.on(Tiles.of(SIZE), TileAttacks::audit)
                .add(
                        "a leaf hash of a tile is not that of its entry",
                        "tile.differs[tile/0/000, 0]",
                        t -> t.with(FIRST, changed(t.file(FIRST), 0)))
                .add("entries and tiles are those of another log", "tile.root-differs", t -> {
                    byte[] file = t.file(ENTRIES);
                    byte[] forged = changed(file, file.length - 1);
                    BundleAt at = new BundleAt(0, TilePath.WIDTH_MAX);
                    Tile leaves = EntryBundle.read(at, forged).leaves();
                    byte[] above = t.file(ABOVE);
                    System.arraycopy(leaves.root().bytes(), 0, above, 0, 32);
                    return t.with(ENTRIES, forged).with(FIRST, leaves.bytes()).with(ABOVE, above);
                });
    }

    private static void audit(Tiles tiles) throws Malformed {
        if (TileCheck.againstEntries(HEAD, tiles) instanceof TileCheck.Fault fault) {
            throw new Malformed(fault.problem());
        }
    }
}
