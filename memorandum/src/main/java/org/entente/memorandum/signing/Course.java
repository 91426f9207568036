package org.entente.memorandum.signing;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;

/**
 * What stays with a memorandum once every party has signed it, through suspension, resumption and withdrawal of the whole.
 *
 * @param signed the moment of the last signature
 * @param clauses the clauses that were suspended by themselves, those that have been resumed since included
 */
public record Course(Memorandum memorandum, Instant signed, SortedMap<ClauseNumber, Suspension> clauses) {
    public Course {
        clauses = Collections.unmodifiableSortedMap(new TreeMap<>(clauses));
    }

    static Course begin(Memorandum memorandum, Instant signed) {
        return new Course(memorandum, signed, new TreeMap<>());
    }

    /**
     * The life of one clause's suspension.
     *
     * @param by who suspended it, last
     * @param agreedToResume none once it is resumed
     * @param resumed when every party had agreed; acts of earlier moments stay refused
     */
    public record Suspension(
            PartyCode by, Instant since, SortedSet<PartyCode> agreedToResume, Optional<Instant> resumed) {
        public Suspension {
            agreedToResume = Collections.unmodifiableSortedSet(new TreeSet<>(agreedToResume));
        }

        static Suspension begin(PartyCode by, Instant since) {
            return new Suspension(by, since, new TreeSet<>(), Optional.empty());
        }

        public boolean lasts() {
            return resumed.isEmpty();
        }
    }

    /** The suspension of a clause that has not been resumed. */
    public Optional<Suspension> suspension(ClauseNumber clause) {
        return Optional.ofNullable(clauses.get(clause)).filter(Suspension::lasts);
    }

    /** The clauses that are suspended by themselves now. */
    public SortedMap<ClauseNumber, Suspension> suspended() {
        SortedMap<ClauseNumber, Suspension> lasting = new TreeMap<>(clauses);
        lasting.values().removeIf(suspension -> !suspension.lasts());
        return lasting;
    }

    /**
     * What an act at a moment has to reckon with: since when the clause is suspended; or, where it was resumed only after that moment, when that
     * was, since of what lies before nothing is known any more.
     */
    public Optional<Instant> suspendedSince(ClauseNumber clause, Instant moment) {
        if (clauses.isEmpty()) {
            return Optional.empty();
        }
        return Optional.ofNullable(clauses.get(clause))
                .flatMap(suspension -> suspension.lasts()
                        ? Optional.of(suspension.since())
                        : suspension.resumed().filter(moment::isBefore));
    }

    Course with(SortedMap<ClauseNumber, Suspension> changed) {
        return new Course(memorandum, signed, changed);
    }
}
