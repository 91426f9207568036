package org.entente.node.tile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.tile.BundleAt;
import org.entente.evidence.tile.EntryBundle;
import org.entente.evidence.tile.Tile;
import org.entente.evidence.tile.TileGrowth;
import org.entente.evidence.tile.TilePath;
import org.entente.evidence.tile.TiledTree;
import org.entente.evidence.tile.TreeTiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right edge of one log's tiles, where they grow. For one thread at a time. */
final class Edge {
    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final int LEAVES_AT_ONCE = 64 * TilePath.WIDTH_MAX;
    private static final long LEAVES_BETWEEN_WORDS = 1L << 20;

    private final String origin;
    private final TileFolder files;
    private final LogTiles.Leaves leaves;

    /** Up to which size full tiles have no partial ones beside them; it only spares looking. */
    private long settled;

    Edge(String origin, TileFolder files, LogTiles.Leaves leaves) {
        this.origin = origin;
        this.files = files;
        this.leaves = leaves;
    }

    /**
     * Writes and forces what a size has and the last checkpoint did not. Nothing is remembered from one call to the next: what
     * is signed grows out of the last stored checkpoint, by the leaves that the database has.
     */
    Checkpoint cover(Optional<Checkpoint> last, long size) throws IOException {
        TileGrowth growing = resume(last);
        if (growing.size() < size) {
            grow(growing, size);
        }
        return new Checkpoint(origin, growing.size(), growing.root());
    }

    private TileGrowth resume(Optional<Checkpoint> last) throws IOException {
        if (last.isEmpty()) {
            return TileGrowth.empty();
        }
        Checkpoint checkpoint = last.get();
        try {
            return TiledTree.open(checkpoint, files).ask(tree -> TileGrowth.resume(checkpoint.size(), tree.hashes()));
        } catch (Malformed damaged) {
            LOG.warn("the newest tiles of {} are damaged: {}", origin, damaged.problem());
            return derive(checkpoint);
        }
    }

    /** Derives all tiles of a checkpoint anew, from the first leaf on. */
    TileGrowth derive(Checkpoint checkpoint) throws IOException {
        LOG.info("deriving the tiles of {} from {} leaves", origin, checkpoint.size());
        TileGrowth fresh = TileGrowth.empty();
        grow(fresh, checkpoint.size());
        if (!fresh.root().equals(checkpoint.root())) {
            throw new Contradiction(origin, checkpoint.size());
        }
        return fresh;
    }

    private void grow(TileGrowth growing, long size) throws IOException {
        long start = growing.size() - growing.size() % TilePath.WIDTH_MAX;
        while (start < size) {
            List<Digest> read = leaves.read(origin, start, Math.min(start + LEAVES_AT_ONCE, size));
            for (int from = 0; from < read.size(); from += TilePath.WIDTH_MAX) {
                List<Digest> bundle = read.subList(from, Math.min(from + TilePath.WIDTH_MAX, read.size()));
                grow(growing, (start + from) / TilePath.WIDTH_MAX, bundle);
            }
            start += read.size();
            if (start % LEAVES_BETWEEN_WORDS == 0) {
                LOG.info("tiles of {}: {} of {} leaves", origin, start, size);
            }
        }
        List<Tile> partial = new ArrayList<>();
        growing.cover(partial::add);
        write(partial);
        files.force();
    }

    /** Grows by what of a bundle is new. */
    private void grow(TileGrowth growing, long index, List<Digest> statements) throws IOException {
        List<Tile> filled = new ArrayList<>();
        int known = (int) (growing.size() - index * TilePath.WIDTH_MAX);
        List<Digest> leaves = statements.stream().map(MerkleHash::statementLeaf).toList();
        if (!leaves.subList(0, known).equals(growing.openLeaves())) {
            throw new Contradiction(origin, growing.size());
        }
        for (Digest leaf : leaves.subList(known, leaves.size())) {
            growing.append(leaf, filled::add);
        }
        EntryBundle bundle = EntryBundle.ofStatements(new BundleAt(index, statements.size()), statements);
        files.write(bundle.at(), bundle.bytes());
        write(filled);
    }

    private void write(List<Tile> tiles) throws IOException {
        for (Tile tile : tiles) {
            files.write(tile.at(), tile.bytes());
        }
    }

    /**
     * Partial files of what is full at the size of the stored checkpoint may go.
     *
     * @param covered what this was to be
     */
    void settle(Checkpoint covered, Checkpoint stored) throws IOException {
        if (stored.size() == covered.size() && !stored.equals(covered)) {
            throw new Contradiction(origin, stored.size());
        }
        if (stored.size() <= settled) {
            return;
        }
        TreeTiles shape = new TreeTiles(stored.size());
        List<TilePath> full = Stream.<TilePath>concat(shape.tilesSince(settled), shape.bundlesSince(settled))
                .filter(TilePath::full)
                .toList();
        settled = stored.size();
        for (TilePath path : full) {
            files.dropPartials(path);
        }
    }
}
