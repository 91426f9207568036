package org.entente.memorandum.signing;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Memorandum;

/** How a memorandum stands between its parties. Only {@link Lifecycle} moves it from one state to another. */
public sealed interface Standing {
    Memorandum memorandum();

    /** The state as it stands in a record. */
    default String word() {
        return switch (this) {
            case Draft _ -> "draft";
            case Signed _ -> "signed";
            case InForce _ -> "in-force";
            case Suspended _ -> "suspended";
            case Withdrawn _ -> "withdrawn";
        };
    }

    /** Nobody has signed. */
    record Draft(Memorandum memorandum) implements Standing {}

    /** Some parties have signed, and not yet all. */
    record Signed(Memorandum memorandum, SortedMap<PartyCode, Instant> signatures) implements Standing {
        public Signed {
            signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
        }
    }

    /** Every party has signed the same canonical form; the last signature's moment is when it began. */
    record InForce(Memorandum memorandum, Instant since) implements Standing {}

    /** A party has suspended it; it resumes when every party has agreed. */
    record Suspended(Memorandum memorandum, PartyCode by, Instant since, SortedSet<PartyCode> agreedToResume)
            implements Standing {
        public Suspended {
            agreedToResume = Collections.unmodifiableSortedSet(new TreeSet<>(agreedToResume));
        }
    }

    /** A party has withdrawn; until the notice ends, acts are decided as before. */
    record Withdrawn(Memorandum memorandum, PartyCode by, Instant declared, Instant ends) implements Standing {}
}
