package org.entente.memorandum.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Problem;
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
        Circumstances circumstances = act.circumstances();
        List<Decision> decisions = new ArrayList<>(memoranda.size());
        for (Under under : memoranda) {
            if (under.applies(circumstances) && !replaced(under, circumstances)) {
                decisions.add(under.decide(act));
            }
        }
        return switch (decisions.size()) {
            case 0 -> underNone(act);
            case 1 -> decisions.getFirst();
            default -> mostProtective(decisions);
        };
    }

    /** Whether a newer version, or a newer one still, applies in its place. */
    private boolean replaced(Under under, Circumstances circumstances) {
        Optional<Under> newer = newer(under, circumstances);
        while (newer.isPresent()) {
            if (newer.get().applies(circumstances)) {
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

    /** The purpose is named nowhere, or the parties have nothing between them. */
    private Decision underNone(Act act) {
        Circumstances circumstances = act.circumstances();
        List<Decision> decisions = memoranda.stream()
                .filter(under -> under.namesBoth(circumstances))
                .map(under -> under.decide(act))
                .toList();
        return decisions.isEmpty()
                ? new Decision.Refused(
                        List.of(),
                        Problem.of(
                                "memorandum.decision.no-memorandum",
                                circumstances.by().party().text(),
                                circumstances.counterpart().party().text()))
                : mostProtective(decisions);
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
