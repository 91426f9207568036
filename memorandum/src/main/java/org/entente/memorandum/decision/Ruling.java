package org.entente.memorandum.decision;

import org.entente.memorandum.language.ClauseNumber;

/**
 * What {@link Rules} say of a case, without the names and figures of the one act: acts of one case have equal rulings.
 * {@link Reasoning} makes the decision of it.
 */
public sealed interface Ruling {
    /** The clause that permits, that makes a consent necessary, or that refuses. */
    ClauseNumber clause();

    record Permitted(ClauseNumber clause) implements Ruling {}

    /** Everything else is in order; whoever obtained the item must consent. */
    record ConsentNeeded(ClauseNumber clause, Reason reason) implements Ruling {}

    /**
     * It is not permitted.
     *
     * @param judged the clause whose terms were judged; the one that refuses may be another, which holds for all
     */
    record Refused(ClauseNumber clause, Reason reason, ClauseNumber judged) implements Ruling {}
}
