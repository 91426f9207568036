package org.entente.verification.bench;

import com.cedarpolicy.model.AuthorizationRequest;
import java.util.List;
import java.util.Set;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.signing.Standing;
import org.entente.verification.cedar.Cedar;
import org.entente.verification.memoranda.InventedActs;
import org.entente.verification.memoranda.InventedMemorandum;
import org.entente.verification.memoranda.Shape;

/**
 * Part {@code cedar}: the same memorandum as Cedar policies, asked in this process about the same acts, after both were found to agree on each. Cedar answers yes or no; here the
 * answer also holds clauses, obligations and reasons. Cedar's questions are made beforehand, and what it cannot compute (different officers, calendar terms, joint authorisations) is in
 * them; but each passes to its native part as JSON, which is counted, since its Java interface has no other way.
 */
final class CedarComparison implements Part {
    private static final int REPETITIONS = 5;
    private static final int REPETITIONS_QUICK = 3;
    private static final int ACTS = 2_000;
    private static final int ACTS_QUICK = 500;
    private static final int OWN_PASSES = 50;
    private static final int OWN_WARM_UP_PASSES = 200;
    /** Questions for which the policies are read anew each time. */
    private static final int READ_EACH_TIME = 20;

    static final String BAR = "over-cedar";
    /** As fast as Cedar; nobody asked for more, so this bar only informs. */
    private static final Bar.Goal GOAL = new Bar.Goal(1, "x", Bar.Better.HIGHER);

    private static final String OURS = "a decision, on the acts that Cedar is asked about";
    private static final String KEPT = "Cedar, policies kept";

    private final SeriesBook book = new SeriesBook();

    @Override
    public Set<String> names() {
        return Set.of("cedar");
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress) throws BenchmarkFailed {
        InventedMemorandum invented = InventedMemorandum.of(Shape.USUAL, DecisionRates.SEED);
        Standing.InForce standing = invented.inForce();
        Engine engine = Engine.of(standing);
        List<Act> acts = new InventedActs(invented, DecisionRates.SEED + 1)
                .draw(extent.quick() ? ACTS_QUICK : ACTS).stream()
                        .filter(Cedar::translates)
                        .toList();
        try {
            Cedar reading = Cedar.open(standing);
            Cedar keeping = Cedar.open(standing);
            keeping.keepPolicies();
            progress.at("Cedar " + Cedar.version() + " is here, with " + keeping.policies() + " policies");
            List<AuthorizationRequest> questions =
                    acts.stream().map(keeping::question).toList();
            requireAgreement(engine, keeping, acts, questions);
            for (int n = 0; n < OWN_WARM_UP_PASSES; n++) {
                engine.permitted(acts);
            }
            int repetitions = extent.quick() ? REPETITIONS_QUICK : REPETITIONS;
            for (int n = 1; n <= repetitions; n++) {
                progress.at("Cedar, repetition " + n + " of " + repetitions);
                ours(engine, acts);
                cedar(KEPT, keeping, questions);
                cedar("Cedar, policies read each time", reading, questions.subList(0, READ_EACH_TIME));
            }
        } catch (Cedar.Unusable unusable) {
            progress.at(String.valueOf(unusable.getMessage()));
            return new Benchmark.Measured(book.all(), unmeasured(String.valueOf(unusable.getMessage())));
        }
        double over = book.of(KEPT, "ns").over(book.of(OURS, "ns")).median();
        return new Benchmark.Measured(book.all(), List.of(Bar.measured(BAR, over, GOAL, extent.quick())));
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(BAR, GOAL, reason));
    }

    private void requireAgreement(Engine engine, Cedar cedar, List<Act> acts, List<AuthorizationRequest> questions)
            throws BenchmarkFailed, Cedar.Unusable {
        int permitted = 0;
        for (int n = 0; n < acts.size(); n++) {
            boolean here = engine.decide(acts.get(n)) instanceof Decision.Permitted;
            if (cedar.allows(questions.get(n)) != here) {
                throw new BenchmarkFailed("Cedar does not agree on " + acts.get(n) + ": here it is "
                        + (here ? "permitted" : "not permitted") + "; nothing was measured.");
            }
            permitted += here ? 1 : 0;
        }
        book.of("acts on which Cedar agrees", "").add(acts.size());
        book.of("of these permitted", "").add(permitted);
    }

    private void ours(Engine engine, List<Act> acts) {
        Stopwatch.Taken taken = Stopwatch.of(() -> {
            for (int n = 0; n < OWN_PASSES; n++) {
                engine.permitted(acts);
            }
        });
        book.of(OURS, "ns").add((double) taken.processorNanos() / OWN_PASSES / acts.size());
    }

    private void cedar(String name, Cedar cedar, List<AuthorizationRequest> questions) throws Cedar.Unusable {
        Cedar.Unusable[] failed = new Cedar.Unusable[1];
        Stopwatch.Taken taken = Stopwatch.of(() -> {
            try {
                for (AuthorizationRequest question : questions) {
                    cedar.allows(question);
                }
            } catch (Cedar.Unusable unusable) {
                failed[0] = unusable;
            }
        });
        if (failed[0] != null) {
            throw failed[0];
        }
        book.of(name, "ns").add((double) taken.processorNanos() / questions.size());
    }
}
