package org.entente.verification.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Decision;
import org.entente.verification.memoranda.InventedActs;
import org.entente.verification.memoranda.InventedMemorandum;
import org.entente.verification.memoranda.Shape;
import tools.jackson.databind.json.JsonMapper;

/**
 * Part {@code rates}: decisions on a million acts that were drawn beforehand, under a memorandum of 40 clauses, 5 parties and 60 authorities. Rates are of one thread, from its own
 * processor time, with no clock between two decisions; the time of a single decision is taken in passes of their own, and holds one call of the clock, whose cost is printed.
 */
final class DecisionRates implements Part {
    static final long SEED = 40_605;

    private static final int REPETITIONS = 7;
    private static final int REPETITIONS_QUICK = 5;
    private static final int ACTS = 1_000_000;
    private static final int ACTS_QUICK = 100_000;
    private static final int WARM_UP_DECISIONS = 4_000_000;
    /** Acts that a thread takes at once where two share them. */
    private static final int SHARE = 1_000;
    /** Acts that are read from their bytes and then decided at once. */
    private static final int READ = 1_000;

    private static final int READS = 20;
    private static final int READS_QUICK = 5;

    static final String RATE_BAR = "decisions-per-second";
    static final String P99_BAR = "decision-p99";
    private static final Bar.Goal RATE_GOAL = new Bar.Goal(1_000_000, "/s", Bar.Better.HIGHER);
    private static final Bar.Goal P99_GOAL = new Bar.Goal(10, "us", Bar.Better.LOWER);
    private static final String RATE = "decisions, one thread by its processor time";
    private static final String P99 = "a decision, 99 % within";

    private final SeriesBook book = new SeriesBook();

