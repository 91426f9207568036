package org.entente.verification.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Parts {@code growth} and {@code probe}: indices of 10^5, 10^6 and 10^7 identifiers, built as a node builds them, and probes of a thousand against the two larger ones. A
 * process of its own for each size; what is wanted of one size is measured on one index.
 */
final class IndexRuns implements Part {
    static final String BUILT = "index built, by the clock";
    static final String RESIDENT = "index built, peak memory until then";

    private static final String GROWTH = "growth";
    private static final String PROBE = "probe";
    private static final int WARM_UP = 1 << 15;
    private static final int REPETITIONS = 7;
    private static final int PROBES = 25;
    private static final int PROBES_QUICK = 9;
    private static final int LARGEST = 7;
    private static final String GROWTH_BAR = "growth-10-7";
    private static final String RESIDENT_BAR = "index-resident-10-7";
    private static final Bar.Goal GROWTH_GOAL = new Bar.Goal(1.15, "x", Bar.Better.LOWER);
    private static final Bar.Goal RESIDENT_GOAL = new Bar.Goal(1024, "MiB", Bar.Better.LOWER);

    /** A size, and what is done with an index of it. */
    private record Size(int exponent, int repetitions, int probes) {
        String name() {
            return "10^" + exponent;
        }

        int identifiers() {
            return (int) Math.pow(10, exponent);
        }
    }

    @Override
    public Set<String> names() {
        return Set.of(GROWTH, PROBE);
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        SeriesBook book = new SeriesBook();
        List<Size> done = new ArrayList<>();
        if (extent.quick()) {
            progress.at("growth is left out, and probes are of 10^5 in place of 10^6 and 10^7: --quick");
        }
        for (Size size : sizes(extent)) {
            String lacking = Folders.lacking(IndexHolder.diskBytes(size.identifiers()));
            if (lacking.isEmpty()) {
                run(book, size, progress);
                done.add(size);
            } else {
                progress.at(size.name() + " is left out: " + lacking);
            }
        }
        return new Benchmark.Measured(book.all(), bars(extent, book, done));
    }

    private static List<Size> sizes(Extent extent) {
        int probes = extent.wants(PROBE) ? PROBES : 0;
        if (extent.quick()) {
            return probes == 0 ? List.of() : List.of(new Size(5, 1, PROBES_QUICK));
        }
        List<Size> sizes = new ArrayList<>();
        if (extent.wants(GROWTH)) {
            sizes.add(new Size(5, REPETITIONS, 0));
        }
        sizes.add(new Size(6, extent.wants(GROWTH) ? REPETITIONS : 1, probes));
        sizes.add(new Size(LARGEST, 1, probes));
        return sizes;
    }

    private static void run(SeriesBook book, Size size, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        book.read(
                size.name() + ", ",
                ChildProcess.run(
                        IndexProcess.class,
                        1,
                        words -> progress.at(size.name() + ": " + words),
                        size.identifiers(),
                        size.repetitions(),
                        size.probes(),
                        WARM_UP));
    }

    private List<Bar> bars(Extent extent, SeriesBook book, List<Size> done) {
        if (!extent.wants(GROWTH)) {
            return unmeasured(Extent.LEFT_OUT);
        }
        return extent.quick() ? unmeasured("left out by --quick") : bars(book, done);
    }

    /** Of the two largest sizes that were built; scaled when the largest of all was not. */
    private List<Bar> bars(SeriesBook book, List<Size> done) {
        if (done.size() < 2) {
            return unmeasured("the disk has no room");
        }
        Size largest = done.getLast();
        Size before = done.get(done.size() - 2);
        boolean scaled = largest.exponent() != LARGEST;
        double growth = book.of(largest.name() + ", " + BUILT, "s").median()
                / (10 * book.of(before.name() + ", " + BUILT, "s").median());
        Series resident = book.of(largest.name() + ", " + RESIDENT, "MiB");
        return List.of(
                Bar.measured(GROWTH_BAR, growth, GROWTH_GOAL, scaled),
                resident.isEmpty()
                        ? Bar.unmeasured(RESIDENT_BAR, RESIDENT_GOAL, "this system does not tell")
                        : Bar.measured(RESIDENT_BAR, resident.greatest(), RESIDENT_GOAL, scaled));
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(
                Bar.unmeasured(GROWTH_BAR, GROWTH_GOAL, reason), Bar.unmeasured(RESIDENT_BAR, RESIDENT_GOAL, reason));
    }
}
