package org.entente.memorandum.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;

/**
 * One clause that grants one kind of act, and what it demands: made ready as a list of checks, of which the first that is not met is the answer. Their order
 * is the specification's; where consent is missing that comes last, so that nobody is asked in vain.
 */
final class Grant {
    private final Rules rules;
    private final ClauseNumber number;
    private final Terms terms;
    private final List<Check> checks;

    Grant(Rules rules, ClauseNumber number, Terms terms, ActName act) {
        this.rules = rules;
        this.number = number;
        this.terms = terms;
        this.checks = List.copyOf(checks(act));
    }

    Terms terms() {
        return terms;
    }

    Ruling judge(NamedCase named) {
        Optional<Reason> resting = rules.bearings().resting(number, named.facts());
        if (resting.isPresent()) {
            return rules.refused(resting.get(), number);
        }
        for (Check check : checks) {
            Optional<Reason> missing = check.missing(named);
            if (missing.isPresent()) {
                return missing(missing.get());
            }
        }
        return new Ruling.Permitted(number);
    }

    private Ruling missing(Reason reason) {
        return reason == Reason.ORIGINATOR_CONSENT
                ? new Ruling.ConsentNeeded(number, reason)
                : rules.refused(reason, number);
    }

    private List<Check> checks(ActName act) {
        return switch (terms) {
            case Terms.Reconcile clause ->
                act == ActName.INDEX
                        ? indexed(clause.index())
                        : List.of(Grant::actorsAdviser, Grant::counterpartsAdviser, largeEnough(clause.index()));
            case Terms.Probe clause ->
                switch (act) {
                    case INDEX -> indexed(clause.index());
                    case WATCH ->
                        List.of(
                                given(clause.needs()),
                                approved(clause.needs().officers()),
                                largeEnough(clause.index()),
                                rounds(clause.watch().orElseThrow()),
                                withinQuota(clause));
                    default ->
                        List.of(
                                given(clause.needs()),
                                approved(clause.needs().officers()),
                                largeEnough(clause.index()),
                                withinQuota(clause));
                };
            case Terms.Passing clause -> passed(act, clause);
            case Terms.Announce clause -> List.of(approved(1), countersigned(clause));
            default -> throw new IllegalStateException("a clause that grants nothing: " + number);
        };
    }

    private List<Check> passed(ActName act, Terms.Passing clause) {
        Terms.Needs needs = clause.needs();
        Terms.Handover handover = clause.handover();
        return switch (act) {
            case REQUEST -> List.of(given(needs), approved(needs.officers()));
            case RELEASE, CONTRIBUTE -> supplied(needs, handover);
            case DISSEMINATE -> unasked() ? supplied(needs, handover) : List.of(_ -> Optional.of(Reason.NOT_REQUESTED));
            case USE -> List.of(approved(1), named -> ReceivedRules.used(rules, named.facts(), clause));
            case FORWARD -> List.of(approved(1), named -> ReceivedRules.forwarded(rules, named, handover));
            case EXPORT -> List.of(approved(1), named -> ReceivedRules.exported(named.facts(), handover));
            case RETAIN -> List.of(named -> ReceivedRules.kept(named.facts(), clause), Grant::heldUnderSignature);
            case PROBE, WATCH, RECONCILE, INDEX, ANNOUNCE ->
                throw new IllegalStateException("no clause on handing over grants it: " + act);
        };
    }

    private boolean unasked() {
        return terms instanceof Terms.Release release && release.on() == Words.Occasion.REQUEST_OR_OWN_INITIATIVE;
    }

    private List<Check> supplied(Terms.Needs needs, Terms.Handover handover) {
        List<Check> checks = new ArrayList<>(List.of(given(needs), approved(needs.officers())));
        checks.addAll(ItemRules.own(rules));
        checks.add(named -> ItemRules.marked(named.facts(), handover));
        checks.add(named -> ItemRules.obtainerConsents(named.facts()));
        return checks;
    }

    private List<Check> indexed(Terms.Index index) {
        List<Check> checks = new ArrayList<>(List.of(approved(1)));
        checks.addAll(ItemRules.own(rules));
        checks.add(named -> ItemRules.indexable(named.facts(), index.clearedEntries()));
        checks.add(named -> ItemRules.obtainerConsents(named.facts()));
        return checks;
    }

    private static Check given(Terms.Needs needs) {
        return named -> {
            if (needs.caseReference() && !named.facts().caseGiven()) {
                return Optional.of(Reason.NEEDS_CASE);
            }
            return failed(needs.legalBasis() && !named.facts().legalBasisGiven(), Reason.NEEDS_LEGAL_BASIS);
        };
    }

    private static Check approved(int officers) {
        return named -> failed(!named.facts().approvedBy(named.officersNeeded(officers)), Reason.NEEDS_OFFICERS);
    }

    /** Keeping is nobody's decision; keeping longer, by order of a court, is. */
    private static Optional<Reason> heldUnderSignature(NamedCase named) {
        return named.facts().hold() == Facts.Hold.NONE
                ? Optional.empty()
                : approved(1).missing(named);
    }

    private static Optional<Reason> actorsAdviser(NamedCase named) {
        return failed(!named.facts().legalAdviser(named.facts().by().party()), Reason.ACTOR_ADVISER);
    }

    private static Optional<Reason> counterpartsAdviser(NamedCase named) {
        return failed(!named.facts().legalAdviser(named.facts().counterpart().party()), Reason.COUNTERPART_ADVISER);
    }

    private static Check largeEnough(Terms.Index index) {
        return named -> failed(!named.facts().indexHolds(index.identifiersMin()), Reason.INDEX_TOO_SMALL);
    }

    private static Check withinQuota(Terms.Probe clause) {
        return named -> failed(!named.facts().within(clause.quota()), Reason.QUOTA);
    }

    private static Check rounds(Terms.Watch allowed) {
        return named -> {
            Rounds rounds = named.facts().rounds();
            Instant begins = rounds.begins();
            if (rounds.until().isAfter(allowed.longest().after(begins))) {
                return Optional.of(Reason.WATCH_TOO_LONG);
            }
            if (rounds.each().after(begins).isBefore(allowed.each().after(begins))) {
                return Optional.of(Reason.WATCH_TOO_OFTEN);
            }
            return failed(named.facts().reached(rounds.until()), Reason.WATCH_OVER);
        };
    }

    private static Check countersigned(Terms.Announce clause) {
        return named -> failed(
                clause.rule() != Words.AnnounceRule.FREELY
                        && !named.facts().announced().stream().allMatch(party -> hasSigned(named.facts(), party)),
                Reason.NOT_COUNTERSIGNED);
    }

    private static boolean hasSigned(Facts facts, PartyCode party) {
        return party.equals(facts.by().party()) || facts.countersigned(party);
    }

    private static Optional<Reason> failed(boolean failed, Reason reason) {
        return failed ? Optional.of(reason) : Optional.empty();
    }
}
