package org.entente.evidence.tile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.HashReader;
import org.entente.evidence.log.MerkleHash;

/**
 * A tile: hashes of neighbouring complete subtrees, of 256^level leaves each. As a file it is those hashes one after the
 * other. Reading one believes nothing; {@link TiledTree} does the believing.
 *
 * @param at where it stands
 * @param hashes as many as the place says
 */
public record Tile(TileAt at, List<Digest> hashes) {
    /** Levels of the Merkle tree between one level of tiles and the next. */
    static final int HEIGHT = 8;

    public Tile {
        hashes = List.copyOf(hashes);
        if (hashes.size() != at.width()) {
            throw new IllegalArgumentException(hashes.size() + " hashes at " + at);
        }
    }

    /** Computes a tile from the stored hashes of complete subtrees, one reading for each of its hashes. */
    public static Tile of(TileAt at, HashReader stored) {
        List<Digest> hashes = new ArrayList<>(at.width());
        for (int place = 0; place < at.width(); place++) {
            hashes.add(stored.hash(HEIGHT * at.level(), at.index() * TilePath.WIDTH_MAX + place));
        }
        return new Tile(at, hashes);
    }

    /**
     * Reads a tile's file.
     *
     * @throws Malformed with {@code tile.length} when the file has another length than its place demands
     */
    public static Tile read(TileAt at, byte[] file) throws Malformed {
        if (file.length != at.bytesMax()) {
            throw new Malformed(
                    "tile.length", at.path(), Integer.toString(at.bytesMax()), Integer.toString(file.length));
        }
        List<Digest> hashes = new ArrayList<>(at.width());
        for (int from = 0; from < file.length; from += Digest.LENGTH) {
            hashes.add(Digest.ofBytes(Arrays.copyOfRange(file, from, from + Digest.LENGTH)));
        }
        return new Tile(at, hashes);
    }

    /** The tile's file. */
    public byte[] bytes() {
        byte[] bytes = new byte[at.bytesMax()];
        for (int place = 0; place < hashes.size(); place++) {
            System.arraycopy(hashes.get(place).bytes(), 0, bytes, place * Digest.LENGTH, Digest.LENGTH);
        }
        return bytes;
    }

    /**
     * The root over 2^height of the hashes.
     *
     * @param height 0 (the hashes themselves) to 8 (the whole of a full tile)
     * @param place which of the subtrees of that height; it MUST be complete in this tile
     */
    public Digest subtree(int height, int place) {
        return subtree(hashes, height, place);
    }

    /** The hash that the level above holds of a full tile. */
    public Digest root() {
        return subtree(HEIGHT, 0);
    }

    /** What this tile was when it was narrower. */
    Tile narrowed(TileAt narrower) {
        return new Tile(narrower, hashes.subList(0, narrower.width()));
    }

    static Digest subtree(List<Digest> hashes, int height, int place) {
        if (height == 0) {
            return hashes.get(place);
        }
        return MerkleHash.node(subtree(hashes, height - 1, 2 * place), subtree(hashes, height - 1, 2 * place + 1));
    }
}
