package org.entente.verification.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code bench decide}: decisions under a large memorandum, how they grow with its clauses, how long its proof takes, and Cedar beside them. */
final class DecideBenchmark implements Benchmark {
    private final Parts parts =
            new Parts(List.of(new DecisionRates(), new DecisionGrowth(), new ProofTime(), new CedarComparison()));

    @Override
    public String name() {
        return "decide";
    }

    @Override
    public String about() {
        return "decisions under a memorandum of 40 clauses, their growth with the clauses, its proof, and Cedar beside them";
    }

    @Override
    public Set<String> parts() {
        return parts.names();
    }

    @Override
    public Measured measure(Extent extent, Progress progress) throws IOException, InterruptedException {
        return parts.measure(extent, progress);
    }
}