    @Override
    public Set<String> names() {
        return Set.of("rates");
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        progress.at("drawing acts");
        InventedMemorandum invented = InventedMemorandum.of(Shape.USUAL, SEED);
        List<Act> acts = new InventedActs(invented, SEED).draw(extent.quick() ? ACTS_QUICK : ACTS);
        Engine engine = Engine.of(invented.inForce());
        progress.at("warming up");
        shares(engine, acts);
        warmUp(engine, acts);
        int permitted = engine.permitted(acts);
        int repetitions = extent.quick() ? REPETITIONS_QUICK : REPETITIONS;
        for (int n = 1; n <= repetitions; n++) {
            progress.at("repetition " + n + " of " + repetitions);
            rate(engine, acts, permitted);
            single(engine, acts);
            justRead(engine, acts, extent.quick() ? READS_QUICK : READS);
            threads(engine, acts);
        }
        return new Benchmark.Measured(
                book.all(),
                List.of(
                        Bar.measured(RATE_BAR, book.of(RATE, "/s").median(), RATE_GOAL, extent.quick()),
                        Bar.measured(P99_BAR, book.of(P99, "ns").median() / 1e3, P99_GOAL, extent.quick())));
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(RATE_BAR, RATE_GOAL, reason), Bar.unmeasured(P99_BAR, P99_GOAL, reason));
    }

    /** How the outcomes share the acts: once, since they are the same each time. */
    private void shares(Engine engine, List<Act> acts) {
        int permitted = 0;
        int consent = 0;
        for (Act act : acts) {
            switch (engine.decide(act)) {
                case Decision.Permitted _ -> permitted++;
                case Decision.ConsentNeeded _ -> consent++;
                case Decision.Refused _ -> {
                    // The rest.
                }
            }
        }
        book.of("acts", "").add(acts.size());
        book.of("acts permitted", "%").add(100.0 * permitted / acts.size());
        book.of("acts that need a consent", "%").add(100.0 * consent / acts.size());
    }

    private static void warmUp(Engine engine, List<Act> acts) {
        for (int decided = 0; decided < WARM_UP_DECISIONS; decided += acts.size()) {
            engine.permitted(acts);
        }
    }

    private void rate(Engine engine, List<Act> acts, int permitted) throws BenchmarkFailed {
        int[] counted = new int[1];
        double whole = Costs.processSeconds();
        Stopwatch.Taken taken = Stopwatch.of(() -> counted[0] = engine.permitted(acts));
        book.of("decisions by the processor time of the whole process", "/s")
                .add(acts.size() / (Costs.processSeconds() - whole));
        book.of(RATE, "/s").add(acts.size() * 1e9 / taken.processorNanos());
        book.of("bytes allocated by a decision", "B").add(taken.allocatedBytes() / (double) acts.size());
        if (counted[0] != permitted) {
            throw new BenchmarkFailed("the same acts were decided differently: " + permitted + " were permitted, then "
                    + counted[0] + "; nothing was measured.");
        }
    }

    /** Each decision from the clock's answer before it to the one after it. */
    private void single(Engine engine, List<Act> acts) {
        long[] nanos = new long[acts.size()];
        int permitted = 0;
        long before = System.nanoTime();
        for (int n = 0; n < nanos.length; n++) {
            if (engine.decide(acts.get(n)) instanceof Decision.Permitted) {
                permitted++;
            }
            long after = System.nanoTime();
            nanos[n] = after - before;
            before = after;
        }
        book.of("permitted while each was timed", "").add(permitted);
        Arrays.sort(nanos);
        book.of("a decision, 50 % within", "ns").add(within(nanos, 0.5));
        book.of(P99, "ns").add(within(nanos, 0.99));
        book.of("a decision, 99.9 % within", "ns").add(within(nanos, 0.999));
        for (int n = 0; n < nanos.length; n++) {
            long after = System.nanoTime();
            nanos[n] = after - before;
            before = after;
        }
        Arrays.sort(nanos);
        book.of("the clock's own cost, 50 % within", "ns").add(within(nanos, 0.5));
        book.of("the clock's own cost, 99 % within", "ns").add(within(nanos, 0.99));
    }

    private static double within(long[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, (long) Math.ceil(share * sorted.length) - 1)];
    }

    /** Acts as they come to a node: read from their bytes, so that no text is one that was seen before. Only the decisions are timed. */
    private void justRead(Engine engine, List<Act> acts, int reads) throws BenchmarkFailed {
        long nanos = 0;
        for (int n = 0; n < reads; n++) {
            int from = n * READ % (acts.size() - READ);
            List<Act> read = read(acts.subList(from, from + READ));
            nanos += Stopwatch.of(() -> engine.permitted(read)).processorNanos();
        }
        book.of("decisions on acts just read from their bytes", "/s").add(reads * (double) READ * 1e9 / nanos);
    }

    private static List<Act> read(List<Act> acts) throws BenchmarkFailed {
        List<Act> read = new ArrayList<>(acts.size());
        for (Act act : acts) {
            try {
                read.add(Act.fromJson(
                        JsonMapper.shared().readTree(CanonicalJson.encode(act.toJson())), Act.authorisations(act)));
            } catch (Malformed wrong) {
                throw new BenchmarkFailed("an act is not read back: " + wrong.getMessage());
            }
        }
        return read;
    }

    /** One thread before and after two, which take acts from one heap. */
    private void threads(Engine engine, List<Act> acts) throws InterruptedException {
        List<List<Act>> shares = new ArrayList<>();
        for (int from = 0; from < acts.size() / 2; from += SHARE) {
            shares.add(acts.subList(from, Math.min(from + SHARE, acts.size())));
        }
        int decided = shares.stream().mapToInt(List::size).sum();
        long alone = System.nanoTime();
        shares.forEach(engine::permitted);
        alone = System.nanoTime() - alone;
        AtomicInteger next = new AtomicInteger();
        Runnable work = () -> {
            for (int n = next.getAndIncrement(); n < 2 * shares.size(); n = next.getAndIncrement()) {
                engine.permitted(shares.get(n % shares.size()));
            }
        };
        long together = System.nanoTime();
        Thread other = new Thread(work);
        other.start();
        work.run();
        other.join();
        together = System.nanoTime() - together;
        book.of("decisions, one thread by the clock", "/s").add(decided * 1e9 / alone);
        book.of("decisions, two threads by the clock", "/s").add(2 * decided * 1e9 / together);
    }
}
