package org.entente.node.tile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.tile.TileSource;
import org.entente.evidence.tile.TiledTree;
import org.entente.node.home.NotForced;
import org.entente.node.home.Stoppage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tiles of all logs of this node. They are written and forced before the checkpoint that covers them is stored, and what
 * lies here beyond the last stored checkpoint is written again; so no crash leaves anything that is believed and false. Tiles
 * that are gone or damaged are derived anew from the leaves, and held against the checkpoint.
 */
public final class LogTiles {
    private static final Logger LOG = LoggerFactory.getLogger(LogTiles.class);

    private final Path folder;
    private final Leaves leaves;
    private final Stoppage stoppage;
    private final Map<String, Edge> edges = new ConcurrentHashMap<>();

    public LogTiles(Path folder, Leaves leaves, Stoppage stoppage) {
        this.folder = folder;
        this.leaves = leaves;
        this.stoppage = stoppage;
    }

    /** The committed leaves of the logs. */
    @FunctionalInterface
    public interface Leaves {
        /** The statements of a log in their order, from one place to before another; all of them MUST be committed. */
        List<Digest> read(String origin, long from, long end);
    }

    /** Asks something of a log's tree. */
    @FunctionalInterface
    public interface Question<T> {
        T ask(TiledTree tree) throws Malformed;
    }

    private interface Writing<T> {
        T on(Edge edge) throws IOException;
    }

    /**
     * Writes and forces the tiles up to a size.
     *
     * @param last the last stored checkpoint, from which on they are written
     * @return what is covered then: that size, or the last checkpoint's when that is larger
     */
    public Checkpoint cover(String origin, Optional<Checkpoint> last, long size) {
        return write(origin, edge -> edge.cover(last, size));
    }

    /** What was covered is stored, or something larger: the partial tiles of what is full may go. */
    public void settle(Checkpoint covered, Checkpoint stored) {
        write(stored.origin(), edge -> {
            edge.settle(covered, stored);
            return stored;
        });
    }

    /** Asks something of the tree of a stored checkpoint; when tiles are damaged, once more after deriving them anew. */
    public <T> T ask(Checkpoint checkpoint, Question<T> question) {
        TileSource files = files(checkpoint.origin());
        try {
            return question.ask(TiledTree.open(checkpoint, files));
        } catch (Malformed damaged) {
            LOG.warn("tiles of {} are damaged: {}", checkpoint.origin(), damaged.problem());
        }
        return write(checkpoint.origin(), edge -> {
            try {
                // Whoever waited for another who found the same damage finds it mended.
                return question.ask(TiledTree.open(checkpoint, files));
            } catch (Malformed damaged) {
                edge.derive(checkpoint);
            }
            try {
                return question.ask(TiledTree.open(checkpoint, files));
            } catch (Malformed still) {
                throw new IllegalStateException("tiles that were derived a moment ago do not read", still);
            }
        });
    }

    /** Whether there are entries beyond that size among the files of a log. */
    public boolean reachBeyond(String origin, long size) {
        return new TileFolder(folder.resolve(origin)).reachesBeyond(size);
    }

    /** The files of a log as they lie here; none is believed. */
    public TileSource files(String origin) {
        return files(folder, origin);
    }

    /** The files of a log below the folder of all logs. */
    public static TileSource files(Path folder, String origin) {
        return new TileFolder(folder.resolve(origin));
    }

    /** A failed force and a contradiction end the node; any other failure is the caller's, who may try again. */
    private <T> T write(String origin, Writing<T> writing) {
        stoppage.problem().ifPresent(problem -> {
            throw new IllegalStateException("the node has stopped: " + problem);
        });
        Edge edge = edges.computeIfAbsent(origin, name -> new Edge(name, new TileFolder(folder.resolve(name)), leaves));
        synchronized (edge) {
            try {
                return writing.on(edge);
            } catch (NotForced lost) {
                stoppage.because(
                        Problem.of("node.not-forced", folder.resolve(origin).toString()), lost);
                throw new UncheckedIOException(lost);
            } catch (Contradiction changed) {
                stoppage.because(Problem.of("node.log-contradicted", origin), changed);
                throw changed;
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
