package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;

/**
 * Section 3 of docs/spec/memorandum.md once more, in its order and without any thought of speed: the numbers in the code are those of its checks. It says which of the three answers an
 * act gets, and not why.
 *
 * <p>Where the text leaves something open, this model takes what refuses more, and so must the engine:
 * <ul>
 * <li>Nothing survives a memorandum that never held: a draft, and one that is not yet in force.
 * <li>Of the time before the declaration of a suspension nothing is known any more; it counts as suspended.
 * <li>Where a newer version has taken the place of one, only retaining survives the older.
 * <li>That an answer which survives a suspension answers a request made before is the caller's to know.
 * <li>What is done with an item once it was received, an index and an announcement need one officer's approval, or two in a sensitive category, and neither case nor legal basis; what
 *     is retained needs it only under a court's order.
 * <li>Whoever receives what is forwarded is held to the kinds of the category too.
 * <li>A joint authorisation helps neither an obtainer that is not named nor a place that is nobody's.
 * <li>Past its term and under a court's order, {@code in use} lets an item be used, and neither forwarded nor exported.
 * <li>An act against a threat, for a purpose that no memorandum names, is held to all those that name both parties.
 * </ul>
 */
final class PlainModel {
    /** From what protects most to what protects least. */
    enum Answer {
        REFUSED,
        CONSENT,
        PERMITTED;

        static Answer of(Decision decision) {
            return switch (decision) {
                case Decision.Refused _ -> REFUSED;
                case Decision.ConsentNeeded _ -> CONSENT;
                case Decision.Permitted _ -> PERMITTED;
            };
        }
    }

    private final Standing standing;
    private final Memorandum memorandum;
    private final Act act;
    private final Circumstances circumstances;
    private final Optional<Named.CategoryTerms> category;

    private PlainModel(Standing standing, Act act) {
        this.standing = now(standing, act);
        this.memorandum = standing.memorandum();
        this.act = act;
        this.circumstances = act.circumstances();
        this.category = memorandum.category(circumstances.category());
    }

    /** Several memoranda: those apply that name both parties and the purpose, and the most protective answer wins. */
    static Answer answer(Collection<Standing> standings, Act act) {
        List<Standing> between = standings.stream()
                .filter(standing -> namesParties(standing.memorandum(), act))
                .toList();
        List<Standing> applying = between.stream()
                .filter(standing -> standing.memorandum()
                        .purpose(act.circumstances().purpose())
                        .isPresent())
                .toList();
        List<Standing> asked = applying.isEmpty() ? between : applying;
        return asked.stream()
                .filter(standing -> !replaced(standing, asked, standings, act))
                .map(standing -> answer(standing, act))
                .sorted()
                .findFirst()
                .orElse(Answer.REFUSED);
    }

    /** A newer version may already be signed, and hold only from a day to come. */
    private static Standing now(Standing standing, Act act) {
        return standing instanceof Standing.Superseded superseded
                        && act.circumstances().at().isBefore(superseded.since())
                ? superseded.before()
                : standing;
    }

    /** A version whose place a newer one has taken is left out where that one, or one newer still, applies. */
    private static boolean replaced(
            Standing standing, Collection<Standing> applying, Collection<Standing> all, Act act) {
        return now(standing, act) instanceof Standing.Superseded superseded
                && all.stream()
                        .filter(other -> other.memorandum().digest().equals(superseded.by()))
                        .anyMatch(newer -> applying.contains(newer) || replaced(newer, applying, all, act));
    }

    private static boolean namesParties(Memorandum memorandum, Act act) {
        return memorandum.party(act.circumstances().by().party()).isPresent()
                && memorandum.party(act.circumstances().counterpart().party()).isPresent();
    }

    static Answer answer(Standing standing, Act act) {
        PlainModel model = new PlainModel(standing, act);
        return model.mayAtAll() ? model.best() : Answer.REFUSED;
    }

