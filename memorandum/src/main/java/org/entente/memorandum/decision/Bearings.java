package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;

/** The clauses of which a memorandum has at most one, and what they say whatever an act is about. */
final class Bearings {
    private final ClauseNumber closing;
    private final ClauseNumber nature;
    private final Memorandum.Numbered<Terms.Suspend> suspension;
    private final Memorandum.Numbered<Terms.Territorial> territory;
    private final Optional<Memorandum.Numbered<Terms.Withdraw>> withdrawal;
    private final Optional<Memorandum.Numbered<Terms.Amend>> amendment;
    private final Optional<Memorandum.Numbered<Terms.Force>> force;
    private final Optional<LocalDate> from;
    private final Optional<LocalDate> ends;
    private final Optional<Memorandum.Numbered<Terms.JointGroup>> group;
    private final Set<AuthorityCode> members;
    private final Optional<Memorandum.Numbered<Terms.Answer>> answer;
    private final Optional<Memorandum.Numbered<Terms.StatusNotices>> statusNotices;
    private final Map<SecrecyRegime, Set<SecrecyRegime>> covered = new EnumMap<>(SecrecyRegime.class);

    Bearings(Memorandum memorandum) {
        this.closing = memorandum.mandatory(Terms.NotNamed.class);
        this.nature = memorandum.mandatory(Terms.LegalNature.class);
        this.suspension = memorandum.clausesOf(Terms.Suspend.class).getFirst();
        this.territory = memorandum.clausesOf(Terms.Territorial.class).getFirst();
        this.withdrawal = one(memorandum, Terms.Withdraw.class);
        this.amendment = one(memorandum, Terms.Amend.class);
        this.force = one(memorandum, Terms.Force.class);
        this.from = force.flatMap(clause -> clause.terms().from());
        this.ends = force.flatMap(clause -> clause.terms().ends());
        this.group = one(memorandum, Terms.JointGroup.class);
        this.members = new HashSet<>();
        group.ifPresent(clause -> members.addAll(clause.terms().members()));
        this.answer = one(memorandum, Terms.Answer.class);
        this.statusNotices = one(memorandum, Terms.StatusNotices.class);
        for (SecrecyRegime regime : SecrecyRegime.values()) {
            Set<SecrecyRegime> alike = EnumSet.of(SecrecyRegime.NONE, regime);
            memorandum.clausesOf(Terms.EquivalentSecrecy.class).stream()
                    .map(clause -> clause.terms().regimes())
                    .filter(regimes -> regimes.contains(regime))
                    .forEach(alike::addAll);
            covered.put(regime, alike);
        }
    }

    private static <T extends Terms> Optional<Memorandum.Numbered<T>> one(Memorandum memorandum, Class<T> kind) {
        return memorandum.clausesOf(kind).stream().findFirst();
    }

    ClauseNumber closing() {
        return closing;
    }

    Terms.Territorial territory() {
        return territory.terms();
    }

    Optional<Terms.JointGroup> group() {
        return group.map(Memorandum.Numbered::terms);
    }

    boolean inGroup(AuthorityCode authority) {
        return members.contains(authority);
    }

    Optional<Memorandum.Numbered<Terms.Answer>> answer() {
        return answer;
    }

    Optional<Memorandum.Numbered<Terms.StatusNotices>> statusNotices() {
        return statusNotices;
    }

    /** The secrecy that an item may be under in a category that provides for one: none, that one, or what a clause says protects alike. */
    Set<SecrecyRegime> covered(SecrecyRegime category) {
        return covered.getOrDefault(category, Set.of());
    }

    /** Why nothing but a surviving duty may be done now; empty while the memorandum is in force. */
    Optional<Reason> standing(Facts facts) {
        if (notYet(facts)) {
            return Optional.of(Reason.NOT_IN_FORCE);
        }
        Optional<Reason> over = over(facts);
        return over.isEmpty() || survives(over.get(), facts) ? Optional.empty() : over;
    }

    private boolean notYet(Facts facts) {
        boolean agreed = switch (facts.state()) {
            case Facts.State.Unsigned _ -> false;
            case Facts.State.InForce inForce -> facts.reached(inForce.since());
            case Facts.State.Suspended _, Facts.State.Withdrawn _, Facts.State.Superseded _ -> true;
        };
        return !agreed || (from.isPresent() && facts.before(from.get()));
    }

    private Optional<Reason> over(Facts facts) {
        return switch (facts.state()) {
            case Facts.State.Suspended suspended
            when !stillHolds(suspended.since(), facts) -> Optional.of(Reason.SUSPENDED);
            case Facts.State.Withdrawn withdrawn when facts.reached(withdrawn.ends()) -> Optional.of(Reason.WITHDRAWN);
            case Facts.State.Superseded _ -> Optional.of(Reason.SUPERSEDED);
            default -> ends.isPresent() && facts.after(ends.get()) ? Optional.of(Reason.ENDED) : Optional.empty();
        };
    }

