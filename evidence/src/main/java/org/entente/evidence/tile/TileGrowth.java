package org.entente.evidence.tile;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.log.Frontier;
import org.entente.evidence.log.HashReader;

/**
 * Derives the tiles of a growing log from its leaf hashes, in one pass and in the memory of six tiles. Full tiles are handed
 * out as they are completed, each before the tile above it; partial ones when a checkpoint is to cover them. Whoever
 * receives tiles MUST have them durable before the checkpoint is signed.
 *
 * <p>Not for several threads. When what it is given throws, it MUST be thrown away.
 */
public final class TileGrowth {
    private final List<List<Digest>> partial = new ArrayList<>();
    private long size;
    private long covered;

    private TileGrowth(long size) {
        this.size = size;
        this.covered = size;
        for (int level = 0; level <= TilePath.LEVEL_MAX; level++) {
            partial.add(new ArrayList<>(TilePath.WIDTH_MAX));
        }
    }

    /** Begins a log. */
    public static TileGrowth empty() {
        return new TileGrowth(0);
    }

    /** Goes on with a log whose tiles up to a size exist. */
    public static TileGrowth resume(long size, HashReader stored) {
        TileGrowth growth = new TileGrowth(size);
        new TreeTiles(size)
                .partialTiles()
                .forEach(at -> growth.partial
                        .get(at.level())
                        .addAll(Tile.of(at, stored).hashes()));
        return growth;
    }

    /** Appends a leaf, and hands out the tiles that it fills, from level 0 upwards. */
    public void append(Digest leafHash, Consumer<Tile> filled) {
        if (size == TilePath.SIZE_MAX) {
            throw new IllegalStateException("the log is full");
        }
        size++;
        Digest hash = leafHash;
        for (int level = 0; level <= TilePath.LEVEL_MAX; level++) {
            List<Digest> hashes = partial.get(level);
            hashes.add(hash);
            if (hashes.size() < TilePath.WIDTH_MAX) {
                return;
            }
            long index = (size >>> (Tile.HEIGHT * (level + 1))) - 1;
            Tile tile = new Tile(new TileAt(level, index, TilePath.WIDTH_MAX), hashes);
            hashes.clear();
            filled.accept(tile);
            hash = tile.root();
        }
    }

    /**
     * Hands out the partial tiles of the present size that the last size handed out here did not have. With the full ones
     * since then they are exactly {@link TreeTiles#tilesSince}.
     */
    public void cover(Consumer<Tile> changed) {
        new TreeTiles(size)
                .tilesSince(covered)
                .filter(at -> !at.full())
                .map(at -> new Tile(at, partial.get(at.level())))
                .forEach(changed);
        covered = size;
    }

    public long size() {
        return size;
    }

    /** The leaf hashes since the last full tile, fewer than {@value TilePath#WIDTH_MAX}. */
    public List<Digest> openLeaves() {
        return List.copyOf(partial.getFirst());
    }

    /** The root over all leaves so far. */
    public Digest root() {
        return Frontier.load(size, this::edge).root();
    }

    /** A subtree of the right edge. */
    private Digest edge(int level, long index) {
        int height = level % Tile.HEIGHT;
        return Tile.subtree(partial.get(level / Tile.HEIGHT), height, (int) (index % (TilePath.WIDTH_MAX >> height)));
    }
}
