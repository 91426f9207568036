package org.entente.verification.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** {@code bench matching}: the private matching, from its single steps to whole lists. */
final class MatchingBenchmark implements Benchmark {
    private final List<Part> parts;

    MatchingBenchmark() {
        this(List.of(new StepRates(), new WholeRuns(), new IndexRuns()));
    }

    MatchingBenchmark(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** What can be measured without the others. */
    interface Part {
        /** The words after {@code --only} that want it. */
        Set<String> names();

        Measured measure(Extent extent, Progress progress) throws IOException, InterruptedException;

        /** Its bars, when it is not measured. */
        List<Bar> unmeasured(String reason);
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
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> names.addAll(part.names()));
        return names;
    }

    @Override
    public Measured measure(Extent extent, Progress progress) throws IOException, InterruptedException {
        List<Series> raw = new ArrayList<>();
        Map<String, Bar> bars = new LinkedHashMap<>();
        for (Part part : parts) {
            Measured measured = part.names().stream().anyMatch(extent::wants)
                    ? part.measure(extent, progress)
                    : new Measured(List.of(), part.unmeasured(Extent.LEFT_OUT));
            raw.addAll(measured.raw());
            measured.bars().forEach(bar -> bars.merge(bar.name(), bar, MatchingBenchmark::better));
        }
        return new Measured(raw, List.copyOf(bars.values()));
    }

    /** Two parts may know of one bar: what was measured whole counts before what was scaled. */
    private static Bar better(Bar one, Bar other) {
        return weight(one) >= weight(other) ? one : other;
    }

    private static int weight(Bar bar) {
        if (bar.value().isEmpty()) {
            return 0;
        }
        return bar.scaled() ? 1 : 2;
    }
}
