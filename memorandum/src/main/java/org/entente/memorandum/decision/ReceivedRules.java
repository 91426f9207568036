package org.entente.memorandum.decision;

import java.util.Optional;
import java.util.Set;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;

/** What may be done with an item that somebody else supplied: it stays its originator's, whoever holds it. */
final class ReceivedRules {
    private ReceivedRules() {}

    /** For the purposes that the clause and the supplier name, freely as intelligence; for anything else as the clause says. */
    static Optional<Reason> used(Rules rules, Facts facts, Terms.Passing clause) {
        Terms.Use use = clause.handover().use();
        return suppliedUnder(facts, clause)
                .or(() -> atHand(facts, clause.handover().retention()))
                .or(() -> switch (facts.manner()) {
                    case IMMEDIATE_THREAT -> threat(rules, facts, use.threat());
                    case EVIDENCE -> both(purpose(facts, clause), evidence(facts, use));
                    case INTELLIGENCE -> purpose(facts, clause);
                });
    }

    /** A clause has no say in an item that serves none of its purposes, for that was not supplied under it. */
    private static Optional<Reason> suppliedUnder(Facts facts, Terms.Passing clause) {
        return facts.suppliedFor(clause.scope().purposes()) ? Optional.empty() : Optional.of(Reason.PURPOSE_NOT_SERVED);
    }

    private static Optional<Reason> threat(Rules rules, Facts facts, Terms.Threat threat) {
        boolean allowed = switch (threat.reach()) {
            case NEVER -> false;
            case NAMED -> rules.named(facts.purpose());
            case ANY -> true;
        };
        return allowed ? Optional.empty() : Optional.of(Reason.NO_THREAT_USE);
    }

    private static Optional<Reason> purpose(Facts facts, Terms.Passing clause) {
        return clause.scope().purposes().contains(facts.purpose()) && facts.purposeServed()
                ? Optional.empty()
                : consent(facts, clause.handover().use().otherPurpose(), Reason.OTHER_PURPOSE);
    }

    /** What must both be so; a refusal counts before a consent that is missing, so that nobody is asked in vain. */
    private static Optional<Reason> both(Optional<Reason> one, Optional<Reason> other) {
        return one.filter(reason -> reason != Reason.ORIGINATOR_CONSENT)
                .or(() -> other)
                .or(() -> one);
    }

    /** An item marked H1 or above goes to no court without the consent of who obtained it, whatever the clause says. */
    private static Optional<Reason> evidence(Facts facts, Terms.Use use) {
        Words.Consent demanded = use.asEvidence() == Words.Consent.FREELY && facts.marked(Handling.Code.H1)
                ? Words.Consent.WITH_CONSENT
                : use.asEvidence();
        return consent(facts, demanded, Reason.NOT_EVIDENCE);
    }

    /** To those that the clause names, or the request named; to anybody else as the clause says. What is marked H2 or above, only with consent. */
    static Optional<Reason> forwarded(Rules rules, NamedCase named, Terms.Handover handover) {
        Facts facts = named.facts();
        Set<Words.AuthorityKind> kinds = facts.secret(ItemRules.REPORT)
                ? Rules.UNITS
                : Rules.kinds(named.category().terms());
        if (!kinds.isEmpty() && !rules.isOf(kinds, facts.recipient())) {
            return Optional.of(Reason.RECIPIENT_KIND);
        }
        return atHand(facts, handover.retention())
                .or(() -> facts.purposeServed() ? Optional.empty() : Optional.of(Reason.PURPOSE_NOT_SERVED))
                .or(() -> consent(facts, onward(facts, handover.onward()), Reason.NOT_ONWARD));
    }

    private static Words.Consent onward(Facts facts, Terms.Onward onward) {
        boolean named = onward.to().contains(facts.recipient()) || presumed(facts, onward);
        Words.Consent clause = named ? Words.Consent.FREELY : onward.others();
        return clause == Words.Consent.FREELY && facts.marked(Handling.Code.H2) ? Words.Consent.WITH_CONSENT : clause;
    }

    /** Whoever asks names those of its own party for whom it asks; for a third party's nobody is presumed to consent. */
    private static boolean presumed(Facts facts, Terms.Onward onward) {
        return onward.namedInRequest() == Words.NamedInRequest.PRESUMED
                && facts.recipient().party().equals(facts.by().party())
                && facts.namedInRequest();
    }

    static Optional<Reason> exported(Facts facts, Terms.Handover handover) {
        return atHand(facts, handover.retention())
                .or(() -> facts.purposeServed() ? Optional.empty() : Optional.of(Reason.PURPOSE_NOT_SERVED))
                .or(() -> consent(facts, handover.export(), Reason.NO_EXPORT));
    }

    /**
     * Nothing is done with what is challenged, and nothing with what should be gone or is only held for a court; what a court holds in use may be used, and
     * goes nowhere any more.
     */
    private static Optional<Reason> atHand(Facts facts, Terms.Retention retention) {
        if (!facts.itemCategory().equals(facts.category())) {
            return Optional.of(Reason.OTHER_CATEGORY);
        }
        if (facts.challenged()) {
            return Optional.of(Reason.CHALLENGED);
        }
        if (!facts.heldBeyond(retention.keep())) {
            return Optional.empty();
        }
        return facts.act() == ActName.USE
                        && retention.legalHold() == Words.LegalHold.IN_USE
                        && facts.hold() == Facts.Hold.ORDERED
                ? Optional.empty()
                : Optional.of(Reason.HELD_TOO_LONG);
    }

    /** Until its own time or the clause's is over, whichever ends first; longer only by order of a court, where the clause allows that. */
    static Optional<Reason> kept(Facts facts, Terms.Passing clause) {
        return suppliedUnder(facts, clause)
                .or(() -> kept(facts, clause.handover().retention()));
    }

    private static Optional<Reason> kept(Facts facts, Terms.Retention retention) {
        if (!facts.itemCategory().equals(facts.category())) {
            return Optional.of(Reason.OTHER_CATEGORY);
        }
        if (!facts.heldBeyond(retention.keep())) {
            return Optional.empty();
        }
        return switch (facts.hold()) {
            case NONE -> Optional.of(Reason.HELD_TOO_LONG);
            case ORDERED ->
                retention.legalHold() == Words.LegalHold.NEVER
                        ? Optional.of(Reason.HOLD_NOT_ALLOWED)
                        : Optional.empty();
            case OVERDUE -> Optional.of(Reason.HOLD_REVIEW);
        };
    }

    private static Optional<Reason> consent(Facts facts, Words.Consent demanded, Reason otherwise) {
        return switch (demanded) {
            case FREELY -> Optional.empty();
            case WITH_CONSENT ->
                facts.originatorConsented() ? Optional.empty() : Optional.of(Reason.ORIGINATOR_CONSENT);
            case NEVER -> Optional.of(otherwise);
        };
    }
}
