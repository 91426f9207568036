package org.entente.memorandum.language;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Word;

/** What one clause says. */
public sealed interface Terms {
    /** A clause that lets somebody do something; where no clause does, the act is refused. */
    sealed interface Grant extends Terms {
        Scope scope();
    }

    /** A grant by which items pass from one authority to another. */
    sealed interface Passing extends Grant {
        Needs needs();

        Handover handover();
    }

    /** A clause that grants nothing and holds for everything: the place, the life of the text, what is owed. At most one of each. */
    sealed interface Rule extends Terms {}

    /** Whether this binds in law, and whether signing it here is consent to be bound. Mandatory. */
    record LegalNature(Words.Nature nature, boolean signingBinds) implements Terms {}

    /** The closing rule: purposes, categories and acts that are not named are refused. Mandatory. */
    record NotNamed() implements Terms {}

    /** Two whole lists may be compared; the legal advisers of both sides sign each time. */
    record Reconcile(Scope scope, Index index) implements Grant {}

    /**
     * Identifiers of one case may be asked about.
     *
     * @param tellOfHit within what term the asking side tells the other of a hit
     * @param watch on what terms they may be asked about again and again; empty: they may not
     */
    record Probe(Scope scope, Index index, Needs needs, Quota quota, Term tellOfHit, Optional<Watch> watch)
            implements Grant {}

    /**
     * Terms of a standing question.
     *
     * @param each the time between two rounds at least
     * @param longest how long it lasts at most, before an officer must begin another
     */
    record Watch(Term each, Term longest) {}

    /** Items may be handed over; and, by the receiving authorities, be requested. */
    record Release(Scope scope, Words.Occasion on, Needs needs, Handover handover) implements Passing {}

    /** Members of the joint group may put items into its common file; each stays the contributor's. */
    record Contribute(Scope scope, Needs needs, Handover handover) implements Passing {}

    /** By when requests are answered, and on what grounds alone they are refused. */
    record Answer(
            Deadline answer,
            Deadline acknowledge,
            Deadline urgent,
            Deadline interim,
            SortedSet<Words.RefusalGround> refuseOnlyOn,
            SortedSet<Words.RefusalGround> neverRefuseOn)
            implements Terms {
        public Answer {
            refuseOnlyOn = Collections.unmodifiableSortedSet(new TreeSet<>(refuseOnlyOn));
            neverRefuseOn = Collections.unmodifiableSortedSet(new TreeSet<>(neverRefuseOn));
        }
    }

    /** Whether what was obtained outside own territory moves, and whose territory counts as own. Mandatory. */
    record Territorial(Words.TerritorialRule rule, Words.OwnTerritory own) implements Rule {}

    /** A joint investigation group and what its terms add, from the first day to the last, both included. */
    record JointGroup(
            SortedSet<AuthorityCode> members,
            SortedSet<AuthorityCode> leaders,
            SortedSet<Purpose> addsPurposes,
            SortedSet<Category> addsCategories,
            LocalDate from,
            LocalDate until)
            implements Terms {
        public JointGroup {
            members = Collections.unmodifiableSortedSet(new TreeSet<>(members));
            leaders = Collections.unmodifiableSortedSet(new TreeSet<>(leaders));
            addsPurposes = Collections.unmodifiableSortedSet(new TreeSet<>(addsPurposes));
            addsCategories = Collections.unmodifiableSortedSet(new TreeSet<>(addsCategories));
        }
    }

    /** Whether an announcement needs the countersignature of every party that it names. */
    record Announce(Words.AnnounceRule rule) implements Rule {}

    /**
     * Any party suspends; every party must agree to resume. Mandatory.
     *
     * @param effect how long after the declaration the suspension begins; empty: at once
     */
    record Suspend(Optional<Term> effect, SortedSet<Words.SurvivingDuty> surviving) implements Rule {
        public Suspend {
            surviving = Collections.unmodifiableSortedSet(new TreeSet<>(surviving));
        }
    }

    /** Any party withdraws; the memorandum ends when the notice has passed. */
    record Withdraw(Term notice) implements Rule {}

    /** The text changes by a new version that every party signs, and in no other way. */
    record Amend() implements Rule {}

    /**
     * When the memorandum holds, once every party has signed it.
     *
     * @param from the first day in UTC; empty: from the last signature
     * @param ends the last day in UTC; empty: until a party withdraws
     * @param review how often the parties look at it anew
     */
    record Force(Optional<LocalDate> from, Optional<LocalDate> ends, Optional<Term> review) implements Rule {}

    /** Within what term the other side hears that an item which it holds has changed its status on a list. */
    record StatusNotices(Term within) implements Rule {}

