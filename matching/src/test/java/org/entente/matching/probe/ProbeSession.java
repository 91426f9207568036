package org.entente.matching.probe;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.entente.matching.SeededRandom;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.Digest;
import org.entente.matching.index.IndexBuilder;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.IndexSeries;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.index.MatchInput;
import org.entente.matching.oprf.EpochKey;

/** Both sides of a probe in one place: a responder with its index and key, and the questions of a querier. */
final class ProbeSession {
    static final Label LABEL = new Label(3, 1, true, false, 20_500);
    static final Digest ASK = Digest.sha256(new byte[] {1, 2, 3});

    final SeededRandom random;
    final EpochKey key;
    final BuiltIndex built;
    final MatchIndex index;
    final IndexSeries series;

    ProbeSession(long seed, Collection<String> held) {
        random = new SeededRandom(seed);
        key = EpochKey.generate(random);
        List<IndexRecord> records = new ArrayList<>();
        held.forEach(value -> records.add(new IndexRecord(input(value), LABEL, "id-" + value)));
        IndexPlan plan =
                new IndexPlan(Digest.sha256(new byte[] {8}), 1, 16, 0, Comparator.comparingInt(Label::listStatus));
        built = (BuiltIndex) new IndexBuilder(key, plan, random).build(records, (done, total) -> {});
        try {
            index = MatchIndex.open(MemorySegment.ofArray(built.bytes()), 1);
            series = IndexSeries.of(index);
        } catch (DamagedIndex e) {
            throw new AssertionError(e);
        }
    }

    static MatchInput input(String value) {
        return new MatchInput("plate", 2, value);
    }

    ProbeQuery query(String... values) {
        return ProbeQuery.prepare(
                List.of(values).stream().map(ProbeSession::input).toList(), 4, random);
    }

    byte[] answer(ProbeQuery query) {
        return answer(query, key, ASK);
    }

    byte[] answer(ProbeQuery query, EpochKey with, Digest ask) {
        try {
            ProbeBatch batch = ProbeBatch.parse(query.batchBytes());
            return ((ChargedBatch) batch.charged(batch.due())).evaluate(with, ask, random);
        } catch (MalformedBatch e) {
            throw new AssertionError(e);
        }
    }

    ProbeResult finish(ProbeQuery query, byte[] answer) {
        return finish(query, answer, series);
    }

    ProbeResult finish(ProbeQuery query, byte[] answer, IndexSeries in) {
        try {
            return query.finish(answer, key.publicKey(), ASK, in);
        } catch (DamagedIndex e) {
            throw new AssertionError(e);
        }
    }
}
