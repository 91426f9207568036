package org.entente.verification.bench;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Part {@code whole}: two lists of one size compared with all that a node does for it, files and look-ups included, in one direction and in both. A process of its own for
 * each size.
 */
final class WholeRuns implements Part {
    static final String ONE = "one direction, processor time of both parties";
    static final String BOTH = "both directions, processor time of both parties";

    private static final Lists QUICK = new Lists(14, 1, 13);
    private static final Lists SMALL = new Lists(16, 7, 15);
    private static final Lists LARGE = new Lists(20, 3, 15);

    /** Two lists of 2^exponent identifiers, how often they are compared, and the exponent of the lists that warm up. */
    private record Lists(int exponent, int repetitions, int warmUp) {
        String name() {
            return "2^" + exponent + " x 2^" + exponent;
        }

        Series series(SeriesBook book, String name) {
            return book.of(name() + ", " + name, "s");
        }
    }

    @Override
    public Set<String> names() {
        return Set.of("whole");
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        SeriesBook book = new SeriesBook();
        if (extent.quick()) {
            progress.at("2^16 x 2^16 and 2^20 x 2^20 are left out: --quick");
            run(book, QUICK, progress);
            return measured(book, QUICK);
        }
        run(book, SMALL, progress);
        String lacking = Folders.lacking(IndexHolder.diskBytes(1L << LARGE.exponent()));
        if (!lacking.isEmpty()) {
            progress.at(LARGE.name() + " is left out: " + lacking);
            return measured(book, SMALL);
        }
        progress.at(LARGE.name() + " takes several minutes");
        run(book, LARGE, progress);
        return measured(book, LARGE);
    }

    private static void run(SeriesBook book, Lists lists, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        book.read(
                lists.name() + ", ",
                ChildProcess.run(
                        WholeRunProcess.class,
                        Party.values().length,
                        words -> progress.at(lists.name() + ": " + words),
                        1L << lists.exponent(),
                        lists.repetitions(),
                        1L << lists.warmUp()));
    }

    /** The bars from the largest lists that were compared. */
    private static Benchmark.Measured measured(SeriesBook book, Lists lists) {
        boolean scaled = lists.exponent() != LARGE.exponent();
        double times = 1L << (LARGE.exponent() - lists.exponent());
        return new Benchmark.Measured(
                book.all(),
                List.of(
                        ListBars.oneDirection(times * lists.series(book, ONE).median(), scaled),
                        ListBars.bothDirections(times * lists.series(book, BOTH).median(), scaled)));
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return ListBars.unmeasured(reason);
    }
}