    /** The party of a place may ask how an item was obtained there, and what follows when nobody answers. */
    record Challenge(Term answer, Words.Unanswered unanswered) implements Rule {}

    /** Any party may declare that its sovereignty was breached: by when it is answered, reviewed, and what follows. */
    record Incident(Term answer, Term jointReview, Words.Consequence consequence) implements Rule {}

    /** Secrecy regimes of different laws that count as one: what is under one of them may go where the others may. */
    record EquivalentSecrecy(SortedSet<SecrecyRegime> regimes) implements Terms {
        public EquivalentSecrecy {
            regimes = Collections.unmodifiableSortedSet(new TreeSet<>(regimes));
        }
    }

    /**
     * Whom and what a clause covers. In a reconciliation both lists of authorities are the same.
     *
     * @param by who asks, in a probe; who hands over, in a release
     * @param counterpart of whom it is asked, in a probe; to whom it is handed over, in a release
     */
    record Scope(
            SortedSet<Category> categories,
            SortedSet<AuthorityCode> by,
            SortedSet<AuthorityCode> counterpart,
            SortedSet<Purpose> purposes) {
        public Scope {
            categories = Collections.unmodifiableSortedSet(new TreeSet<>(categories));
            by = Collections.unmodifiableSortedSet(new TreeSet<>(by));
            counterpart = Collections.unmodifiableSortedSet(new TreeSet<>(counterpart));
            purposes = Collections.unmodifiableSortedSet(new TreeSet<>(purposes));
        }

        public boolean covers(AuthorityCode actor, AuthorityCode other, Purpose purpose, Category category) {
            return by.contains(actor)
                    && counterpart.contains(other)
                    && purposes.contains(purpose)
                    && categories.contains(category);
        }
    }

    /**
     * What stands in the index that is compared, and how it is compared.
     *
     * @param epoch how long its key lives at most
     */
    record Index(Words.MatchMode mode, long identifiersMin, Words.ClearedEntries clearedEntries, Epoch epoch) {}

    /**
     * What must be given before the act.
     *
     * @param officers how many officers of the acting authority approve; a sensitive category makes it at least two
     */
    record Needs(boolean caseReference, boolean legalBasis, int officers) {}

    /**
     * On what conditions an item is handed over.
     *
     * @param export whether the receiver may take it out of the node, for example onto paper or into another system
     */
    record Handover(Marks marks, Use use, Onward onward, Words.Consent export, Retention retention) {}

    /** What the item must carry when it leaves. */
    record Marks(Handling.Code handlingMin, Words.GradingDemand grading) {}

    /**
     * What the receiver may use it for.
     *
     * @param otherPurpose for another purpose that the memorandum names
     */
    record Use(Words.Consent asEvidence, Words.Consent otherPurpose, Threat threat) {}

    /**
     * Use against an immediate threat, without asking first.
     *
     * @param told within what term the originator is told of it; there exactly when such use is allowed
     */
    record Threat(Words.ThreatReach reach, Optional<Term> told) {
        static final Threat NONE = new Threat(Words.ThreatReach.NEVER, Optional.empty());

        static final String FORMS =
                "never | for a named purpose, told within PT24H | for any purpose, told within PT24H";

        private static final String TOLD = ", told within ";

        public Threat {
            if (told.isEmpty() != (reach == Words.ThreatReach.NEVER)) {
                throw new IllegalArgumentException("use against a threat is told, and only such use is");
            }
        }

        /** Reads {@code never} or such as {@code for any purpose, told within PT24H}. */
        static Threat parse(String text) throws Malformed {
            if (text.equals(NONE.toString())) {
                return NONE;
            }
            int told = text.indexOf(TOLD);
            Words.ThreatReach reach = Word.parse(Words.ThreatReach.class, told < 0 ? "" : text.substring(0, told));
            if (reach == Words.ThreatReach.NEVER) {
                throw new Malformed("memorandum.word.unknown", Quoted.of(text));
            }
            return new Threat(reach, Optional.of(Term.parse(text.substring(told + TOLD.length()))));
        }

        @Override
        public String toString() {
            return reach.word() + told.map(term -> TOLD + term).orElse("");
        }
    }

    /**
     * Passing on.
     *
     * @param others to anybody who is not named here
     * @param to authorities that may have it without asking
     * @param namedInRequest to whom the request named
     */
    record Onward(Words.Consent others, SortedSet<AuthorityCode> to, Words.NamedInRequest namedInRequest) {
        public Onward {
            to = Collections.unmodifiableSortedSet(new TreeSet<>(to));
        }
    }

    /** How long the receiver keeps it, and whether a proceeding may keep it longer. */
    record Retention(Term keep, Words.LegalHold legalHold) {}
}
