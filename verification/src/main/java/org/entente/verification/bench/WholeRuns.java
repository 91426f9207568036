package org.entente.verification.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Part {@code whole}: two lists of one size compared with all that a node does for it, files and look-ups included, in one direction and in both. A process of its own for
 * each size.
 */
final class WholeRuns implements MatchingBenchmark.Part {
    static final String ONE = "one direction, processor time of both parties";
    static final String BOTH = "both directions, processor time of both parties";

    private static final int WARM_UP = 1 << 15;
    private static final int SMALL = 1 << 16;
    private static final int LARGE = 1 << 20;
    private static final int REPETITIONS = 7;
    private static final int REPETITIONS_LARGE = 3;

    @Override
    public Set<String> names() {
        return Set.of("whole");
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        SeriesBook book = new SeriesBook();
        String lacking = Folders.lacking(IndexHolder.diskBytes(LARGE));
        if (extent.quick() || !lacking.isEmpty()) {
            run(book, SMALL, extent.quick() ? 1 : REPETITIONS, progress);
            double times = (double) LARGE / SMALL;
            progress.at("2^20 x 2^20 is left out: " + (extent.quick() ? "--quick" : lacking));
            return measured(book, "2^16 x 2^16, ", times);
        }
        run(book, SMALL, REPETITIONS, progress);
        progress.at("2^20 x 2^20 takes several minutes");
        run(book, LARGE, REPETITIONS_LARGE, progress);
        return measured(book, "2^20 x 2^20, ", 1);
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return ListBars.unmeasured(reason);
    }

    private static void run(SeriesBook book, int size, int repetitions, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        String name = "2^" + Integer.numberOfTrailingZeros(size) + " x 2^" + Integer.numberOfTrailingZeros(size);
        book.read(
                name + ", ",
                ChildProcess.run(
                        WholeRunProcess.class, words -> progress.at(name + ": " + words), size, repetitions, WARM_UP));
    }

    private static Benchmark.Measured measured(SeriesBook book, String size, double times) {
        return new Benchmark.Measured(
                book.all(),
                List.of(
                        ListBars.oneDirection(times * book.of(size + ONE, "s").median(), times != 1),
                        ListBars.bothDirections(
                                times * book.of(size + BOTH, "s").median(), times != 1)));
    }
}
