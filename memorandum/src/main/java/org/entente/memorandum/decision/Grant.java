package org.entente.memorandum.decision;

import java.time.Instant;
import java.util.Optional;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;

/** One clause that grants an act of this kind between these authorities, and whether its terms are met. */
final class Grant {
    private final Rules rules;
    private final ClauseNumber number;
    private final Terms terms;

    Grant(Rules rules, ClauseNumber number, Terms terms) {
        this.rules = rules;
        this.number = number;
        this.terms = terms;
    }

    Terms terms() {
        return terms;
    }

    Ruling judge(Facts facts) {
        Optional<Reason> failed = rules.bearings().resting(number, facts).or(() -> missing(facts));
        if (failed.isEmpty()) {
            return new Ruling.Permitted(number);
        }
        Reason reason = failed.get();
        return reason == Reason.ORIGINATOR_CONSENT
                ? new Ruling.ConsentNeeded(number, reason)
                : rules.refused(reason, number);
    }

    private Optional<Reason> missing(Facts facts) {
        return switch (terms) {
            case Terms.Reconcile clause ->
                facts.act() == ActName.INDEX ? indexed(facts, clause.index()) : reconciled(facts, clause);
            case Terms.Probe clause ->
                switch (facts.act()) {
                    case INDEX -> indexed(facts, clause.index());
                    case WATCH -> watched(facts, clause);
                    default -> probed(facts, clause);
                };
            case Terms.Passing clause -> handedOver(facts, clause);
            case Terms.Announce clause -> announced(facts, clause);
            default -> throw new IllegalStateException("a clause that grants nothing: " + number);
        };
    }

    private Optional<Reason> probed(Facts facts, Terms.Probe clause) {
        return given(facts, clause.needs())
                .or(() -> approved(facts, clause.needs().officers()))
                .or(() -> largeEnough(facts, clause.index()))
                .or(() -> withinQuota(facts, clause));
    }

    private Optional<Reason> watched(Facts facts, Terms.Probe clause) {
        return given(facts, clause.needs())
                .or(() -> approved(facts, clause.needs().officers()))
                .or(() -> largeEnough(facts, clause.index()))
                .or(() -> rounds(facts, clause.watch().orElseThrow()))
                .or(() -> withinQuota(facts, clause));
    }

    private static Optional<Reason> rounds(Facts facts, Terms.Watch allowed) {
        Rounds rounds = facts.rounds();
        Instant begins = rounds.begins();
        if (rounds.until().isAfter(allowed.longest().after(begins))) {
            return Optional.of(Reason.WATCH_TOO_LONG);
        }
        if (rounds.each().after(begins).isBefore(allowed.each().after(begins))) {
            return Optional.of(Reason.WATCH_TOO_OFTEN);
        }
        return facts.reached(rounds.until()) ? Optional.of(Reason.WATCH_OVER) : Optional.empty();
    }

    private Optional<Reason> reconciled(Facts facts, Terms.Reconcile clause) {
        if (!facts.legalAdviser(facts.by().party())) {
            return Optional.of(Reason.ACTOR_ADVISER);
        }
        if (!facts.legalAdviser(facts.counterpart().party())) {
            return Optional.of(Reason.COUNTERPART_ADVISER);
        }
        return largeEnough(facts, clause.index());
    }

    private Optional<Reason> indexed(Facts facts, Terms.Index index) {
        return approved(facts, 1)
                .or(() -> ItemRules.own(rules, facts))
                .or(() -> ItemRules.indexable(facts, index.clearedEntries()))
                .or(() -> ItemRules.obtainerConsents(facts));
    }

    private Optional<Reason> handedOver(Facts facts, Terms.Passing clause) {
        Terms.Needs needs = clause.needs();
        Terms.Handover handover = clause.handover();
        return switch (facts.act()) {
            case REQUEST -> given(facts, needs).or(() -> approved(facts, needs.officers()));
            case RELEASE, CONTRIBUTE -> supplied(facts, needs, handover);
            case DISSEMINATE -> unasked().or(() -> supplied(facts, needs, handover));
            case USE -> approved(facts, 1).or(() -> ReceivedRules.used(rules, facts, clause));
            case FORWARD -> approved(facts, 1).or(() -> ReceivedRules.forwarded(rules, facts, handover));
            case EXPORT -> approved(facts, 1).or(() -> ReceivedRules.exported(facts, handover));
            case RETAIN -> ReceivedRules.kept(facts, clause).or(() -> heldUnderSignature(facts));
            case PROBE, WATCH, RECONCILE, INDEX, ANNOUNCE ->
                throw new IllegalStateException("no clause on handing over grants it: " + facts.act());
        };
    }

    private Optional<Reason> supplied(Facts facts, Terms.Needs needs, Terms.Handover handover) {
        return given(facts, needs)
                .or(() -> approved(facts, needs.officers()))
                .or(() -> ItemRules.own(rules, facts))
                .or(() -> ItemRules.marked(facts, handover))
                .or(() -> ItemRules.obtainerConsents(facts));
    }

    private Optional<Reason> unasked() {
        return terms instanceof Terms.Release release && release.on() == Words.Occasion.REQUEST_OR_OWN_INITIATIVE
                ? Optional.empty()
                : Optional.of(Reason.NOT_REQUESTED);
    }

    /** Keeping is nobody's decision; keeping longer, by order of a court, is. */
    private Optional<Reason> heldUnderSignature(Facts facts) {
        return facts.hold() == Facts.Hold.NONE ? Optional.empty() : approved(facts, 1);
    }

    private Optional<Reason> announced(Facts facts, Terms.Announce clause) {
        return approved(facts, 1).or(() -> {
            boolean all = clause.rule() == Words.AnnounceRule.FREELY
                    || facts.announced().stream()
                            .allMatch(party -> party.equals(facts.by().party()) || facts.countersigned(party));
            return all ? Optional.empty() : Optional.of(Reason.NOT_COUNTERSIGNED);
        });
    }

    private static Optional<Reason> given(Facts facts, Terms.Needs needs) {
        if (needs.caseReference() && !facts.caseGiven()) {
            return Optional.of(Reason.NEEDS_CASE);
        }
        return needs.legalBasis() && !facts.legalBasisGiven()
                ? Optional.of(Reason.NEEDS_LEGAL_BASIS)
                : Optional.empty();
    }

    private Optional<Reason> approved(Facts facts, int officers) {
        return facts.approvedBy(officersNeeded(rules, facts, officers))
                ? Optional.empty()
                : Optional.of(Reason.NEEDS_OFFICERS);
    }

    /** What is sensitive takes two. */
    static int officersNeeded(Rules rules, Facts facts, int officers) {
        return rules.category(facts).sensitive() ? Math.max(2, officers) : officers;
    }

    private static Optional<Reason> largeEnough(Facts facts, Terms.Index index) {
        return facts.indexHolds(index.identifiersMin()) ? Optional.empty() : Optional.of(Reason.INDEX_TOO_SMALL);
    }

    private static Optional<Reason> withinQuota(Facts facts, Terms.Probe clause) {
        return facts.within(clause.quota()) ? Optional.empty() : Optional.of(Reason.QUOTA);
    }
}
