package org.entente.verification.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parts of a benchmark, measured one after the other; one that is not wanted keeps its bars and says why. */
record Parts(List<Part> parts) {
    Parts {
        parts = List.copyOf(parts);
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        parts.forEach(part -> names.addAll(part.names()));
        return names;
    }

    Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) throws IOException, InterruptedException {
        List<Series> raw = new ArrayList<>();
        Map<String, Bar> bars = new LinkedHashMap<>();
        for (Part part : parts) {
            Benchmark.Measured measured = part.names().stream().anyMatch(extent::wants)
                    ? part.measure(extent, progress)
                    : new Benchmark.Measured(List.of(), part.unmeasured(Extent.LEFT_OUT));
            raw.addAll(measured.raw());
            measured.bars().forEach(bar -> bars.merge(bar.name(), bar, Parts::better));
        }
        return new Benchmark.Measured(raw, List.copyOf(bars.values()));
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
