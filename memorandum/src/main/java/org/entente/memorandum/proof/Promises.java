package org.entente.memorandum.proof;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Facts;
import org.entente.memorandum.decision.Rules;
import org.entente.memorandum.decision.Ruling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Promise;
import org.entente.memorandum.language.Property;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;

/**
 * What each promise means in a case, said without a look at how the engine decides: from the facts, the text's names and what was ruled. Those of two
 * acts in a row let the engine rule again on the same case with one fact changed.
 */
final class Promises {
    /** What may come between an act and its being tried again. */
    private static final List<Facts.State> OVER = List.of(
            new Facts.State.Suspended(Case.DECLARED),
            new Facts.State.Withdrawn(Case.DECLARED),
            new Facts.State.Superseded());

    private static final Set<PersonCategory> PROTECTED =
            Set.of(PersonCategory.VICTIM, PersonCategory.WITNESS, PersonCategory.MINOR, PersonCategory.SOURCE);

    private final Rules rules;
    private final Memorandum memorandum;
    private final Case facts;
    private final List<LocalDate> lastDays;

    /** Promises about cases that are one object, whose answers change from one case to the next. */
    Promises(Rules rules, Case facts) {
        this.rules = rules;
        this.memorandum = rules.memorandum();
        this.facts = facts;
        this.lastDays = memorandum.clausesOf(Terms.Force.class).stream()
                .flatMap(clause -> clause.terms().ends().stream())
                .toList();
    }

    boolean kept(Promise promise, Ruling ruling) {
        return switch (promise) {
            case Property property -> !permitted(ruling) || OwnProperty.keeps(property, memorandum, facts);
            case Never.NO_CONSENT_IN_VAIN ->
                !(ruling instanceof Ruling.ConsentNeeded)
                        || facts.changed(Case.Fact.CONSENTED, true, () -> permitted(rules.rule(facts)));
            case Never.NOTHING_BY_TRYING_AGAIN ->
                !(facts.state() instanceof Facts.State.InForce inForce && facts.reached(inForce.since()))
                        || OVER.stream().allMatch(over -> facts.changed(Case.Fact.STATE, over, () -> noMore(ruling)));
            case Never never -> !permitted(ruling) || kept(never, ruling);
        };
    }

    private static boolean permitted(Ruling ruling) {
        return ruling instanceof Ruling.Permitted;
    }

    /** Tried again, it is refused; but what was kept may be kept on. */
    private boolean noMore(Ruling before) {
        return !permitted(rules.rule(facts)) || (facts.act() == ActName.RETAIN && permitted(before));
    }

    /** Of one case, which is permitted. */
    private boolean kept(Never promise, Ruling ruling) {
        return switch (promise) {
            case NOTHING_FROM_ELSEWHERE ->
                !facts.act().supplies() || withinPartyOfObtainer() || facts.jointlyAuthorised();
            case NOBODY_ACTS_ELSEWHERE -> !facts.act().supplies() || withinObtainer() || facts.jointlyAuthorised();
            case NO_UNNAMED_PURPOSE -> memorandum.purpose(facts.purpose()).isPresent();
            case NO_FORWARD_WITHOUT_CONSENT -> !reachesThird() || facts.originatorConsented();
            case NO_EVIDENCE_WITHOUT_CONSENT ->
                facts.act() != ActName.USE || facts.manner() != Manner.EVIDENCE || facts.originatorConsented();
            case NO_SUSPICIOUS_REPORT_BEYOND_UNITS -> !suspicious() || everybodyIsUnit();
            case NO_PROTECTED_PERSON_INDEXED -> facts.act() != ActName.INDEX || !facts.person(PROTECTED);
            case NO_SENSITIVE_SHARED_INDEX -> !shared(ruling) || !sensitive();
            case NOTHING_NEW_WHILE_SUSPENDED -> facts.act() == ActName.RETAIN || !(over() || clauseSuspended(ruling));
            case NOTHING_KEPT_TOO_LONG -> keptInTime(ruling);
            case NOTHING_UNACCOUNTED -> accountable(ruling);
            case NO_CONSENT_IN_VAIN, NOTHING_BY_TRYING_AGAIN ->
                throw new IllegalStateException("not of one case: " + promise);
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
        if (facts.act().supplies()) {
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
        return category || (facts.act().supplies() && facts.secret(Set.of(SecrecyRegime.SUSPICIOUS_REPORT)));
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

    private boolean shared(Ruling ruling) {
        return switch (terms(ruling)) {
            case Terms.Reconcile clause -> clause.index().mode() == Words.MatchMode.SHARED_INDEX;
            case Terms.Probe clause -> clause.index().mode() == Words.MatchMode.SHARED_INDEX;
            default -> false;
        };
    }

    /** Whether the memorandum has ended, is suspended, or is not yet, or no longer, what the parties have. */
    private boolean over() {
        return lastDays.stream().anyMatch(facts::after)
                || switch (facts.state()) {
                    case Facts.State.Unsigned _ -> true;
                    case Facts.State.InForce inForce -> !facts.reached(inForce.since());
                    case Facts.State.Suspended suspended -> facts.reached(suspended.since());
                    case Facts.State.Withdrawn withdrawn -> facts.reached(withdrawn.ends());
                    case Facts.State.Superseded _ -> true;
                };
    }

    /** Whether the clause that permits is suspended by itself. */
    private boolean clauseSuspended(Ruling ruling) {
        return facts.suspended(ruling.clause()).filter(facts::reached).isPresent();
    }

    private boolean keptInTime(Ruling ruling) {
        Optional<Term> keep = keep(ruling);
        if (keep.isEmpty()) {
            return true;
        }
        if (facts.act().ofReceived() && facts.heldBeyond(keep.get())) {
            return facts.act() == ActName.RETAIN && facts.hold() == Facts.Hold.ORDERED;
        }
        return !facts.act().supplies() || !facts.retainedLonger(keep.get());
    }

    private boolean accountable(Ruling ruling) {
        boolean named = List.of(facts.by(), facts.counterpart()).stream()
                .allMatch(authority -> memorandum.authority(authority).isPresent());
        if (!named || facts.by().party().equals(facts.counterpart().party())) {
            return false;
        }
        return switch (facts.act()) {
            case RECONCILE ->
                facts.legalAdviser(facts.by().party())
                        && facts.legalAdviser(facts.counterpart().party());
            case RETAIN -> !heldByOrder(ruling) || facts.approvedBy(1);
            case PROBE, WATCH, INDEX, REQUEST, RELEASE, DISSEMINATE, CONTRIBUTE, FORWARD, USE, EXPORT, ANNOUNCE ->
                facts.approvedBy(1);
        };
    }

    /** Whether only an order of a court lets it be kept. */
    private boolean heldByOrder(Ruling ruling) {
        return keep(ruling).filter(facts::heldBeyond).isPresent();
    }

    private Optional<Term> keep(Ruling ruling) {
        return terms(ruling) instanceof Terms.Passing clause
                ? Optional.of(clause.handover().retention().keep())
                : Optional.empty();
    }

    private Terms terms(Ruling ruling) {
        return Optional.ofNullable(memorandum.clauses().get(ruling.clause())).orElseThrow();
    }
}
