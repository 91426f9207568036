package org.entente.verification.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.memorandum.decision.Act;
import org.entente.verification.memoranda.InventedActs;
import org.entente.verification.memoranda.InventedMemorandum;
import org.entente.verification.memoranda.Shape;

/** Part {@code growth}: the time for a decision under memoranda of 10 to 160 clauses with the same parties and authorities, each with acts of its own, in turns. */
final class DecisionGrowth implements Part {
    private static final int REPETITIONS = 7;
    private static final int REPETITIONS_QUICK = 3;
    private static final int ACTS = 100_000;
    private static final int ACTS_QUICK = 20_000;
    private static final int WARM_UP_PASSES = 3;
    private static final List<Integer> CLAUSES = List.of(10, 20, 40, 80, 160);
    private static final int FEW = 40;
    private static final int MANY = 160;

    static final String BAR = "growth-with-clauses";
    private static final Bar.Goal GOAL = new Bar.Goal((double) MANY / FEW, "x", Bar.Better.LOWER);

    private final SeriesBook book = new SeriesBook();

    /** A memorandum and its acts. */
    private record Case(int clauses, Engine engine, List<Act> acts) {
        static Case of(int clauses, int acts) {
            InventedMemorandum invented = InventedMemorandum.of(Shape.USUAL.withClauses(clauses), DecisionRates.SEED);
            return new Case(
                    clauses, Engine.of(invented.inForce()), new InventedActs(invented, DecisionRates.SEED).draw(acts));
        }
    }

    @Override
    public Set<String> names() {
        return Set.of("growth");
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) {
        progress.at("drawing acts for " + CLAUSES + " clauses, and warming up");
        List<Case> cases = new ArrayList<>();
        CLAUSES.forEach(clauses -> cases.add(Case.of(clauses, extent.quick() ? ACTS_QUICK : ACTS)));
        for (int n = 0; n < WARM_UP_PASSES; n++) {
            cases.forEach(one -> one.engine().permitted(one.acts()));
        }
        int repetitions = extent.quick() ? REPETITIONS_QUICK : REPETITIONS;
        for (int n = 1; n <= repetitions; n++) {
            progress.at("growth, repetition " + n + " of " + repetitions);
            for (Case one : cases) {
                Stopwatch.Taken taken = Stopwatch.of(() -> one.engine().permitted(one.acts()));
                of(one.clauses())
                        .add((double) taken.processorNanos() / one.acts().size());
            }
        }
        double growth = of(MANY).over(of(FEW)).median();
        return new Benchmark.Measured(book.all(), List.of(Bar.measured(BAR, growth, GOAL, extent.quick())));
    }

    private Series of(int clauses) {
        return book.of(clauses + " clauses, a decision", "ns");
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(BAR, GOAL, reason));
    }
}
