package org.entente.node.comparison;

import java.io.IOException;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.matching.index.BuildListener;
import org.entente.matching.index.IndexEvaluation;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.SaltKey;
import org.entente.matching.index.StreamedBuild;
import org.entente.matching.index.Workplace;
import org.entente.matching.oprf.EpochKey;

/**
 * An index while it is built on the disk. Its keys were sealed before it began, so an attempt that a kill, a full disk or a closed node
 * ended is taken up by the next one of the same context. Exactly one of {@link #keep} and {@link #abandon} ends it for good.
 */
final class IndexBuilding implements AutoCloseable {
    private final IndexShelf shelf;
    private final Digest context;
    private final EpochKey key;
    private final SaltKey saltKey;
    private final FolderWorkplace place;
    private final ThreadCrew crew;

    IndexBuilding(IndexShelf shelf, Digest context, EpochKey key, SaltKey saltKey, FolderWorkplace place) {
        this.shelf = shelf;
        this.context = context;
        this.key = key;
        this.saltKey = saltKey;
        this.place = place;
        this.crew = new ThreadCrew(Runtime.getRuntime().availableProcessors());
    }

    EpochKey key() {
        return key;
    }

    StreamedBuild stream(IndexPlan plan, BuildListener listener) {
        return new StreamedBuild(IndexEvaluation.by(key), saltKey, plan, place, crew, listener);
    }

    /** Takes a record, or says which disk is in the way. */
    static void add(StreamedBuild build, IndexRecord record) {
        try {
            build.add(record);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Puts the finished index on the shelf with its secrets; all of it is durable on return. */
    void keep(Digest root) throws IOException, Malformed {
        shelf.sealSecrets(root, key, saltKey);
        place.publish(Workplace.Part.OWN, shelf.file(root, "own"));
        place.publish(Workplace.Part.SHARED, shelf.file(root, "index"));
        abandon();
    }

    /** Forgets the attempt, its runs and its keys. */
    void abandon() throws IOException {
        place.close();
        shelf.forgetBuilding(context);
    }

    @Override
    public void close() throws IOException {
        crew.close();
        place.close();
        key.destroy();
        saltKey.destroy();
        shelf.ended(context);
    }
}
