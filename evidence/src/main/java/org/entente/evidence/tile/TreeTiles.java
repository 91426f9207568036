package org.entente.evidence.tile;

import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Which files a log of a given size consists of. At level l there are {@code size / 256^(l+1)} full tiles and, when
 * {@code size / 256^l} is not a multiple of 256, a partial one.
 *
 * @param size how many entries, 0 to {@value TilePath#SIZE_MAX}
 */
public record TreeTiles(long size) {
    public TreeTiles {
        if (size < 0 || size > TilePath.SIZE_MAX) {
            throw new IllegalArgumentException("no log of " + size);
        }
    }

    /** All tiles, level by level, from left to right. */
    public Stream<TileAt> tiles() {
        return tilesSince(0);
    }

    /** All entry bundles, from left to right. */
    public Stream<BundleAt> bundles() {
        return bundlesSince(0);
    }

    /** The tiles that this log has and that it did not have at a smaller size: what its growth MUST write. */
    public Stream<TileAt> tilesSince(long before) {
        TreeTiles earlier = earlier(before);
        return IntStream.rangeClosed(0, TilePath.LEVEL_MAX)
                .mapToObj(level -> since(earlier, level, index -> new TileAt(level, index, widthOf(level, index))))
                .reduce(Stream.empty(), Stream::concat);
    }

    /** The bundles that this log has and that it did not have at a smaller size. */
    public Stream<BundleAt> bundlesSince(long before) {
        return since(earlier(before), 0, index -> new BundleAt(index, widthOf(0, index)));
    }

    /**
     * The tile of this log in which a hash stands.
     *
     * @param level the level of the tile
     * @param number which hash of that level, counted over all its tiles; the log MUST have it
     */
    public TileAt holding(int level, long number) {
        if (number < 0 || number >= hashes(level)) {
            throw new IllegalArgumentException("a log of " + size + " has no hash " + number + " at level " + level);
        }
        long index = number / TilePath.WIDTH_MAX;
        return new TileAt(level, index, widthOf(level, index));
    }

    /** The bundle of this log in which an entry stands; the log MUST have it. */
    public BundleAt bundleHolding(long entry) {
        TileAt leaves = holding(0, entry);
        return new BundleAt(leaves.index(), leaves.width());
    }

    /** The partial tiles: the right edge of the tree, to which all its full tiles lead up. */
    Stream<TileAt> partialTiles() {
        return IntStream.rangeClosed(0, TilePath.LEVEL_MAX)
                .filter(level -> partialWidth(level) > 0)
                .mapToObj(level -> new TileAt(level, full(level), partialWidth(level)));
    }

    private <T> Stream<T> since(TreeTiles earlier, int level, LongFunction<T> at) {
        boolean same = earlier.hashes(level) == hashes(level);
        long end = full(level) + (partialWidth(level) > 0 ? 1 : 0);
        return same
                ? Stream.empty()
                : LongStream.range(earlier.full(level), end).mapToObj(at);
    }

    private TreeTiles earlier(long before) {
        if (before > size) {
            throw new IllegalArgumentException("a log does not shrink from " + before + " to " + size);
        }
        return new TreeTiles(before);
    }

    private int widthOf(int level, long index) {
        return index < full(level) ? TilePath.WIDTH_MAX : partialWidth(level);
    }

    private long full(int level) {
        return hashes(level) / TilePath.WIDTH_MAX;
    }

    private int partialWidth(int level) {
        return (int) (hashes(level) % TilePath.WIDTH_MAX);
    }

    private long hashes(int level) {
        return size >>> (Tile.HEIGHT * level);
    }
}
