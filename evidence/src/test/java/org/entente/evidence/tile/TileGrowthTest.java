package org.entente.evidence.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.Frontier;
import org.entente.evidence.log.HashReader;
import org.entente.evidence.log.MerkleHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileGrowthTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final PlainTree PLAIN = PlainTree.of(70_000);

    /** Stored hashes as a node keeps them. */
    private static HashReader stored(int size) {
        Map<List<Long>, Digest> hashes = new HashMap<>();
        Frontier frontier = Frontier.empty();
        for (Digest leaf : PLAIN.leaves().subList(0, size)) {
            Frontier.Appended appended = frontier.append(leaf);
            appended.stored().forEach(one -> hashes.put(List.of((long) one.level(), one.index()), one.hash()));
            frontier = appended.frontier();
        }
        return (level, index) -> {
            Digest hash = hashes.get(List.of((long) level, index));
            if (hash == null) {
                throw new IllegalStateException("no hash at " + level + "/" + index);
            }
            return hash;
        };
    }

    private static Consumer<Tile> into(Map<String, byte[]> files) {
        return tile -> assertThat(files.put(tile.at().path(), tile.bytes()))
                .as(tile.at().path())
                .isNull();
    }

    private static void same(Map<String, byte[]> files, Map<String, byte[]> expected) {
        assertThat(files.keySet()).isEqualTo(expected.keySet());
        expected.forEach((path, file) -> assertThat(files.get(path)).as(path).isEqualTo(file));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 511, 512, 513, 1000, 4095, 65_535, 65_536, 65_537, 70_000})
    void theTilesAreThoseOfTheFormula(int size) {
        PlainTree plain = PLAIN.first(size);
        Map<String, byte[]> streamed = new TreeMap<>();
        TileGrowth growth = TileGrowth.empty();
        plain.leaves().forEach(leaf -> growth.append(leaf, into(streamed)));
        growth.cover(into(streamed));
        same(streamed, plain.tiles());
        assertThat(growth.root()).isEqualTo(plain.root());
        assertThat(growth.size()).isEqualTo(size);

        HashReader stored = stored(size);
        Map<String, byte[]> single = new TreeMap<>();
        new TreeTiles(size).tiles().map(at -> Tile.of(at, stored)).forEach(into(single));
        same(single, streamed);
    }

    @Test
    void theSpecificationsExamplesHaveTheTilesThatItCounts() {
        Set<String> paths = paths(new TreeTiles(70_000).tiles());
        assertThat(paths.stream().filter(path -> path.startsWith("tile/0/"))).hasSize(274);
        assertThat(paths)
                .hasSize(277)
                .contains("tile/0/272", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1");
        assertThat(paths(new TreeTiles(256).tiles())).containsExactly("tile/0/000", "tile/1/000.p/1");
        assertThat(new TreeTiles(0).tiles()).isEmpty();
        assertThat(new TreeTiles(0).bundles()).isEmpty();
    }

    private static Set<String> paths(Stream<? extends TilePath> places) {
        return places.map(TilePath::path).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aLogGrowsByExactlyTheFilesThatItDidNotHave() {
        long seed = 64;
        Random random = new Random(seed);
        List<Integer> edges = List.of(0, 1, 255, 256, 257, 512, 65_535, 65_536, 65_537, 65_792, 70_000);
        for (int round = 0; round < 2_000; round++) {
            int one = random.nextBoolean() ? edges.get(random.nextInt(edges.size())) : random.nextInt(5000);
            int other = random.nextBoolean() ? edges.get(random.nextInt(edges.size())) : random.nextInt(5000);
            int before = Math.min(one, other);
            int size = Math.max(one, other);
            Set<String> tiles = paths(new TreeTiles(size).tiles());
            tiles.removeAll(paths(new TreeTiles(before).tiles()));
            assertThat(paths(new TreeTiles(size).tilesSince(before)))
                    .as("seed %d, %d to %d", seed, before, size)
                    .isEqualTo(tiles);
            Set<String> bundles = PlainTree.bundles(size);
            assertThat(paths(new TreeTiles(size).bundles())).isEqualTo(bundles);
            bundles.removeAll(PlainTree.bundles(before));
            assertThat(paths(new TreeTiles(size).bundlesSince(before)))
                    .as("seed %d, %d to %d", seed, before, size)
                    .isEqualTo(bundles);
        }
        assertThatThrownBy(() -> new TreeTiles(5).tilesSince(6)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TreeTiles(TilePath.SIZE_MAX + 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void derivingGoesOnWhereItStoppedAndWritesNoFullTileTwice() {
        long seed = 65;
        Random random = new Random(seed);
        HashReader stored = stored(5_000);
        for (int round = 0; round < 20 * DEPTH; round++) {
            Map<String, byte[]> files = new TreeMap<>();
            TileGrowth growth = TileGrowth.empty();
            int size = 0;
            while (size < 4_000) {
                int next = Math.min(5_000, size + random.nextInt(random.nextBoolean() ? 3 : 1200));
                if (random.nextInt(3) == 0) {
                    growth = TileGrowth.resume(size, stored);
                }
                Map<String, byte[]> written = new TreeMap<>();
                for (Digest leaf : PLAIN.leaves().subList(size, next)) {
                    growth.append(leaf, into(written));
                }
                growth.cover(into(written));
                assertThat(written.keySet())
                        .as("seed %d, %d to %d", seed, size, next)
                        .isEqualTo(paths(new TreeTiles(next).tilesSince(size)));
                written.forEach(
                        (path, file) -> assertThat(files.put(path, file)).isNull());
                size = next;
            }
            Map<String, byte[]> expected = PLAIN.first(size).tiles();
            assertThat(files).containsKeys(expected.keySet().toArray(String[]::new));
            expected.forEach((path, file) -> assertThat(files.get(path)).isEqualTo(file));
            assertThat(growth.root()).isEqualTo(PLAIN.first(size).root());
        }
    }

    @Test
    void aFullTileIsHandedOutBeforeTheOneAboveIt() {
        TileGrowth growth = TileGrowth.empty();
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < 65_536; i++) {
            growth.append(MerkleHash.leaf(new byte[] {(byte) i}), tile -> {
                seen.add(tile.at().path());
                if (tile.at().level() == 1) {
                    assertThat(seen).hasSize(257);
                }
            });
        }
        assertThat(seen).hasSize(257);
    }

    @Test
    void theLargestLogHasItsPlaces() {
        TreeTiles largest = new TreeTiles(TilePath.SIZE_MAX);
        assertThat(largest.partialTiles()).hasSize(6).allMatch(at -> at.width() == 255);
        assertThat(largest.holding(0, TilePath.SIZE_MAX - 1).path()).isEqualTo("tile/0/x001/x099/x511/x627/775.p/255");
        assertThat(largest.bundleHolding(0)).isEqualTo(new BundleAt(0, 256));
        assertThatThrownBy(() -> largest.holding(0, TilePath.SIZE_MAX)).isInstanceOf(IllegalArgumentException.class);
        assertThat(largest.tiles().limit(3).map(TilePath::path))
                .containsExactly("tile/0/000", "tile/0/001", "tile/0/002");
    }
}
