package org.entente.node.memoranda;

import java.time.Instant;
import java.util.Optional;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Epoch;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.signing.Standing;

/**
 * How long the key of an index may live: the shortest epoch of all clauses that let its reader compare it, and never beyond the end of the
 * memorandum.
 *
 * @param until when it is destroyed at the latest
 * @param clause the number of the clause that sets it
 */
public record EpochBound(Instant until, String clause) {

    /**
     * The bound of an index under one memorandum; empty when no clause lets it be compared.
     *
     * @param use the reader of the index ({@code by}), its holder, purpose and category, and when the epoch begins
     */
    static Optional<EpochBound> of(Standing standing, Circumstances use) {
        Optional<EpochBound> bound = Optional.empty();
        for (var clause : standing.memorandum().clausesOf(Terms.Reconcile.class)) {
            Terms.Reconcile terms = clause.terms();
            bound = shorter(bound, clause.number(), terms.scope(), terms.index().epoch(), use);
        }
        for (var clause : standing.memorandum().clausesOf(Terms.Probe.class)) {
            Terms.Probe terms = clause.terms();
            bound = shorter(bound, clause.number(), terms.scope(), terms.index().epoch(), use);
        }
        return bound.map(found -> end(standing)
                .filter(end -> end.isBefore(found.until))
                .map(end -> new EpochBound(end, found.clause))
                .orElse(found));
    }

    /** When the memorandum ends, as far as that is known: by a withdrawal, or because a newer version takes its place. */
    static Optional<Instant> end(Standing standing) {
        return switch (standing) {
            case Standing.Withdrawn withdrawn -> Optional.of(withdrawn.ends());
            case Standing.Superseded superseded ->
                Optional.of(end(superseded.before())
                        .filter(superseded.since()::isAfter)
                        .orElse(superseded.since()));
            case Standing.Draft _, Standing.Signed _, Standing.InForce _, Standing.Suspended _ -> Optional.empty();
        };
    }

    private static Optional<EpochBound> shorter(
            Optional<EpochBound> bound, ClauseNumber number, Terms.Scope scope, Epoch epoch, Circumstances use) {
        if (!scope.covers(use.by(), use.counterpart(), use.purpose(), use.category())) {
            return bound;
        }
        Instant until = epoch.after(use.at());
        boolean tighter = bound.isEmpty() || until.isBefore(bound.get().until);
        return tighter ? Optional.of(new EpochBound(until, number.text())) : bound;
    }
}
