package org.entente.memorandum.proof;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Facts;
import org.entente.memorandum.decision.Ruling;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;

/**
 * What each promise means in one case, said without a look at how the engine decides: from the facts, the text's names and what was ruled. A
 * case in which nothing is permitted breaks none.
 */
final class Promises {
    private final Memorandum memorandum;
    private final Facts facts;
    private final Ruling ruling;

    Promises(Memorandum memorandum, Facts facts, Ruling ruling) {
        this.memorandum = memorandum;
        this.facts = facts;
        this.ruling = ruling;
    }

    boolean kept(Never promise) {
        return !(ruling instanceof Ruling.Permitted)
                || switch (promise) {
                    case NOTHING_FROM_ELSEWHERE -> !supplies() || withinPartyOfObtainer() || facts.jointlyAuthorised();
                    case NOBODY_ACTS_ELSEWHERE -> !supplies() || withinObtainer() || facts.jointlyAuthorised();
                    case NO_UNNAMED_PURPOSE ->
                        memorandum.purpose(facts.purpose()).isPresent();
                    case NO_FORWARD_WITHOUT_CONSENT -> !reachesThird() || facts.consented(facts.obtainedBy());
                    case NO_EVIDENCE_WITHOUT_CONSENT ->
                        facts.act() != ActName.USE
                                || facts.manner() != Act.Manner.EVIDENCE
                                || facts.consented(facts.obtainedBy());
                    case NO_SUSPICIOUS_REPORT_BEYOND_UNITS -> !suspicious() || everybodyIsUnit();
                    case NO_PROTECTED_PERSON_INDEXED ->
                        facts.act() != ActName.INDEX || facts.person().mayBeIndexed();
                    case NO_SENSITIVE_SHARED_INDEX -> !shared() || !sensitive();
                    case NOTHING_NEW_WHILE_SUSPENDED -> facts.act() == ActName.RETAIN || !(over() || clauseSuspended());
                    case NOTHING_KEPT_TOO_LONG -> keptInTime();
                    case NOTHING_UNACCOUNTED -> accountable();
                };
    }

    private boolean supplies() {
        return switch (facts.act()) {
            case INDEX, RELEASE, DISSEMINATE, CONTRIBUTE -> true;
            case PROBE, WATCH, RECONCILE, REQUEST, FORWARD, USE, EXPORT, RETAIN, ANNOUNCE -> false;
        };
    }

    private boolean receives() {
        return switch (facts.act()) {
            case FORWARD, USE, EXPORT, RETAIN -> true;
            case PROBE, WATCH, RECONCILE, INDEX, REQUEST, RELEASE, DISSEMINATE, CONTRIBUTE, ANNOUNCE -> false;
        };
    }

    private boolean withinPartyOfObtainer() {
        return memorandum
                .party(facts.obtainedBy().party())
                .filter(party -> party.owns(facts.obtainedIn()))
                .isPresent();
    }

    private boolean withinObtainer() {
        return memorandum
                .authority(facts.obtainedBy())
                .filter(authority -> authority.owns(facts.obtainedIn()))
                .isPresent();
    }

    /** Whether somebody gets an item who is of neither its originator's party nor the one that received it. */
    private boolean reachesThird() {
        if (supplies()) {
            return !facts.obtainedBy().party().equals(facts.by().party());
        }
        return facts.act() == ActName.FORWARD
                && !facts.recipient().party().equals(facts.by().party())
                && !facts.recipient().party().equals(facts.counterpart().party());
    }

    private boolean suspicious() {
        boolean category = memorandum
                .category(facts.category())
                .filter(terms -> terms.secrecy() == SecrecyRegime.SUSPICIOUS_REPORT)
                .isPresent();
        return category || (supplies() && facts.secrecy() == SecrecyRegime.SUSPICIOUS_REPORT);
    }

    private boolean everybodyIsUnit() {
        return isUnit(facts.by())
                && isUnit(facts.counterpart())
                && (facts.act() != ActName.FORWARD || isUnit(facts.recipient()));
    }

    private boolean isUnit(AuthorityCode authority) {
        return memorandum
                .authority(authority)
                .map(Party.Authority::kind)
                .filter(kind -> kind == Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT)
                .isPresent();
    }

    private boolean sensitive() {
        return memorandum
                .category(facts.category())
                .map(Named.CategoryTerms::sensitive)
                .orElse(true);
    }

    private boolean shared() {
        return switch (terms()) {
            case Terms.Reconcile clause -> clause.index().mode() == Words.MatchMode.SHARED_INDEX;
            case Terms.Probe clause -> clause.index().mode() == Words.MatchMode.SHARED_INDEX;
            default -> false;
        };
    }

    /** Whether the memorandum has ended, is suspended, or is not yet, or no longer, what the parties have. */
    private boolean over() {
        boolean ended = memorandum.clausesOf(Terms.Force.class).stream()
                .flatMap(clause -> clause.terms().ends().stream())
                .anyMatch(facts::after);
        return ended
                || switch (facts.state()) {
                    case Facts.State.Unsigned _ -> true;
                    case Facts.State.InForce inForce -> !facts.reached(inForce.since());
                    case Facts.State.Suspended suspended -> facts.reached(suspended.since());
                    case Facts.State.Withdrawn withdrawn -> facts.reached(withdrawn.ends());
                    case Facts.State.Superseded _ -> true;
                };
    }

    /** Whether the clause that permits is suspended by itself. */
    private boolean clauseSuspended() {
        return facts.suspended(ruling.clause()).filter(facts::reached).isPresent();
    }

    private boolean keptInTime() {
        Optional<Term> keep = keep();
        if (keep.isEmpty()) {
            return true;
        }
        if (receives() && facts.heldBeyond(keep.get())) {
            return facts.act() == ActName.RETAIN && facts.hold() == Facts.Hold.ORDERED;
        }
        return !supplies() || !facts.retainedLonger(keep.get());
    }

    private boolean accountable() {
        boolean named = List.of(facts.by(), facts.counterpart()).stream()
                .allMatch(authority -> memorandum.authority(authority).isPresent());
        if (!named || facts.by().party().equals(facts.counterpart().party())) {
            return false;
        }
        return switch (facts.act()) {
            case RECONCILE ->
                facts.legalAdviser(facts.by().party())
                        && facts.legalAdviser(facts.counterpart().party());
            case RETAIN -> !heldByOrder() || facts.approvedBy(1);
            case PROBE, WATCH, INDEX, REQUEST, RELEASE, DISSEMINATE, CONTRIBUTE, FORWARD, USE, EXPORT, ANNOUNCE ->
                facts.approvedBy(1);
        };
    }

    /** Whether only an order of a court lets it be kept. */
    private boolean heldByOrder() {
        return keep().filter(facts::heldBeyond).isPresent();
    }

    private Optional<Term> keep() {
        return terms() instanceof Terms.Passing clause
                ? Optional.of(clause.handover().retention().keep())
                : Optional.empty();
    }

    private Terms terms() {
        return Optional.ofNullable(memorandum.clauses().get(ruling.clause())).orElseThrow();
    }
}
