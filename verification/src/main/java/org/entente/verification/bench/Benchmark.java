package org.entente.verification.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/** One capability that is measured. */
interface Benchmark {
    /** The word after {@code bench}. */
    String name();

    /** What it measures, in one line. */
    String about();

    /** What can be measured without the rest, as {@code --only} names it. */
    default Set<String> parts() {
        return Set.of();
    }

    Measured measure(Extent extent, Progress progress) throws IOException, InterruptedException;

    /** Told in a few words how far the measurement has come. */
    interface Progress {
        void at(String words);
    }

    /** What was measured: every repetition, and every bar of the capability. */
    record Measured(List<Series> raw, List<Bar> bars) {
        public Measured {
            raw = List.copyOf(raw);
            bars = List.copyOf(bars);
        }
    }
}
