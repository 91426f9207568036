package org.entente.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Consistency;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.MerkleHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiledTreeTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final PlainTree PLAIN = PlainTree.of(70_000);

    private interface Reading {
        Object of(TiledTree tree) throws Malformed;
    }

    private static String refusal(Checkpoint checkpoint, TileSource source, Reading reading) {
        return catchThrowableOfType(Malformed.class, () -> reading.of(TiledTree.open(checkpoint, source)))
                .problem()
                .toString();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 769, 3_001, 65_536, 65_537, 70_000})
    void proofsAreReadFromTilesAlone(int size) throws Malformed {
        long seed = 66;
        Random random = new Random(seed);
        PlainTree plain = PLAIN.first(size);
        Checkpoint checkpoint = LogFiles.checkpoint(plain);
        TiledTree tree = TiledTree.open(checkpoint, LogFiles.of(plain));
        assertThat(tree.frontier().root()).isEqualTo(plain.root());
        List<Integer> places = new ArrayList<>(List.of(0, size - 1, size / 2));
        List.of(254, 255, 256, 257, 65_535, 65_536).stream()
                .filter(place -> place < size)
                .forEach(places::add);
        random.ints(3, 0, size).forEach(places::add);
        for (int place : places) {
            InclusionProof proof = tree.inclusion(place);
            assertThat(proof.path()).as("seed %d, %d", seed, place).isEqualTo(plain.path(place));
            assertThat(proof.verifies(plain.leaves().get(place), size, plain.root()))
                    .isTrue();
            Checkpoint earlier = LogFiles.checkpoint(PLAIN.first(place + 1));
            assertThat(tree.root(place + 1)).isEqualTo(earlier.root());
            assertThat(tree.beginsWith(earlier)).isTrue();
            assertThat(Consistency.verifies(earlier, checkpoint, tree.consistency(place + 1)))
                    .isTrue();
            assertThat(tree.entry(place)).isEqualTo(PlainTree.entry(place));
        }
        assertThat(tree.beginsWith(new Checkpoint(LogFiles.ORIGIN, 1, Digest.of())))
                .isFalse();
        assertThat(tree.beginsWith(new Checkpoint(LogFiles.ORIGIN, size + 1, plain.root())))
                .isFalse();
        assertThat(tree.root(0)).isEqualTo(MerkleHash.empty());
    }

    @Test
    void everySmallTreeGivesEveryProof() throws Malformed {
        for (int size = 0; size <= 40; size++) {
            PlainTree plain = PLAIN.first(size);
            TiledTree tree = TiledTree.open(LogFiles.checkpoint(plain), LogFiles.of(plain));
            for (int place = 0; place < size; place++) {
                assertThat(tree.inclusion(place).path()).isEqualTo(plain.path(place));
                assertThat(tree.root(place)).isEqualTo(PLAIN.first(place).root());
            }
        }
    }

    @Test
    void randomSizesGiveRandomProofs() throws Malformed {
        long seed = 67;
        Random random = new Random(seed);
        for (int round = 0; round < 20 * DEPTH; round++) {
            PlainTree plain = PLAIN.first(1 + random.nextInt(4_000));
            int size = plain.leaves().size();
            Checkpoint checkpoint = LogFiles.checkpoint(plain);
            TiledTree tree = TiledTree.open(checkpoint, LogFiles.of(plain));
            for (int place : random.ints(5, 0, size).toArray()) {
                assertThat(tree.inclusion(place).path())
                        .as("seed %d, %d of %d", seed, place, size)
                        .isEqualTo(plain.path(place));
                assertThat(Consistency.verifies(
                                LogFiles.checkpoint(PLAIN.first(place + 1)), checkpoint, tree.consistency(place + 1)))
                        .as("seed %d, %d to %d", seed, place + 1, size)
                        .isTrue();
            }
        }
    }

    @Test
    void aProofReadsOneTileOfEachLevel() throws Malformed {
        LogFiles log = LogFiles.of(PLAIN);
        TiledTree tree = TiledTree.open(LogFiles.checkpoint(PLAIN), log);
        assertThat(log.read).containsExactly("tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1");
        log.read.clear();
        tree.inclusion(12_345);
        assertThat(log.read).containsExactly("tile/1/000", "tile/0/048");
        log.read.clear();
        tree.inclusion(69_999);
        assertThat(log.read).isEmpty();
        assertThat(tree.<Long>ask(merkle -> {
                    for (long index = 0; index < 70_000; index++) {
                        merkle.hashes().hash(0, index);
                    }
                    return 1L;
                }))
                .isOne();
        assertThat(log.read).hasSize(274).doesNotHaveDuplicates();
    }

    /** One byte of one tile: whoever reads that tile is refused, and everybody else is served. */
    @Test
    void aChangedByteIsNeverBelieved() throws Malformed {
        long seed = 68;
        Random random = new Random(seed);
        Checkpoint checkpoint = LogFiles.checkpoint(PLAIN);
        LogFiles honest = LogFiles.of(PLAIN);
        for (TileAt at : new TreeTiles(70_000).tiles().toList()) {
            int changed = random.nextInt(at.bytesMax());
            LogFiles log = honest.changed(at.path(), changed);
            if (!at.full()) {
                assertThat(refusal(checkpoint, log, TiledTree::frontier)).isEqualTo("tile.root-other[70000]");
                continue;
            }
            String expected = "tile.hash-other[" + at.path() + "]";
            long leaf = at.index() * 256 * (at.level() == 0 ? 1 : 256) + random.nextInt(256);
            assertThat(refusal(checkpoint, log, tree -> tree.inclusion(leaf))).isEqualTo(expected);
            assertThat(refusal(checkpoint, log, tree -> tree.tile(at))).isEqualTo(expected);
            assertThat(refusal(checkpoint, log, tree -> tree.entry(leaf))).isEqualTo(expected);
            TiledTree tree = TiledTree.open(checkpoint, log);
            if (at.level() == 0) {
                long elsewhere = (leaf + 256) % 69_888;
                assertThat(tree.inclusion(elsewhere)
                                .verifies(PLAIN.leaves().get((int) elsewhere), 70_000, checkpoint.root()))
                        .isTrue();
            }
        }
    }

    @Test
    void aTileOfTheRightHashesInAnotherOrderIsNotBelieved() throws Malformed {
        LogFiles log = LogFiles.of(PLAIN);
        byte[] swapped = log.file("tile/0/005");
        log.files.put("tile/0/005", log.file("tile/0/006"));
        log.files.put("tile/0/006", swapped);
        assertThat(refusal(LogFiles.checkpoint(PLAIN), log, tree -> tree.inclusion(5 * 256)))
                .isEqualTo("tile.hash-other[tile/0/005]");
    }

    @Test
    void aChangedEntryIsNeverBelieved() throws Malformed {
        PlainTree plain = PLAIN.first(600);
        Checkpoint checkpoint = LogFiles.checkpoint(plain);
        LogFiles log = LogFiles.of(plain);
        assertThat(TiledTree.open(checkpoint, log).bundle(new BundleAt(2, 88)).bytes())
                .isEqualTo(LogFiles.bundled(new BundleAt(2, 88)).bytes());
        byte[] first = log.file("tile/entries/000");
        assertThat(first).startsWith(0, 0, 0, 9);
        LogFiles changed = log.changed("tile/entries/000", 4);
        assertThat(refusal(checkpoint, changed, tree -> tree.entry(7)))
                .isEqualTo("tile.entry-other[tile/entries/000, 1]");
        assertThat(refusal(checkpoint, log.changed("tile/entries/000", 1), tree -> tree.entry(7)))
                .startsWith("tile.bundle-");
        assertThat(TiledTree.open(checkpoint, changed).entry(300)).isEqualTo(PlainTree.entry(300));
    }

    @Test
    void aPartialTileThatIsGoneIsTakenFromTheFullOne() throws Malformed {
        PlainTree earlier = PLAIN.first(65_000);
        LogFiles later = LogFiles.of(PLAIN);
        Checkpoint checkpoint = LogFiles.checkpoint(earlier);
        TiledTree tree = TiledTree.open(checkpoint, later);
        assertThat(tree.inclusion(64_999).verifies(earlier.leaves().getLast(), 65_000, earlier.root()))
                .isTrue();
        assertThat(tree.entry(64_999)).isEqualTo(PlainTree.entry(64_999));
        assertThat(refusal(LogFiles.checkpoint(PLAIN.first(69_900)), later, TiledTree::frontier))
                .isEqualTo("tile.missing[tile/0/273.p/12]");
    }

    @Test
    void missingAndTornFilesAreNamed() {
        Checkpoint checkpoint = LogFiles.checkpoint(PLAIN);
        LogFiles log = LogFiles.of(PLAIN);
        log.files.remove("tile/1/001.p/17");
        assertThat(refusal(checkpoint, log, TiledTree::frontier)).isEqualTo("tile.missing[tile/1/001.p/17]");
        LogFiles torn = LogFiles.of(PLAIN);
        torn.files.put("tile/1/000", new byte[8191]);
        torn.files.remove("tile/entries/001");
        assertThat(refusal(checkpoint, torn, tree -> tree.inclusion(5)))
                .isEqualTo("tile.length[tile/1/000, 8192, 8191]");
        torn.files.put("tile/1/000", LogFiles.of(PLAIN).file("tile/1/000"));
        assertThat(refusal(checkpoint, torn, tree -> tree.entry(256))).isEqualTo("tile.missing[tile/entries/001]");
    }

    @Test
    void aCheckpointOfAnotherTreeOrOfAHugeOneIsNotOpened() {
        PlainTree plain = PLAIN.first(300);
        LogFiles log = LogFiles.of(plain);
        assertThat(refusal(new Checkpoint(LogFiles.ORIGIN, 300, Digest.of()), log, TiledTree::frontier))
                .isEqualTo("tile.root-other[300]");
        assertThat(refusal(new Checkpoint(LogFiles.ORIGIN, 301, plain.root()), log, TiledTree::frontier))
                .isEqualTo("tile.missing[tile/0/001.p/45]");
        assertThat(refusal(new Checkpoint(LogFiles.ORIGIN, 1L << 48, plain.root()), log, TiledTree::frontier))
                .isEqualTo("tile.log-too-large[281474976710655]");
        assertThat(refusal(new Checkpoint(LogFiles.ORIGIN, TilePath.SIZE_MAX, plain.root()), log, TiledTree::frontier))
                .startsWith("tile.missing[tile/0/x001/x099/x511/x627/775.p/255");
    }

    @Test
    void whatTheLogDoesNotHaveIsTheAskersMistake() throws Malformed {
        PlainTree plain = PLAIN.first(300);
        TiledTree tree = TiledTree.open(LogFiles.checkpoint(plain), LogFiles.of(plain));
        assertThatThrownBy(() -> tree.inclusion(300)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.entry(300)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.entry(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.root(301)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.root(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.consistency(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.tile(new TileAt(0, 1, 43))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.tile(new TileAt(3, 0, 1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.ask(merkle -> merkle.hashes().hash(6, 4)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tree.ask(merkle -> merkle.hashes().hash(62, 0)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
