package org.entente.evidence.attack;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.tile.BundleAt;
import org.entente.evidence.tile.EntryBundle;
import org.entente.evidence.tile.Tile;
import org.entente.evidence.tile.TileGrowth;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.tile.TileSource;
import org.entente.evidence.tile.TreeTiles;

/** A published log of statements: its files as hexadecimal text, so that two sets of files can be compared. */
record Tiles(Map<String, String> files) implements TileSource {
    private static final HexFormat HEX = HexFormat.of();

    Tiles {
        files = Map.copyOf(files);
    }

    static Digest statement(int index) {
        return Digest.of(Integer.toString(index).getBytes(StandardCharsets.US_ASCII));
    }

    /** All files of a log of so many statements. */
    static Tiles of(int size) {
        Map<String, String> files = new TreeMap<>();
        growth(size, files);
        for (BundleAt at : new TreeTiles(size).bundles().toList()) {
            int from = (int) at.index() * TilePath.WIDTH_MAX;
            List<Digest> ids = IntStream.range(from, from + at.width())
                    .mapToObj(Tiles::statement)
                    .toList();
            files.put(at.path(), HEX.formatHex(EntryBundle.ofStatements(at, ids).bytes()));
        }
        return new Tiles(files);
    }

    static Checkpoint head(int size) {
        return new Checkpoint(
                NoteAttacks.ORIGIN, size, growth(size, new TreeMap<>()).root());
    }

    private static TileGrowth growth(int size, Map<String, String> files) {
        TileGrowth growth = TileGrowth.empty();
        List<Tile> tiles = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            growth.append(MerkleHash.statementLeaf(statement(index)), tiles::add);
        }
        growth.cover(tiles::add);
        tiles.forEach(tile -> files.put(tile.at().path(), HEX.formatHex(tile.bytes())));
        return growth;
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        return Optional.ofNullable(files.get(path.path())).map(HEX::parseHex);
    }

    byte[] file(String path) {
        return HEX.parseHex(Objects.requireNonNull(files.get(path), path));
    }

    Tiles with(String path, byte[] file) {
        Map<String, String> other = new TreeMap<>(files);
        other.put(path, HEX.formatHex(file));
        return new Tiles(other);
    }

    Tiles without(String path) {
        Map<String, String> other = new TreeMap<>(files);
        other.remove(path);
        return new Tiles(other);
    }
}
