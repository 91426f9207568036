package org.entente.evidence.tile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Frontier;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.MerkleTree;

/**
 * A log that is read from its tiles and believes none of them before it is tied to the root of a checkpoint.
 *
 * <p>How it is tied. The partial tiles of a tree hold, between them, every subtree of its right edge, and each of their
 * hashes goes into the root: opening reads them (at most six) and computes the root. Any other tile is full, and the root
 * over its 256 hashes stands in the tile above, which is believed first; the way up ends at a partial tile. So a reading
 * costs one tile and 255 hashes for each level that it goes down, and whatever answers was equal to what the log signed.
 * Russ Cox described this for the Go checksum database (Transparent Logs for Skeptical Clients, 2019).
 *
 * <p>Immutable, and as fit for several threads as its source is. The checkpoint MUST have been verified by whoever opens
 * the tree.
 */
public final class TiledTree {
    private final Checkpoint checkpoint;
    private final TreeTiles shape;
    private final TileSource source;
    private final Map<TileAt, Tile> edge;

    private TiledTree(Checkpoint checkpoint, TreeTiles shape, TileSource source, Map<TileAt, Tile> edge) {
        this.checkpoint = checkpoint;
        this.shape = shape;
        this.source = source;
        this.edge = Map.copyOf(edge);
    }

    /**
     * Reads the right edge of the tree and requires it to have the checkpoint's root.
     *
     * @throws Malformed with {@code tile.log-too-large} beyond {@link TilePath#SIZE_MAX}, {@code tile.missing},
     *     {@code tile.length}, or {@code tile.root-other}: some tile at the right edge is false
     */
    public static TiledTree open(Checkpoint checkpoint, TileSource source) throws Malformed {
        if (checkpoint.size() > TilePath.SIZE_MAX) {
            throw new Malformed("tile.log-too-large", Long.toString(TilePath.SIZE_MAX));
        }
        TreeTiles shape = new TreeTiles(checkpoint.size());
        Map<TileAt, Tile> edge = new HashMap<>();
        for (TileAt at : shape.partialTiles().toList()) {
            edge.put(at, source.tile(at));
        }
        TiledTree tree = new TiledTree(checkpoint, shape, source, edge);
        if (!tree.frontier().root().equals(checkpoint.root())) {
            throw new Malformed("tile.root-other", Long.toString(checkpoint.size()));
        }
        return tree;
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The right edge of the tree, on which it can grow. */
    public Frontier frontier() throws Malformed {
        return ask(tree -> Frontier.load(checkpoint.size(), tree.hashes()));
    }

    /** The root that this log had at a size up to its own. */
    public Digest root(long size) throws Malformed {
        requireWithin(size);
        return ask(tree -> tree.root(size));
    }

    /** Says whether this log begins with the tree of an earlier checkpoint; nobody's proof is needed. */
    public boolean beginsWith(Checkpoint earlier) throws Malformed {
        return earlier.size() <= checkpoint.size() && root(earlier.size()).equals(earlier.root());
    }

    /** The proof that the leaf at an index is in the tree of the checkpoint. */
    public InclusionProof inclusion(long index) throws Malformed {
        return ask(tree -> tree.inclusion(index, checkpoint.size()));
    }

    /** The proof that the tree of the checkpoint begins with that of a smaller size, 0 excluded. */
    public List<Digest> consistency(long earlier) throws Malformed {
        return ask(tree -> tree.consistency(earlier, checkpoint.size()));
    }

    /**
     * Asks anything of the Merkle tree, whose hashes are read and believed as they are needed. The tree MUST NOT be used
     * after the answer. Reading from left to right costs no tile twice.
     *
     * @throws Malformed with {@code tile.missing}, {@code tile.length}, or {@code tile.hash-other} for a full tile that the
     *     tile above does not confirm
     */
    public <T> T ask(Function<MerkleTree, T> question) throws Malformed {
        Reading reading = new Reading();
        try {
            return question.apply(new MerkleTree(reading::hash));
        } catch (Refused refused) {
            throw refused.problem;
        }
    }

    /** A tile that is believed; the tree MUST have it. */
    public Tile tile(TileAt at) throws Malformed {
        if (!shape.holding(at.level(), at.index() * TilePath.WIDTH_MAX).equals(at)) {
            throw new IllegalArgumentException("no " + at + " in a log of " + checkpoint.size());
        }
        return new Reading().tile(at);
    }

    /**
     * A bundle whose entries are believed; the log MUST have it.
     *
     * @throws Malformed as {@link #ask} does, as {@link TileSource#bundle} does, or with {@code tile.entry-other}
     */
    public EntryBundle bundle(BundleAt at) throws Malformed {
        Tile leaves = tile(at.leaves());
        EntryBundle bundle = source.bundle(at);
        Tile computed = bundle.leaves();
        for (int place = 0; place < at.width(); place++) {
            if (!computed.hashes().get(place).equals(leaves.hashes().get(place))) {
                throw new Malformed("tile.entry-other", at.path(), Integer.toString(place));
            }
        }
        return bundle;
    }

    /** The entry at an index, believed. */
    public byte[] entry(long index) throws Malformed {
        return bundle(shape.bundleHolding(index)).entry((int) (index % TilePath.WIDTH_MAX));
    }

    private void requireWithin(long size) {
        if (size > checkpoint.size()) {
            throw new IllegalArgumentException("a log of " + checkpoint.size() + " has not yet " + size);
        }
    }

    /** One question's way through the tiles: of each level it keeps the last full tile that it believed. */
    private final class Reading {
        private final Map<Integer, Tile> last = new HashMap<>();

        Digest hash(int level, long index) {
            int height = level % Tile.HEIGHT;
            TileAt at = shape.holding(level / Tile.HEIGHT, index << height);
            int place = (int) (index % (TilePath.WIDTH_MAX >> height));
            if (at.width() < (place + 1) << height) {
                throw new IllegalArgumentException("an incomplete subtree at " + level + ", " + index);
            }
            try {
                return tile(at).subtree(height, place);
            } catch (Malformed problem) {
                throw new Refused(problem);
            }
        }

        Tile tile(TileAt at) throws Malformed {
            Tile known = at.full() ? last.get(at.level()) : edge.get(at);
            if (known != null && known.at().equals(at)) {
                return known;
            }
            TileAt above = shape.holding(at.level() + 1, at.index());
            Digest expected = tile(above).hashes().get((int) (at.index() % TilePath.WIDTH_MAX));
            Tile read = source.tile(at);
            if (!read.root().equals(expected)) {
                throw new Malformed("tile.hash-other", at.path());
            }
            last.put(at.level(), read);
            return read;
        }
    }

    /** Carries a refusal through the tree, whose reader has no checked exception. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Malformed problem;

        Refused(Malformed problem) {
            super(problem);
            this.problem = problem;
        }
    }
}
