package org.entente.evidence.tile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.log.Checkpoint;

/**
 * Derives every tile of a log anew, each level from the one below, and finds the first that differs from the stored one.
 * Leaves are gone through from left to right; a tile is compared as soon as its last hash is known, the partial ones at the
 * end, the root last. Everything is read once or twice, in the memory of a few tiles, whatever the size.
 */
public final class TileCheck {
    private final Checkpoint checkpoint;
    private final TileSource stored;
    private final Leaves leaves;
    private final TileGrowth growth = TileGrowth.empty();
    private final List<Tile> derived = new ArrayList<>();
    private long tiles;

    private TileCheck(Checkpoint checkpoint, TileSource stored, Leaves leaves) {
        this.checkpoint = checkpoint;
        this.stored = stored;
        this.leaves = leaves;
    }

    /** What a check finds. */
    public sealed interface Finding permits Sound, Fault {}

    /** Every tile and the root are what the leaves give. */
    public record Sound(long tiles) implements Finding {}

    /** The first thing that is wrong; what comes after it was not looked at. */
    public sealed interface Fault extends Finding permits Unreadable, Differs, RootDiffers {
        /** The same for people. */
        Problem problem();
    }

    /** A file is missing or has not the form of its kind. */
    public record Unreadable(Problem problem) implements Fault {}

    /** A hash of a tile is not what the level below gives: at level 0 the leaf, above it the tile of this number. */
    public record Differs(TileAt at, int place) implements Fault {
        @Override
        public Problem problem() {
            return Problem.of("tile.differs", at.path(), Integer.toString(place));
        }
    }

    /** Tiles and leaves agree with each other, and not with the checkpoint. */
    public record RootDiffers(long size, Digest computed) implements Fault {
        @Override
        public Problem problem() {
            return Problem.of("tile.root-differs", Long.toString(size), computed.hex());
        }
    }

    /** Where the leaf hashes come from that the tiles are held against. */
    private interface Leaves {
        Tile leaves(BundleAt at) throws Malformed;
    }

    /** Holds the tiles against leaf hashes that are known from elsewhere, for example from the statements themselves. */
    public static Finding againstLeaves(Checkpoint checkpoint, TileSource stored, LongFunction<Digest> leafHash) {
        return new TileCheck(checkpoint, stored, at -> known(at.leaves(), leafHash)).run();
    }

    /** Holds the tiles against the entry bundles. */
    public static Finding againstEntries(Checkpoint checkpoint, TileSource stored) {
        return new TileCheck(checkpoint, stored, at -> stored.bundle(at).leaves()).run();
    }

    /** Holds the tiles against each other, where a log publishes no entries. */
    public static Finding againstEachOther(Checkpoint checkpoint, TileSource stored) {
        return new TileCheck(checkpoint, stored, at -> stored.tile(at.leaves())).run();
    }

    private static Tile known(TileAt at, LongFunction<Digest> leafHash) {
        long from = at.index() * TilePath.WIDTH_MAX;
        return new Tile(
                at, LongStream.range(from, from + at.width()).mapToObj(leafHash).toList());
    }

    private Finding run() {
        try {
            return checkpoint.size() > TilePath.SIZE_MAX
                    ? new Unreadable(Problem.of("tile.log-too-large", Long.toString(TilePath.SIZE_MAX)))
                    : compared();
        } catch (Malformed refused) {
            return new Unreadable(refused.problem());
        }
    }

    private Finding compared() throws Malformed {
        Iterator<BundleAt> bundles = new TreeTiles(checkpoint.size()).bundles().iterator();
        while (bundles.hasNext()) {
            for (Digest leaf : leaves.leaves(bundles.next()).hashes()) {
                growth.append(leaf, derived::add);
            }
            if (!bundles.hasNext()) {
                growth.cover(derived::add);
            }
            for (Tile tile : derived) {
                Tile read = stored.tile(tile.at());
                for (int place = 0; place < tile.at().width(); place++) {
                    if (!read.hashes().get(place).equals(tile.hashes().get(place))) {
                        return new Differs(tile.at(), place);
                    }
                }
                tiles++;
            }
            derived.clear();
        }
        Digest computed = growth.root();
        return computed.equals(checkpoint.root()) ? new Sound(tiles) : new RootDiffers(checkpoint.size(), computed);
    }
}
