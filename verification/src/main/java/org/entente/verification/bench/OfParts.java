package org.entente.verification.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** A capability that is measured part by part. */
record OfParts(String name, String about, Parts measured) implements Benchmark {
    static OfParts matching() {
        return new OfParts(
                "matching",
                "private matching: its steps beside libsodium and BouncyCastle, whole lists, probes, growth",
                new Parts(List.of(new StepRates(), new WholeRuns(), new IndexRuns())));
    }

    static OfParts decide() {
        return new OfParts(
                "decide",
                "decisions under a memorandum of 40 clauses, their growth with the clauses, its proof, and Cedar beside them",
                new Parts(List.of(new DecisionRates(), new DecisionGrowth(), new ProofTime(), new CedarComparison())));
    }

    static OfParts proceedings() {
        return new OfParts(
                "proceedings",
                "lists of proceedings under forms, with 50,000 of them open",
                new Parts(List.of(new ProceedingLists())));
    }

    static OfParts evidence() {
        return new OfParts(
                "evidence",
                "signatures by provider, durable appends by producers, logs of a million and more entries, bundles",
                new Parts(List.of(
                        new SignatureRates(),
                        new DurableAppends(),
                        new LargeLogs(),
                        new BundleTimes(),
                        new BodyCosts())));
    }

    @Override
    public Set<String> parts() {
        return measured.names();
    }

    @Override
    public Measured measure(Extent extent, Progress progress) throws IOException, InterruptedException {
        return measured.measure(extent, progress);
    }
}
