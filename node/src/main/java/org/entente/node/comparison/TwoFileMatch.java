package org.entente.node.comparison;

import java.lang.foreign.MemorySegment;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.load.LabelledIdentifiers;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.Digest;
import org.entente.matching.index.IndexBuild;
import org.entente.matching.index.IndexBuilder;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.IndexRefusal;
import org.entente.matching.index.IndexSeries;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.index.MatchInput;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.probe.ChargeCheck;
import org.entente.matching.probe.ChargedBatch;
import org.entente.matching.probe.MalformedBatch;
import org.entente.matching.probe.ProbeBatch;
import org.entente.matching.probe.ProbeFinding;
import org.entente.matching.probe.ProbeQuery;
import org.entente.matching.probe.ProbeResult;

/**
 * Both sides of the protocol in one process, over two lists: the second list's side builds an index, the first one's
 * probes it. Nothing is taken from one side to the other but the bytes of index, batches and answers.
 */
public final class TwoFileMatch {
    private static final int BATCH_ELEMENTS = 16_384;
    private static final int PADDING_STEP = 64;
    private static final Label NO_LABEL = new Label(0, 0, false, false, 0);

    private final IdentifierType type;
    private final SecureRandom random;
    private final Progress progress;

    /** Told how far the work has come. */
    public interface Progress {
        void at(String stage, long done, long total);
    }

    public TwoFileMatch(IdentifierType type, SecureRandom random, Progress progress) {
        this.type = type;
        this.random = random;
        this.progress = progress;
    }

    /**
     * What the match found, and the sizes that each side had to show.
     *
     * @param common normal forms that stand in both lists
     * @param indexEntries entries of the index as the first side sees it, padding included
     * @param probedElements elements of all batches as the second side sees them, padding included
     */
    public record Outcome(SortedSet<String> common, long indexEntries, long probedElements, long bytes) {}

    public Outcome match(LabelledIdentifiers ours, LabelledIdentifiers theirs) {
        EpochKey key = EpochKey.generate(random);
        byte[] index = build(key, theirs);
        IndexSeries opened = open(index);
        SortedSet<String> common = new TreeSet<>();
        List<MatchInput> inputs = inputs(ours);
        long probed = 0;
        long bytes = index.length;
        for (int from = 0; from < inputs.size(); from += BATCH_ELEMENTS) {
            List<MatchInput> part = inputs.subList(from, Math.min(inputs.size(), from + BATCH_ELEMENTS));
            ProbeQuery query = ProbeQuery.prepare(part, PADDING_STEP, random);
            Digest ask = query.commitmentRoot();
            byte[] answer = answer(key, query.batchBytes(), ask);
            probed += Math.ceilDiv(part.size(), PADDING_STEP) * (long) PADDING_STEP;
            bytes += query.batchBytes().length + answer.length;
            collect(finish(query, answer, ask, opened), common);
            query.destroy();
            progress.at("probe", from + part.size(), inputs.size());
        }
        key.destroy();
        return new Outcome(common, opened.generation(0).entries(), probed, bytes);
    }

    private byte[] build(EpochKey key, LabelledIdentifiers theirs) {
        List<IndexRecord> records = new ArrayList<>();
        for (MatchInput input : inputs(theirs)) {
            records.add(new IndexRecord(input, NO_LABEL, input.value()));
        }
        Digest announcement = Digest.of(new byte[Digest.BYTES]);
        IndexPlan plan = new IndexPlan(announcement, 0, PADDING_STEP, 0, Comparator.comparingLong(Label::encode));
        IndexBuild built =
                new IndexBuilder(key, plan, random).build(records, (done, total) -> progress.at("index", done, total));
        return switch (built) {
            case BuiltIndex index -> index.bytes();
            case IndexRefusal refusal -> throw new IllegalStateException("a list without repetitions was refused");
        };
    }

    private byte[] answer(EpochKey key, byte[] batchBytes, Digest ask) {
        try {
            ProbeBatch batch = ProbeBatch.parse(batchBytes);
            return switch (batch.charged(batch.due())) {
                case ChargedBatch charged -> charged.evaluate(key, ask, random);
                case ChargeCheck.Uncharged refused -> throw new IllegalStateException("a batch was charged as due");
            };
        } catch (MalformedBatch e) {
            throw new IllegalStateException("our own batch does not read", e);
        }
    }

    private List<MatchInput> inputs(LabelledIdentifiers list) {
        return list.labels().keySet().stream()
                .map(value -> new MatchInput(type.word(), type.version(), value))
                .toList();
    }

    private static ProbeResult finish(ProbeQuery query, byte[] answer, Digest ask, IndexSeries index) {
        try {
            return query.finish(answer, index.generation(0).publicKey(), ask, index);
        } catch (DamagedIndex e) {
            throw new IllegalStateException("our own index is damaged", e);
        }
    }

    private static IndexSeries open(byte[] index) {
        try {
            return IndexSeries.of(MatchIndex.open(MemorySegment.ofArray(index), 0));
        } catch (DamagedIndex e) {
            throw new IllegalStateException("our own index does not open", e);
        }
    }

    private static void collect(ProbeResult result, SortedSet<String> common) {
        switch (result) {
            case ProbeResult.Found found -> {
                for (ProbeFinding finding : found.findings()) {
                    if (finding instanceof ProbeFinding.Hit hit) {
                        common.add(hit.input().value());
                    }
                }
            }
            case ProbeResult.AnswerRefused refused ->
                throw new IllegalStateException("our own answer was refused: " + refused.reason());
        }
    }
}
