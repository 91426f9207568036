package org.entente.memorandum.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.signing.Standing;

/**
 * Decides acts under the memoranda that stand between parties. Pure and total: the same standings and act give the same decision, on every node
 * and at any time.
 *
 * <p>A memorandum applies when it names both authorities' parties and the purpose, whatever its state. Where several apply, the most protective answer
 * wins: one refusal refuses, one missing consent is asked for. Without any that applies the act is refused. A version whose place a newer one has taken is
 * left out where that one applies, so that what was received under the older is decided under the newer.
 */
public final class Decider {
    private final List<Under> memoranda;

    /** One memorandum, how it stands, and its rules. */
    private record Under(Standing standing, Rules rules) {
        Decision decide(Act act) {
            return new Reasoning(rules, standing, act).of(rules.rule(new ActFacts(standing, act)));
        }

        boolean namesBoth(Circumstances circumstances) {
            return rules.named(circumstances.by().party())
                    && rules.named(circumstances.counterpart().party());
        }

        boolean applies(Circumstances circumstances) {
            return namesBoth(circumstances) && rules.named(circumstances.purpose());
        }
    }

    private Decider(Collection<Standing> standings) {
        this.memoranda = standings.stream()
                .map(standing -> new Under(standing, Rules.of(standing.memorandum())))
                .toList();
    }

    /** Makes memoranda ready to decide about many acts. */
    public static Decider under(Collection<? extends Standing> standings) {
        return new Decider(List.copyOf(standings));
    }

    /** Decides one act under one memorandum. */
    public static Decision decide(Standing standing, Act act) {
        return new Under(standing, Rules.of(standing.memorandum())).decide(act);
    }

    /** Decides one act. */
    public static Decision decide(Collection<Standing> standings, Act act) {
        return under(standings).decide(act);
    }

    public Decision decide(Act act) {
        List<Under> asked = asked(act.circumstances());
        return switch (asked.size()) {
            case 0 -> nothingBetween(act.circumstances());
            case 1 -> asked.getFirst().decide(act);
            default ->
                mostProtective(asked.stream().map(under -> under.decide(act)).toList());
        };
    }

    /** The memoranda that an act is held to; where these are several, the most protective of their answers is the decision. */
    public List<Memorandum> memoranda(Circumstances circumstances) {
        return asked(circumstances).stream()
                .map(under -> under.standing().memorandum())
                .toList();
    }

    /** Those that apply; or, where the purpose is named nowhere, those that name both parties. */
    private List<Under> asked(Circumstances circumstances) {
        if (memoranda.size() == 1) { // it gives way to none
            return memoranda.getFirst().namesBoth(circumstances) ? memoranda : List.of();
        }
        List<Under> applying = standing(circumstances, under -> under.applies(circumstances));
        return applying.isEmpty() ? standing(circumstances, under -> under.namesBoth(circumstances)) : applying;
    }

    private List<Under> standing(Circumstances circumstances, Predicate<Under> applies) {
        List<Under> standing = new ArrayList<>(memoranda.size());
        for (Under under : memoranda) {
            if (applies.test(under) && !replaced(under, circumstances, applies)) {
                standing.add(under);
            }
        }
        return standing;
    }

    /** Whether a newer version, or a newer one still, applies in its place. */
    private boolean replaced(Under under, Circumstances circumstances, Predicate<Under> applies) {
        Optional<Under> newer = newer(under, circumstances);
        while (newer.isPresent()) {
            if (applies.test(newer.get())) {
                return true;
            }
            newer = newer(newer.get(), circumstances);
        }
        return false;
    }

    private Optional<Under> newer(Under under, Circumstances circumstances) {
        return under.standing().at(circumstances.at()) instanceof Standing.Superseded superseded
                ? memoranda.stream()
                        .filter(other -> other.standing().memorandum().digest().equals(superseded.by()))
                        .findFirst()
                : Optional.empty();
    }

    private static Decision nothingBetween(Circumstances circumstances) {
        return new Decision.Refused(
                List.of(),
                Problem.of(
                        "memorandum.decision.no-memorandum",
                        circumstances.by().party().text(),
                        circumstances.counterpart().party().text()));
    }

    private static Decision mostProtective(List<Decision> decisions) {
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Refused) {
                return decision;
            }
        }
        for (Decision decision : decisions) {
            if (decision instanceof Decision.ConsentNeeded) {
                return decision;
            }
        }
        Set<Citation> clauses = new LinkedHashSet<>();
        Set<Obligation> obligations = new LinkedHashSet<>();
        for (Decision decision : decisions) {
            if (decision instanceof Decision.Permitted permitted) {
                clauses.addAll(permitted.clauses());
                obligations.addAll(permitted.obligations());
            }
        }
        return new Decision.Permitted(List.copyOf(clauses), List.copyOf(obligations));
    }
}