    /** Checks 1 to 5, which no clause lifts. */
    private boolean mayAtAll() {
        return (inForce() || survives()) && named() && underTheGroup() && ofKinds();
    }

    /** 6. The best answer of those clauses that grant the act. */
    private Answer best() {
        return memorandum.clauses().entrySet().stream()
                .filter(clause -> stands(clause.getKey()) || survivingDuty())
                .map(clause -> under(clause.getValue()))
                .max(Answer::compareTo)
                .orElse(Answer.REFUSED);
    }

    private LocalDate day() {
        return day(circumstances.at());
    }

    private static LocalDate day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private <T extends Terms> Optional<T> only(Class<T> kind) {
        return memorandum.clausesOf(kind).stream()
                .map(Memorandum.Numbered::terms)
                .findFirst();
    }

    // 1

    private boolean inForce() {
        boolean holds = switch (standing) {
            case Standing.Draft _, Standing.Signed _ -> false;
            case Standing.InForce inForce -> !circumstances.at().isBefore(inForce.since());
            case Standing.Suspended suspended -> notYetSuspended(suspended.since());
            case Standing.Withdrawn withdrawn -> circumstances.at().isBefore(withdrawn.ends());
            case Standing.Superseded _ -> false;
        };
        return holds && begun() && !ended();
    }

    private boolean notYetSuspended(Instant declared) {
        return only(Terms.Suspend.class)
                .orElseThrow()
                .effect()
                .filter(term -> !circumstances.at().isBefore(declared)
                        && circumstances.at().isBefore(term.after(declared)))
                .isPresent();
    }

    /** A clause is suspended by itself on the terms on which the whole can be. */
    private boolean stands(ClauseNumber clause) {
        if (!(standing instanceof Standing.Concluded concluded)) {
            return true;
        }
        return Optional.ofNullable(concluded.course().clauses().get(clause))
                .filter(suspension -> suspension.resumed().isPresent()
                        ? circumstances.at().isBefore(suspension.resumed().get())
                        : !notYetSuspended(suspension.since()))
                .isEmpty();
    }

    private boolean begun() {
        return only(Terms.Force.class)
                .flatMap(Terms.Force::from)
                .filter(day()::isBefore)
                .isEmpty();
    }

    private boolean ended() {
        return only(Terms.Force.class)
                .flatMap(Terms.Force::ends)
                .filter(day()::isAfter)
                .isPresent();
    }

    private boolean survives() {
        boolean held = switch (standing) {
            case Standing.Draft _, Standing.Signed _ -> false;
            case Standing.InForce inForce -> !circumstances.at().isBefore(inForce.since());
            case Standing.Suspended _, Standing.Withdrawn _ -> true;
            case Standing.Superseded _ -> act.name() == ActName.RETAIN;
        };
        return held && begun() && survivingDuty();
    }

    private boolean survivingDuty() {
        Set<Words.SurvivingDuty> surviving =
                only(Terms.Suspend.class).orElseThrow().surviving();
        return switch (act.name()) {
            case RETAIN -> surviving.contains(Words.SurvivingDuty.RETENTION);
            case USE -> surviving.contains(Words.SurvivingDuty.USE);
            case RELEASE -> surviving.contains(Words.SurvivingDuty.ANSWERS);
            default -> false;
        };
    }

    // 2 and 3

    private boolean named() {
        boolean againstThreat = act instanceof Act.Use use && use.manner() == Manner.IMMEDIATE_THREAT;
        return memorandum.authority(circumstances.by()).isPresent()
                && memorandum.authority(circumstances.counterpart()).isPresent()
                && !circumstances
                        .by()
                        .party()
                        .equals(circumstances.counterpart().party())
                && (memorandum.purpose(circumstances.purpose()).isPresent() || againstThreat)
                && category.isPresent();
    }

    // 4

