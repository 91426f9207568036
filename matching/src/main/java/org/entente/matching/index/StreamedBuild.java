package org.entente.matching.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Builds the index of an epoch from records that come one after another, in bounded memory, by as many threads as the crew has.
 *
 * <p>Records are gathered into stretches of 65,536. Each is evaluated with the key, sorted, and kept as a {@link Run} before the next but few
 * is begun; so memory holds some stretches, whatever the length of the list, and after a kill only those are lost. Nothing else is
 * written down about progress: a later attempt streams its records again, and where a kept run was made of the very same records, by
 * a digest under the salt key, it is taken as it is. What may be indexed is thus decided anew by every attempt.
 * The records therefore SHOULD come in an order that stays the same. {@link IndexAssembly} does the rest.
 *
 * <p>An {@link IOException} (a full disk, say) ends the build and leaves the kept runs; nothing of the drafts can be served, because
 * a draft has no name yet and its header is written last.
 */
public final class StreamedBuild {
    /** How a build ended. */
    public sealed interface Outcome permits Finished, IndexRefusal {}

    /**
     * Both drafts are complete.
     *
     * @param entries dummies included
     * @param identifiers distinct identifiers; it is not in the shared file, so that the padded size is not undone
     */
    public record Finished(Digest root, long entries, long identifiers) implements Outcome {}

    private final IndexEvaluation evaluation;
    private final SaltKey saltKey;
    private final IndexPlan plan;
    private final IndexAssembly.Site site;
    private final int stretchRecords;
    private final List<Optional<Run>> runs = new ArrayList<>();
    private final AtomicLong evaluated = new AtomicLong();
    private List<IndexRecord> stretch = new ArrayList<>();

    /**
     * Begins a build, or goes on with one whose runs lie in the place. Evaluation and salt key MUST be those of the earlier attempt, and be
     * durable before this is called.
     */
    public StreamedBuild(
            IndexEvaluation evaluation,
            SaltKey saltKey,
            IndexPlan plan,
            Workplace place,
            Crew crew,
            BuildListener listener) {
        this(evaluation, saltKey, plan, new IndexAssembly.Site(place, crew, listener), Run.RECORDS);
    }

    StreamedBuild(
            IndexEvaluation evaluation, SaltKey saltKey, IndexPlan plan, IndexAssembly.Site site, int stretchRecords) {
        this.evaluation = evaluation;
        this.saltKey = saltKey;
        this.plan = plan;
        this.site = site;
        this.stretchRecords = stretchRecords;
    }

    /** Takes a record; may wait for the crew. */
    public void add(IndexRecord record) throws IOException {
        stretch.add(record);
        if (stretch.size() == stretchRecords) {
            handOver();
        }
    }

    private void handOver() throws IOException {
        List<IndexRecord> records = stretch;
        stretch = new ArrayList<>();
        int ordinal;
        synchronized (runs) {
            ordinal = runs.size();
            runs.add(Optional.empty());
        }
        site.crew().take(() -> {
            Run run = run(records, ordinal);
            synchronized (runs) {
                runs.set(ordinal, Optional.of(run));
            }
            site.listener().at(BuildListener.Stage.EVALUATE, evaluated.addAndGet(records.size()), 0);
        });
    }

    private Run run(List<IndexRecord> records, int ordinal) throws IOException {
        byte[] digest = Run.recordsDigest(saltKey.salter(), records);
        Optional<StoredBytes> earlier = site.place().run(ordinal);
        if (earlier.isPresent()) {
            Optional<Run> same = Run.reuse(earlier.get(), digest, ordinal);
            if (same.isPresent()) {
                return same.get();
            }
        }
        return Run.kept(site.place().keepRun(ordinal, Run.make(evaluation, records, digest, ordinal)));
    }

    /** Ends the input and writes both drafts of the workplace. */
    public Outcome finish() throws IOException {
        return finish(IndexAssembly.Removals.NONE);
    }

    Outcome finish(IndexAssembly.Removals removals) throws IOException {
        if (!stretch.isEmpty()) {
            handOver();
        }
        site.crew().settle();
        List<Run> complete = runs.stream().map(Optional::orElseThrow).toList();
        try {
            return new IndexAssembly(plan, evaluation.publicKey(), saltKey, complete, removals, site).assemble();
        } catch (Slice.TooManyRecords refused) {
            return new IndexRefusal.TooManyRecords(Slice.RECORDS_PER_IDENTIFIER_MAX);
        }
    }
}
