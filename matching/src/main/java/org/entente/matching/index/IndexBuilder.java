package org.entente.matching.index;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import org.entente.matching.oprf.EpochKey;

/** Builds an index in memory, by the one thread that asks: for lists that fit, and comparisons that keep nothing. */
public final class IndexBuilder {
    private final IndexEvaluation evaluation;
    private final IndexPlan plan;
    private final SecureRandom random;

    public IndexBuilder(EpochKey key, IndexPlan plan, SecureRandom random) {
        this(IndexEvaluation.by(key), plan, random);
    }

    public IndexBuilder(IndexEvaluation evaluation, IndexPlan plan, SecureRandom random) {
        this.evaluation = evaluation;
        this.plan = plan;
        this.random = random;
    }

    public IndexBuild build(List<IndexRecord> records, IndexBuild.Progress progress) {
        return build(records, IndexAssembly.Removals.NONE, progress);
    }

    IndexBuild build(List<IndexRecord> records, IndexAssembly.Removals removals, IndexBuild.Progress progress) {
        MemoryWorkplace place = new MemoryWorkplace();
        SaltKey saltKey = SaltKey.generate(random);
        StreamedBuild build = new StreamedBuild(evaluation, saltKey, plan, place, Crew.ALONE, (stage, done, total) -> {
            if (stage == BuildListener.Stage.EVALUATE) {
                progress.evaluated(done, records.size());
            }
        });
        try {
            for (IndexRecord record : records) {
                build.add(record);
            }
            return switch (build.finish(removals)) {
                case StreamedBuild.Finished facts ->
                    new BuiltIndex(
                            place.written(Workplace.Part.SHARED), place.written(Workplace.Part.OWN), saltKey, facts);
                case IndexRefusal refusal -> refusal;
            };
        } catch (IOException e) {
            throw new IllegalStateException("memory is no disk that fails", e);
        }
    }
}