    /** Why a clause that grants does not grant now: it is suspended by itself, on the terms on which the whole can be. */
    Optional<Reason> resting(ClauseNumber clause, Facts facts) {
        Optional<Instant> since = facts.suspended(clause);
        return since.isEmpty() || stillHolds(since.get(), facts) || survives(Reason.CLAUSE_SUSPENDED, facts)
                ? Optional.empty()
                : Optional.of(Reason.CLAUSE_SUSPENDED);
    }

    /** A memorandum may say that a suspension takes effect only after a term. Of what lies before the suspension nothing is known any more. */
    private boolean stillHolds(Instant suspended, Facts facts) {
        return suspension
                .terms()
                .effect()
                .filter(term -> facts.reached(suspended) && !facts.reached(term.after(suspended)))
                .isPresent();
    }

    /**
     * What a party may still do with what it has, once a memorandum that was in force permits nothing new. Under a version whose place a newer one has taken it
     * keeps what it has; whatever else it does, it does under the newer one.
     */
    private boolean survives(Reason reason, Facts facts) {
        Optional<Words.SurvivingDuty> duty = switch (facts.act()) {
            case RETAIN -> Optional.of(Words.SurvivingDuty.RETENTION);
            case USE -> Optional.of(Words.SurvivingDuty.USE);
            case RELEASE -> Optional.of(Words.SurvivingDuty.ANSWERS);
            case PROBE, WATCH, RECONCILE, INDEX, REQUEST, DISSEMINATE, FORWARD, EXPORT, CONTRIBUTE, ANNOUNCE ->
                Optional.empty();
        };
        return reason != Reason.NOT_IN_FORCE
                && (reason != Reason.SUPERSEDED || facts.act() == ActName.RETAIN)
                && duty.filter(named -> suspension.terms().surviving().contains(named))
                        .isPresent();
    }

    /** The clause that a reason comes from, when it is none of those that grant. */
    Optional<ClauseNumber> clause(Reason reason) {
        return switch (reason) {
            case NOT_IN_FORCE ->
                force.filter(clause -> clause.terms().from().isPresent())
                        .map(Memorandum.Numbered::number)
                        .or(() -> Optional.of(nature));
            case ENDED -> force.map(Memorandum.Numbered::number);
            case SUSPENDED, CLAUSE_SUSPENDED -> Optional.of(suspension.number());
            case SUPERSEDED -> amendment.map(Memorandum.Numbered::number).or(() -> Optional.of(nature));
            case WITHDRAWN -> withdrawal.map(Memorandum.Numbered::number).or(() -> Optional.of(suspension.number()));
            case ACTOR_NOT_IN_GROUP, COUNTERPART_NOT_IN_GROUP, GROUP_TERM -> group.map(Memorandum.Numbered::number);
            case OBTAINER_NOT_NAMED, PLACE_UNKNOWN, TERRITORY, CHALLENGED -> Optional.of(territory.number());
            case ACTOR_NOT_NAMED,
                    COUNTERPART_NOT_NAMED,
                    ONE_PARTY,
                    PURPOSE_NOT_NAMED,
                    CATEGORY_NOT_NAMED,
                    ACTOR_KIND,
                    COUNTERPART_KIND,
                    RECIPIENT_KIND,
                    ACT_NOT_NAMED,
                    PURPOSE_NOT_SERVED,
                    PERSON_NOT_INDEXED -> Optional.of(closing);
            case NOT_REQUESTED,
                    NEEDS_CASE,
                    NEEDS_LEGAL_BASIS,
                    NEEDS_OFFICERS,
                    ACTOR_ADVISER,
                    COUNTERPART_ADVISER,
                    INDEX_TOO_SMALL,
                    QUOTA,
                    WATCH_TOO_LONG,
                    WATCH_TOO_OFTEN,
                    WATCH_OVER,
                    OTHER_CATEGORY,
                    SECRECY,
                    CLEARED_NOT_INDEXED,
                    NOT_GRADED,
                    HANDLING,
                    RETENTION,
                    ORIGINATOR_CONSENT,
                    HELD_TOO_LONG,
                    HOLD_NOT_ALLOWED,
                    HOLD_REVIEW,
                    OTHER_PURPOSE,
                    NOT_EVIDENCE,
                    NO_THREAT_USE,
                    NOT_ONWARD,
                    NO_EXPORT,
                    NOT_COUNTERSIGNED -> Optional.empty();
        };
    }
}
