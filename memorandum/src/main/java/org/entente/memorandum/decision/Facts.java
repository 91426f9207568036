package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Quota;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;
import org.entente.memorandum.signing.Standing;

/**
 * All that a decision may depend on. {@link Rules} asks for one fact after another and for none that does not matter any more, so
 * the facts that were asked for, and their answers, say which case it was: whoever proves something about a memorandum answers these questions in every way there is.
 *
 * <p>A fact that an act of this kind does not have must not be asked for.
 */
public interface Facts {
    /** The facts of one act, under one memorandum as it stands. */
    static Facts of(Standing standing, Act act) {
        return new ActFacts(standing, act);
    }

    ActName act();

    AuthorityCode by();

    AuthorityCode counterpart();

    Purpose purpose();

    Category category();

    /** How the memorandum stands, apart from its dates and from single clauses. */
    State state();

    /** Since when a clause that grants is suspended by itself; empty when it is not. */
    Optional<Instant> suspended(ClauseNumber clause);

    /** Whether the act's moment is this one or later. */
    boolean reached(Instant moment);

    /** Whether the act's day, in UTC, is later than this one. */
    default boolean after(LocalDate day) {
        return reached(Days.begin(day.plusDays(1)));
    }

    /** Whether the act's day, in UTC, is before this one. */
    default boolean before(LocalDate day) {
        return !reached(Days.begin(day));
    }

    boolean caseGiven();

    boolean legalBasisGiven();

    /** Whether so many officers of the acting authority approved whose role may approve the act. */
    boolean approvedBy(int officers);

    /** Whether a legal adviser of the party signed. */
    boolean legalAdviser(PartyCode party);

    /** Whether who obtained the item consented to exactly this act. */
    boolean originatorConsented();

    /** Whether the index that is asked holds so many identifiers. */
    boolean indexHolds(long identifiers);

    /** Whether what is asked about, with what was charged within the quota's term before, stays within it. */
    boolean within(Quota quota);

    Rounds rounds();

    /** The category that the item's envelope says. */
    Category itemCategory();

    /** Whether the supplier lets the item serve the purpose of the act. */
    boolean purposeServed();

    /** Whether the supplier lets the item serve one of these purposes, so that it can have been supplied under a clause that names them. */
    boolean suppliedFor(Set<Purpose> purposes);

    /** Whether the secrecy that law lays on the item itself is one of these. */
    boolean secret(Set<SecrecyRegime> regimes);

    AuthorityCode obtainedBy();

    Place obtainedIn();

    /** Whether a joint authorisation of the party of the place covers how the item was obtained. */
    boolean jointlyAuthorised();

    /** Whether a person stands in the item as one of these. */
    boolean person(Set<PersonCategory> categories);

    boolean cleared();

    boolean graded();

    /** Whether the item is marked so or stricter. */
    boolean marked(Handling.Code code);

    /** Whether the item's envelope lets a receiver keep it for longer than the term, both counted from the day of the act. */
    boolean retainedLonger(Term keep);

    /** Whether the party of the place has challenged how it was obtained, and has no answer yet. */
    boolean challenged();

    /** Whether, on the day of the act, the item was held for longer than its own retention or the term. */
    boolean heldBeyond(Term keep);

    Manner manner();

    /** Who is to have a received item. */
    AuthorityCode recipient();

    /** Whether the request that the item answered named the recipient. */
    boolean namedInRequest();

    Hold hold();

    /** The parties that an announcement names. */
    SortedSet<PartyCode> announced();

    boolean countersigned(PartyCode party);

    /** Whether a court has ordered not to erase a received item. */
    enum Hold {
        NONE,
        ORDERED,
        /** The day by which the order had to be looked at again is past. */
        OVERDUE
    }

    /** Where a memorandum stands in its life. */
    sealed interface State {
        /** Not every party has signed it. */
        record Unsigned() implements State {}

        record InForce(Instant since) implements State {}

        /** Suspended as a whole. */
        record Suspended(Instant since) implements State {}

        record Withdrawn(Instant ends) implements State {}

        /** A newer version is in force at the act's moment. */
        record Superseded() implements State {}
    }
}
