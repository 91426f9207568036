package org.entente.memorandum.signing;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Memorandum;

/**
 * How a memorandum stands between its parties. Only {@link Lifecycle} moves it from one state to another, and {@link Amendments} puts it out of force
 * when a newer version takes its place.
 */
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
            case Superseded _ -> "superseded";
        };
    }

    /** How it stands at a moment, as far as that is known beforehand: a newer version may be signed, and enter into force later. */
    default Standing at(Instant moment) {
        return this instanceof Superseded superseded && moment.isBefore(superseded.since())
                ? superseded.before()
                : this;
    }

    /** Nobody has signed. */
    record Draft(Memorandum memorandum) implements Standing {}

    /**
     * Some parties have signed, and not yet all.
     *
     * @param texts what the first of them had read, and the others therefore sign too
     */
    record Signed(Memorandum memorandum, SortedMap<PartyCode, Instant> signatures, Optional<SignedTexts> texts)
            implements Standing {
        public Signed {
            signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
        }

        public Signed(Memorandum memorandum, SortedMap<PartyCode, Instant> signatures) {
            this(memorandum, signatures, Optional.empty());
        }
    }

    /** Every party has signed the same canonical form, whatever came after. */
    sealed interface Concluded extends Standing {
        Course course();

        @Override
        default Memorandum memorandum() {
            return course().memorandum();
        }
    }

    /** Since the last signature, or since every party agreed to resume. */
    record InForce(Course course, Instant since) implements Concluded {
        public InForce(Memorandum memorandum, Instant since) {
            this(Course.begin(memorandum, since), since);
        }
    }

    /** A party has suspended the whole; it resumes when every party has agreed. */
    record Suspended(Course course, PartyCode by, Instant since, SortedSet<PartyCode> agreedToResume)
            implements Concluded {
        public Suspended {
            agreedToResume = Collections.unmodifiableSortedSet(new TreeSet<>(agreedToResume));
        }

        public Suspended(Memorandum memorandum, PartyCode by, Instant since, SortedSet<PartyCode> agreedToResume) {
            this(Course.begin(memorandum, since), by, since, agreedToResume);
        }
    }

    /** A party has withdrawn; until the notice ends, acts are decided as before. */
    record Withdrawn(Course course, PartyCode by, Instant declared, Instant ends) implements Concluded {
        public Withdrawn(Memorandum memorandum, PartyCode by, Instant declared, Instant ends) {
            this(Course.begin(memorandum, declared), by, declared, ends);
        }
    }

    /**
     * A newer version has taken its place, or will at a moment that is known.
     *
     * @param before how it stands until then, and how it would stand without the newer version
     * @param by the digest of the newer version
     * @param version the number of the newer version
     */
    record Superseded(Concluded before, Digest by, int version, Instant since) implements Standing {
        @Override
        public Memorandum memorandum() {
            return before.memorandum();
        }
    }
}
