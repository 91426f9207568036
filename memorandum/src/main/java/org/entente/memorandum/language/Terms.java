package org.entente.memorandum.language;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Purpose;

/** What one clause says. */
public sealed interface Terms {
    /** Whether this binds in law, and whether signing it here is consent to be bound. Mandatory. */
    record LegalNature(Words.Nature nature, boolean signingBinds) implements Terms {}

    /** The closing rule: purposes, categories and acts that are not named are refused. Mandatory. */
    record NotNamed() implements Terms {}

    /** Two whole lists may be compared; the legal advisers of both sides sign each time. */
    record Reconcile(Scope scope, Index index) implements Terms {}

    /**
     * Identifiers of one case may be asked about.
     *
     * @param tellOfHit within what term the asking side tells the other of a hit
     * @param watch on what terms they may be asked about again and again; empty: they may not
     */
    record Probe(Scope scope, Index index, Needs needs, Quota quota, Term tellOfHit, Optional<Watch> watch)
            implements Terms {}

    /**
     * Terms of a standing question.
     *
     * @param each the time between two rounds at least
     * @param longest how long it lasts at most, before an officer must begin another
     */
    record Watch(Term each, Term longest) {}

    /** Items may be handed over; and, by the receiving authorities, be requested. */
    record Release(Scope scope, Words.Occasion on, Needs needs, Handover handover) implements Terms {}

    /** By when requests are answered, and on what grounds alone they are refused. */
    record Answer(
            Term answer,
            Term acknowledge,
            Term urgent,
            Term interim,
            SortedSet<Words.RefusalGround> refuseOnlyOn,
            SortedSet<Words.RefusalGround> neverRefuseOn)
            implements Terms {
        public Answer {
            refuseOnlyOn = Collections.unmodifiableSortedSet(new TreeSet<>(refuseOnlyOn));
            neverRefuseOn = Collections.unmodifiableSortedSet(new TreeSet<>(neverRefuseOn));
        }
    }

    /** What was obtained outside the obtaining authority's own territory moves only by joint authorisation. Mandatory. */
    record Territorial() implements Terms {}

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

    /** An announcement is void until every party that it names has countersigned it. */
    record Announce() implements Terms {}

    /** Any party suspends at once; every party must agree to resume. Mandatory. */
    record Suspend(SortedSet<Words.SurvivingDuty> surviving) implements Terms {
        public Suspend {
            surviving = Collections.unmodifiableSortedSet(new TreeSet<>(surviving));
        }
    }

    /** Any party withdraws; the memorandum ends when the notice has passed. */
    record Withdraw(Term notice) implements Terms {}

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

    /** On what conditions an item is handed over. */
    record Handover(
            Handling.Code handlingMin,
            Words.GradingDemand grading,
            Words.Consent asEvidence,
            Words.Consent onward,
            Term keep) {}
}
