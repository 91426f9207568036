package org.entente.memorandum.proof;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Facts;
import org.entente.memorandum.decision.Rules;
import org.entente.memorandum.decision.Ruling;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Promise;
import org.entente.memorandum.language.Property;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.signing.Standing;

/**
 * Whether a memorandum can ever permit what it should not: {@link Rules}, the engine that every conforming node decides with, is asked about every case that the
 * text can tell apart, and each promise is held against each answer.
 *
 * <p>Cases are not listed and then tried. The engine asks for one fact after another, and each answer that matters is a branch ({@link Picks},
 * {@link Case}): what it does not ask for cannot change what it says. A promise asks for further facts, which branch again. So there are as many
 * cases as the text and the promises can tell apart, and not one for each combination of facts.
 *
 * <p>What is proved is what conforming nodes permit. A false declaration can be challenged, and is not prevented.
 */
public final class Proof {
    private final Partition partition;
    private final Rules rules;

    Proof(Partition partition, Rules rules) {
        this.partition = partition;
        this.rules = rules;
    }

    public static Proof of(Memorandum memorandum) {
        return of(memorandum, List.of());
    }

    /**
     * Takes what is to be asked beside the promises that every memorandum can make.
     *
     * @param properties about this memorandum; what they tell apart is told apart
     */
    public static Proof of(Memorandum memorandum, Collection<Property> properties) {
        return new Proof(Partition.of(memorandum, properties), Rules.of(memorandum));
    }

    /** How many classes the memorandum's names fall into. */
    public Sizes sizes() {
        return new Sizes(
                partition.authorities().count(),
                partition.purposes().count(),
                partition.categories().count(),
                partition.moments().size());
    }

    /** Classes of authorities, purposes and categories, those that are not named included; and stretches of time between dates. */
    public record Sizes(int authorities, int purposes, int categories, int stretches) {}

    /** What can be run by itself, in any order and on any thread: all cases of one kind of act. */
    public List<ActName> parts() {
        return List.of(ActName.values());
    }

    /** How the engine rules on an act. */
    public Ruling itself(Standing standing, Act act) {
        return rules.rule(Facts.of(standing, act));
    }

    /** How the engine rules on whoever stands for the act: the same, or the classes are too coarse. */
    public Ruling representative(Standing standing, Act act) {
        return rules.rule(new Representative(
                partition, Facts.of(standing, act), act.circumstances().at()));
    }

    /** Tries every case of one kind of act. */
    public Part run(ActName act, Collection<? extends Promise> promises) {
        Picks picks = new Picks();
        Case facts = new Case(partition, act, picks);
        Promises kept = new Promises(rules, facts);
        Map<Promise, Breach> breaches = new HashMap<>();
        long cases = 0;
        long permitted = 0;
        do {
            facts.forget();
            Ruling ruling = rules.rule(facts);
            for (Promise promise : promises) {
                if (!kept.kept(promise, ruling)) {
                    breaches.merge(promise, new Breach(act, picks.copy(), picks.oddity()), Breach::plainer);
                }
            }
            cases++;
            permitted += ruling instanceof Ruling.Permitted ? 1 : 0;
        } while (picks.next());
        return new Part(act, cases, permitted, breaches);
    }

    /** Runs the case of a breach once more, and tells it. */
    public Counterexample tell(Promise promise, Breach breach) {
        Case facts = new Case(
                partition,
                breach.act(),
                Picks.again(breach.picks().stream().mapToInt(Integer::intValue).toArray()));
        Ruling ruling = rules.rule(facts);
        if (new Promises(rules, facts).kept(promise, ruling)) {
            throw new IllegalStateException("a breach of another memorandum");
        }
        return new Counterexample(promise, ruling.clause(), Story.of(facts));
    }

    /** What came of one part. */
    public record Part(ActName act, long cases, long permitted, Map<Promise, Breach> breaches) {
        public Part {
            breaches = Map.copyOf(breaches);
        }
    }

    /** A case that breaks a promise: the picks that lead to it, and how far it is from an ordinary one. */
    public record Breach(ActName act, List<Integer> picks, int oddity) {
        Breach(ActName act, int[] picks, int oddity) {
            this(act, Arrays.stream(picks).boxed().toList(), oddity);
        }

        Breach plainer(Breach other) {
            return other.oddity < oddity ? other : this;
        }
    }

    /** All parts together. */
    public static Report report(Collection<Part> parts) {
        long cases = 0;
        long permitted = 0;
        Map<Promise, Breach> breaches = new HashMap<>();
        for (Part part : parts) {
            cases += part.cases();
            permitted += part.permitted();
            part.breaches().forEach((promise, breach) -> breaches.merge(promise, breach, Breach::plainer));
        }
        return new Report(cases, permitted, breaches);
    }

    /**
     * What came of all parts.
     *
     * @param breaches the plainest case that breaks each promise that is broken
     */
    public record Report(long cases, long permitted, Map<Promise, Breach> breaches) {
        public Report {
            breaches = Map.copyOf(breaches);
        }

        public Optional<Breach> breach(Promise promise) {
            return Optional.ofNullable(breaches.get(promise));
        }
    }
}
