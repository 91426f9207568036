package org.entente.verification.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** {@code bench matching}: the private matching, from its single steps to whole lists. */
final class MatchingBenchmark implements Benchmark {
    private final Parts parts;

    MatchingBenchmark() {
        this(List.of(new StepRates(), new WholeRuns(), new IndexRuns()));
    }

    MatchingBenchmark(List<Part> parts) {
        this.parts = new Parts(parts);
    }

    @Override
    public String name() {
        return "matching";
    }

    @Override
    public String about() {
        return "private matching: its steps beside libsodium and BouncyCastle, whole lists, probes, growth";
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
