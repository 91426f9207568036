package org.entente.node.memoranda;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.signing.Course;
import org.entente.memorandum.signing.Standing;

/** Why what goes on under a memorandum without an act of its own, the rounds of a watch and the changes of an index, stops for now. */
public final class Standstill {
    private Standstill() {}

    /**
     * Why no index goes on; empty while some clause lets it be compared.
     *
     * @param use the reader of the index ({@code by}), its holder, purpose and category, and the moment
     */
    public static Optional<Problem> ofIndex(Standing standing, Circumstances use) {
        return of(standing, use, terms -> terms instanceof Terms.Reconcile || terms instanceof Terms.Probe);
    }

    /** Why no watch goes on; empty while some clause lets its reader ask again and again. */
    public static Optional<Problem> ofWatch(Standing standing, Circumstances use) {
        return of(
                standing,
                use,
                terms -> terms instanceof Terms.Probe probe && probe.watch().isPresent());
    }

    private static Optional<Problem> of(Standing standing, Circumstances use, Predicate<Terms> grants) {
        String id = standing.memorandum().id();
        Instant now = use.at();
        return switch (standing.at(now)) {
            case Standing.InForce inForce -> clauses(inForce, use, grants);
            case Standing.Withdrawn withdrawn when now.isBefore(withdrawn.ends()) -> clauses(withdrawn, use, grants);
            case Standing.Suspended suspended ->
                Optional.of(Problem.of(
                        "memorandum.decision.suspended", id, suspended.by().text()));
            case Standing.Superseded superseded ->
                Optional.of(Problem.of(
                        "memorandum.decision.superseded",
                        id,
                        Integer.toString(superseded.version()),
                        UtcSeconds.print(superseded.since())));
            case Standing.Draft _, Standing.Signed _, Standing.Withdrawn _ ->
                Optional.of(Problem.of("memorandum.decision.not-in-force", id));
        };
    }

    /** The first of the clauses that would grant it, when every one of them is suspended by itself. */
    private static Optional<Problem> clauses(Standing.Concluded standing, Circumstances use, Predicate<Terms> grants) {
        List<ClauseNumber> granting = standing.memorandum().clauses().entrySet().stream()
                .filter(clause -> grants.test(clause.getValue()) && covers(clause.getValue(), use))
                .map(Map.Entry::getKey)
                .toList();
        Map<ClauseNumber, Course.Suspension> suspended = standing.course().suspended();
        if (!suspended.keySet().containsAll(granting)) {
            return Optional.empty();
        }
        return granting.stream()
                .findFirst()
                .flatMap(clause -> Optional.ofNullable(suspended.get(clause))
                        .map(suspension -> Problem.of(
                                "memorandum.decision.clause-suspended",
                                standing.memorandum().id(),
                                suspension.by().text(),
                                clause.text())));
    }

    private static boolean covers(Terms terms, Circumstances use) {
        return terms instanceof Terms.Grant grant
                && grant.scope().covers(use.by(), use.counterpart(), use.purpose(), use.category());
    }
}