    private boolean underTheGroup() {
        boolean needed = act.name() == ActName.CONTRIBUTE
                || memorandum
                        .purpose(circumstances.purpose())
                        .filter(Named.PurposeTerms::onlyUnderJointGroup)
                        .isPresent()
                || category.orElseThrow().onlyUnderJointGroup();
        return !needed
                || only(Terms.JointGroup.class)
                        .filter(group ->
                                group.members().containsAll(List.of(circumstances.by(), circumstances.counterpart()))
                                        && !day().isBefore(group.from())
                                        && !day().isAfter(group.until()))
                        .isPresent();
    }

    // 5

    private boolean ofKinds() {
        return mayHave(circumstances.by()) && mayHave(circumstances.counterpart());
    }

    private boolean mayHave(AuthorityCode authority) {
        Named.CategoryTerms terms = category.orElseThrow();
        return (terms.secrecy() != SecrecyRegime.SUSPICIOUS_REPORT || isUnit(authority))
                && (terms.onlyBetween().isEmpty()
                        || kind(authority)
                                .filter(kind -> terms.onlyBetween().contains(kind))
                                .isPresent());
    }

    private Optional<Words.AuthorityKind> kind(AuthorityCode authority) {
        return memorandum.authority(authority).map(terms -> terms.kind());
    }

    private boolean isUnit(AuthorityCode authority) {
        return kind(authority)
                .filter(Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT::equals)
                .isPresent();
    }

    // 6 and 7

    private Answer under(Terms terms) {
        return switch (terms) {
            case Terms.Probe clause when act instanceof Act.Probe || act instanceof Act.Watch -> asked(clause);
            case Terms.Probe clause
            when act instanceof Act.Index index -> indexed(index, clause.scope(), clause.index());
            case Terms.Reconcile clause when act instanceof Act.Reconcile reconcile -> reconciled(reconcile, clause);
            case Terms.Reconcile clause
            when act instanceof Act.Index index -> indexed(index, clause.scope(), clause.index());
            case Terms.Passing clause -> passed(clause);
            case Terms.Announce clause when act instanceof Act.Announce announce -> announced(announce, clause);
            default -> Answer.REFUSED;
        };
    }

    private static Answer only(boolean permitted) {
        return permitted ? Answer.PERMITTED : Answer.REFUSED;
    }

    private Answer passed(Terms.Passing clause) {
        return switch (act) {
            case Act.Request _ ->
                only(clause instanceof Terms.Release && toward(clause.scope()) && given(clause.needs()));
            case Act.Release release when clause instanceof Terms.Release -> supplied(release.item(), clause);
            case Act.Disseminate disseminate
            when clause instanceof Terms.Release may && may.on() == Words.Occasion.REQUEST_OR_OWN_INITIATIVE ->
                supplied(disseminate.item(), clause);
            case Act.Contribute contribute
            when clause instanceof Terms.Contribute -> supplied(contribute.item(), clause);
            case Act.Forward _, Act.Use _, Act.Export _, Act.Retain _ -> received(clause);
            default -> Answer.REFUSED;
        };
    }

    /** Whoever the clause names first acts. */
    private boolean from(Terms.Scope scope) {
        return scope.by().contains(circumstances.by())
                && scope.counterpart().contains(circumstances.counterpart())
                && scope.categories().contains(circumstances.category())
                && scope.purposes().contains(circumstances.purpose());
    }

    /** Whoever it names second acts. */
    private boolean toward(Terms.Scope scope) {
        return receives(scope) && scope.purposes().contains(circumstances.purpose());
    }

    private boolean receives(Terms.Scope scope) {
        return scope.counterpart().contains(circumstances.by())
                && scope.by().contains(circumstances.counterpart())
                && scope.categories().contains(circumstances.category());
    }

    private boolean given(Terms.Needs needs) {
        return (!needs.caseReference() || act.grounds().caseReference().isPresent())
                && (!needs.legalBasis() || act.grounds().legalBasis().isPresent())
                && approved(needs.officers());
    }

