package org.entente.memorandum.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;

/** What whoever acts, or receives, owes for a permit. */
final class Duties {
    private final Rules rules;
    private final Act act;
    private final Citation clause;
    private final List<Obligation> owed = new ArrayList<>();

    Duties(Rules rules, Act act, Citation clause) {
        this.rules = rules;
        this.act = act;
        this.clause = clause;
    }

    /** By the clause that permits. */
    List<Obligation> owed(Terms terms) {
        switch (terms) {
            case Terms.Reconcile reconcile -> matching(reconcile.index());
            case Terms.Probe probe -> {
                matching(probe.index());
                if (act.name() != ActName.INDEX) {
                    owe(Obligation.Duty.TELL_OF_HIT, probe.tellOfHit().toString());
                }
            }
            case Terms.Passing passing -> handedOver(passing.handover());
            default -> {
                // An announcement that everybody has countersigned owes nothing.
            }
        }
        return owed;
    }

    private void owe(Obligation.Duty duty, String term) {
        owed.add(new Obligation(clause, duty, term));
    }

    private void matching(Terms.Index index) {
        if (act.name() == ActName.INDEX) {
            return;
        }
        owe(Obligation.Duty.CONFIRM_LEAD, "");
        if (index.mode() == Words.MatchMode.SHARED_INDEX) {
            owe(Obligation.Duty.DELETE_TAGS, "");
        }
    }

    private void handedOver(Terms.Handover handover) {
        switch (act) {
            case Act.Request _ -> answered();
            case Act.Release release -> supplied(release.item().envelope(), handover);
            case Act.Disseminate disseminate -> supplied(disseminate.item().envelope(), handover);
            case Act.Contribute contribute -> supplied(contribute.item().envelope(), handover);
            case Act.Forward forward -> {
                marked(forward.received().envelope());
                eraseBy(forward.received(), handover.retention().keep());
            }
            case Act.Use use -> used(use, handover.use());
            case Act.Export export -> {
                owe(Obligation.Duty.LIST_FOR_RECALL, "");
                eraseBy(export.received(), handover.retention().keep());
            }
            case Act.Retain retain -> retained(retain.received(), handover.retention());
            case Act.Probe _, Act.Watch _, Act.Reconcile _, Act.Index _, Act.Announce _ ->
                throw new IllegalStateException("nothing is handed over");
        }
    }

    private void answered() {
        rules.bearings().answer().ifPresent(answer -> {
            Citation where = new Citation(clause.memorandum(), answer.number());
            owed.add(new Obligation(
                    where,
                    Obligation.Duty.ACKNOWLEDGE_WITHIN,
                    answer.terms().acknowledge().toString()));
            owed.add(new Obligation(
                    where,
                    Obligation.Duty.ANSWER_WITHIN,
                    answer.terms().answer().toString()));
        });
    }

    private void supplied(Envelope envelope, Terms.Handover handover) {
        marked(envelope);
        owe(
                Obligation.Duty.ERASE_BY,
                Days.erasure(envelope, act.circumstances().day()).toString());
        owe(Obligation.Duty.USE_AS_EVIDENCE, handover.use().asEvidence().word());
        owe(Obligation.Duty.ONWARD, handover.onward().others().word());
        envelope.listStatus()
                .ifPresent(status ->
                        owe(Obligation.Duty.KEEP_STATUS, status.since().toString()));
        rules.bearings()
                .statusNotices()
                .ifPresent(notices -> owed.add(new Obligation(
                        new Citation(clause.memorandum(), notices.number()),
                        Obligation.Duty.TELL_OF_STATUS,
                        notices.terms().within().toString())));
    }

    private void marked(Envelope envelope) {
        owe(Obligation.Duty.HANDLE_AS, envelope.marking().handling().code().word());
    }

    private void eraseBy(Received received, Term keep) {
        owe(Obligation.Duty.ERASE_BY, Days.lastDay(received, keep).toString());
    }

    private void used(Act.Use use, Terms.Use terms) {
        Optional<Term> told = terms.threat().told();
        if (use.manner() == Manner.IMMEDIATE_THREAT && told.isPresent()) {
            owe(Obligation.Duty.TELL_OF_USE, told.get().toString());
        }
        if (use.manner() == Manner.INTELLIGENCE) {
            owe(Obligation.Duty.CONFIRM_LEAD, "");
        }
    }

    private void retained(Received received, Terms.Retention terms) {
        Optional<LegalHold> hold = received.hold();
        if (hold.isEmpty() || !act.circumstances().day().isAfter(Days.lastDay(received, terms.keep()))) {
            eraseBy(received, terms.keep());
            return;
        }
        if (terms.legalHold() == Words.LegalHold.RESTRICTED) {
            owe(Obligation.Duty.RESTRICT, "");
        }
        owe(Obligation.Duty.REVIEW_BY, hold.get().review().toString());
    }
}