    private boolean approved(int officers) {
        int needed = category.orElseThrow().sensitive() && officers < 2 ? 2 : officers;
        long count = act.grounds().approvers().stream()
                .filter(approver -> approver.authority().equals(circumstances.by()) && mayApprove(approver))
                .map(Approver::officer)
                .distinct()
                .count();
        return count >= needed;
    }

    private boolean mayApprove(Approver approver) {
        String approves = switch (approver.role()) {
            case ANALYST -> "probe watch request use contribute";
            case LIAISON -> "probe watch request contribute index release disseminate forward export announce";
            case LEGAL -> "reconcile index forward use export announce retain";
            case OVERSIGHT, ADMINISTRATOR -> "";
        };
        return Arrays.asList(approves.split(" ", -1)).contains(act.name().word());
    }

    private Answer asked(Terms.Probe clause) {
        boolean may = from(clause.scope()) && given(clause.needs());
        return only(may
                && switch (act) {
                    case Act.Probe probe -> within(clause, probe.charge(), probe.indexIdentifiers());
                    case Act.Watch watch ->
                        clause.watch()
                                        .filter(allowed -> allowed(watch.rounds(), allowed))
                                        .isPresent()
                                && within(clause, watch.charge(), watch.indexIdentifiers());
                    default -> false;
                });
    }

    private static boolean within(Terms.Probe clause, Act.Charge charge, long indexIdentifiers) {
        long before = charge.within().getOrDefault(clause.quota().each().toString(), charge.alreadyCharged());
        return indexIdentifiers >= clause.index().identifiersMin()
                && charge.identifiers() + before <= clause.quota().identifiers();
    }

    private boolean allowed(Rounds rounds, Terms.Watch clause) {
        Instant begins = rounds.begins();
        return !rounds.until().isAfter(clause.longest().after(begins))
                && !rounds.each().after(begins).isBefore(clause.each().after(begins))
                && circumstances.at().isBefore(rounds.until());
    }

    private Answer reconciled(Act.Reconcile reconcile, Terms.Reconcile clause) {
        boolean advisers = Stream.of(circumstances.by(), circumstances.counterpart())
                .allMatch(side -> act.grounds().approvers().stream()
                        .anyMatch(approver ->
                                approver.authority().party().equals(side.party()) && approver.role() == Role.LEGAL));
        return only(from(clause.scope())
                && advisers
                && reconcile.indexIdentifiers() >= clause.index().identifiersMin());
    }

    private Answer announced(Act.Announce announce, Terms.Announce clause) {
        boolean countersigned = announce.named().stream()
                .allMatch(party -> party.equals(circumstances.by().party())
                        || announce.countersigned().contains(party));
        return only(approved(1) && (clause.rule() == Words.AnnounceRule.FREELY || countersigned));
    }

    private Answer indexed(Act.Index index, Terms.Scope scope, Terms.Index clause) {
        PlainItem item = item(index.item());
        boolean may = toward(scope)
                && approved(1)
                && item.mayMove()
                && item.mayBeIndexed(clause.clearedEntries() == Words.ClearedEntries.INCLUDED);
        return item.answer(may);
    }

    private Answer supplied(Item given, Terms.Passing clause) {
        PlainItem item = item(given);
        return item.answer(
                from(clause.scope()) && given(clause.needs()) && item.mayMove() && item.isMarkedFor(clause.handover()));
    }

    private PlainItem item(Item item) {
        return new PlainItem(memorandum, act, item, isUnit(circumstances.by()) && isUnit(circumstances.counterpart()));
    }

    private Answer received(Terms.Passing clause) {
        return new PlainReceived(memorandum, act, clause)
                .answer(
                        receives(clause.scope()),
                        approved(1),
                        act instanceof Act.Forward forward
                                && mayHave(forward.to())
                                && (forward.received().envelope().marking().secrecyRegime()
                                                != SecrecyRegime.SUSPICIOUS_REPORT
                                        || isUnit(forward.to())));
    }
}
