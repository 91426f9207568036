package org.entente.memorandum.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;

/** One clause that grants an act of this kind between these authorities, and whether its terms are met. */
final class Granting {
    private final Memorandum memorandum;
    private final Citation citation;
    private final Terms terms;
    private final Act act;
    private final Circumstances circumstances;

    Granting(Memorandum memorandum, ClauseNumber number, Terms terms, Act act) {
        this.memorandum = memorandum;
        this.citation = new Citation(memorandum.id(), number);
        this.terms = terms;
        this.act = act;
        this.circumstances = act.circumstances();
    }

    /**
     * Whether the clause speaks of such an act. An index is built for whoever may ask, so it is the asking clause, read
     * from the other side, that grants it; and who may receive may request.
     */
    static boolean covers(Terms terms, Act act) {
        Circumstances facts = act.circumstances();
        return switch (terms) {
            case Terms.Reconcile reconcile ->
                switch (act) {
                    case Act.Reconcile _ -> forward(reconcile.scope(), facts);
                    case Act.Index _ -> backward(reconcile.scope(), facts);
                    case Act.Probe _, Act.Watch _, Act.Request _, Act.Release _ -> false;
                };
            case Terms.Probe probe ->
                switch (act) {
                    case Act.Probe _ -> forward(probe.scope(), facts);
                    case Act.Watch _ -> probe.watch().isPresent() && forward(probe.scope(), facts);
                    case Act.Index _ -> backward(probe.scope(), facts);
                    case Act.Reconcile _, Act.Request _, Act.Release _ -> false;
                };
            case Terms.Release release ->
                switch (act) {
                    case Act.Release _ -> forward(release.scope(), facts);
                    case Act.Request _ -> backward(release.scope(), facts);
                    case Act.Probe _, Act.Watch _, Act.Reconcile _, Act.Index _ -> false;
                };
            case Terms.LegalNature _, Terms.NotNamed _, Terms.Answer _, Terms.Territorial _, Terms.JointGroup _ ->
                false;
            case Terms.Announce _, Terms.Suspend _, Terms.Withdraw _, Terms.Amend _, Terms.Force _ -> false;
            case Terms.Contribute _, Terms.StatusNotices _, Terms.Challenge _, Terms.Incident _ -> false;
            case Terms.EquivalentSecrecy _ -> false;
        };
    }

    private static boolean forward(Terms.Scope scope, Circumstances facts) {
        return scope.covers(facts.by(), facts.counterpart(), facts.purpose(), facts.category());
    }

    private static boolean backward(Terms.Scope scope, Circumstances facts) {
        return scope.covers(facts.counterpart(), facts.by(), facts.purpose(), facts.category());
    }

    Decision decide() {
        return switch (act) {
            case Act.Probe probe -> probe(probe, (Terms.Probe) terms);
            case Act.Watch watch -> watch(watch, (Terms.Probe) terms);
            case Act.Reconcile reconcile -> reconcile(reconcile, (Terms.Reconcile) terms);
            case Act.Index index -> index(index);
            case Act.Request _ -> request((Terms.Release) terms);
            case Act.Release release -> release(release, (Terms.Release) terms);
        };
    }

    private Decision probe(Act.Probe probe, Terms.Probe clause) {
        return first(
                        () -> given(clause.needs()),
                        () -> approved(clause.needs().officers()),
                        () -> largeEnough(probe.indexIdentifiers(), clause.index()),
                        () -> withinQuota(probe.charge(), clause))
                .orElseGet(() -> {
                    List<Obligation> owed = ofMatching(clause.index());
                    owed.add(owe(Obligation.Duty.TELL_OF_HIT, clause.tellOfHit().toString()));
                    return permitted(owed);
                });
    }

    private Decision watch(Act.Watch watch, Terms.Probe clause) {
        Terms.Watch allowed = clause.watch().orElseThrow();
        Rounds rounds = watch.rounds();
        return first(
                        () -> given(clause.needs()),
                        () -> approved(clause.needs().officers()),
                        () -> largeEnough(watch.indexIdentifiers(), clause.index()),
                        () -> shortEnough(rounds, allowed),
                        () -> seldomEnough(rounds, allowed),
                        () -> notOver(rounds),
                        () -> withinQuota(watch.charge(), clause))
                .orElseGet(() -> {
                    List<Obligation> owed = ofMatching(clause.index());
                    owed.add(owe(Obligation.Duty.TELL_OF_HIT, clause.tellOfHit().toString()));
                    return permitted(owed);
                });
    }

    private Optional<Decision> shortEnough(Rounds rounds, Terms.Watch allowed) {
        Instant latest = allowed.longest().after(rounds.begins());
        return rounds.until().isAfter(latest)
                ? refused(
                        "memorandum.decision.watch-too-long",
                        UtcSeconds.print(rounds.until()),
                        UtcSeconds.print(latest))
                : Optional.empty();
    }

    private Optional<Decision> seldomEnough(Rounds rounds, Terms.Watch allowed) {
        boolean tooOften =
                rounds.each().after(rounds.begins()).isBefore(allowed.each().after(rounds.begins()));
        return tooOften
                ? refused(
                        "memorandum.decision.watch-too-often",
                        rounds.each().toString(),
                        allowed.each().toString())
                : Optional.empty();
    }

    private Optional<Decision> notOver(Rounds rounds) {
        return circumstances.at().isBefore(rounds.until())
                ? Optional.empty()
                : refused("memorandum.decision.watch-over", UtcSeconds.print(rounds.until()));
    }

    private Decision reconcile(Act.Reconcile reconcile, Terms.Reconcile clause) {
        return first(
                        () -> legalAdviser(circumstances.by()),
                        () -> legalAdviser(circumstances.counterpart()),
                        () -> largeEnough(reconcile.indexIdentifiers(), clause.index()))
                .orElseGet(() -> permitted(ofMatching(clause.index())));
    }

    private Decision index(Act.Index index) {
        Terms.Index asked = switch (terms) {
            case Terms.Reconcile reconcile -> reconcile.index();
            case Terms.Probe probe -> probe.index();
            default -> throw new IllegalStateException("a clause that has no index");
        };
        ItemCheck check = new ItemCheck(memorandum, citation, act, index.item());
        return first(
                        () -> approved(1),
                        check::sameCategory,
                        check::servesPurpose,
                        check::secrecy,
                        check::territory,
                        () -> check.indexable(asked.clearedEntries()),
                        check::consents)
                .orElseGet(() -> permitted(List.of()));
    }

    private Decision request(Terms.Release clause) {
        return first(() -> given(clause.needs()), () -> approved(clause.needs().officers()))
                .orElseGet(() -> {
                    List<Obligation> owed = new ArrayList<>();
                    for (var answer : memorandum.clausesOf(Terms.Answer.class)) {
                        Citation where = new Citation(memorandum.id(), answer.number());
                        owed.add(new Obligation(
                                where,
                                Obligation.Duty.ACKNOWLEDGE_WITHIN,
                                answer.terms().acknowledge().toString()));
                        owed.add(new Obligation(
                                where,
                                Obligation.Duty.ANSWER_WITHIN,
                                answer.terms().answer().toString()));
                    }
                    return permitted(owed);
                });
    }

    private Decision release(Act.Release release, Terms.Release clause) {
        ItemCheck check = new ItemCheck(memorandum, citation, act, release.item());
        return first(
                        () -> requested(release, clause),
                        () -> given(clause.needs()),
                        () -> approved(clause.needs().officers()),
                        check::sameCategory,
                        check::servesPurpose,
                        check::secrecy,
                        check::territory,
                        () -> check.marked(clause.handover()),
                        () -> check.kept(clause.handover()),
                        check::consents)
                .orElseGet(() -> permitted(check.obligations(clause.handover())));
    }

    private Optional<Decision> requested(Act.Release release, Terms.Release clause) {
        if (release.requested() || clause.on() == Words.Occasion.REQUEST_OR_OWN_INITIATIVE) {
            return Optional.empty();
        }
        return refused(
                "memorandum.decision.not-requested", circumstances.counterpart().text());
    }

    private Optional<Decision> given(Terms.Needs needs) {
        if (needs.caseReference() && act.grounds().caseReference().isEmpty()) {
            return refused("memorandum.decision.needs-case", act.name().word());
        }
        if (needs.legalBasis() && act.grounds().legalBasis().isEmpty()) {
            return refused("memorandum.decision.needs-legal-basis", act.name().word());
        }
        return Optional.empty();
    }

    /** Different officers of the acting authority whose role counts for this act; two for what is sensitive. */
    private Optional<Decision> approved(int officers) {
        boolean sensitive = memorandum
                .category(circumstances.category())
                .map(Named.CategoryTerms::sensitive)
                .orElse(true);
        long needed = sensitive ? Math.max(2, officers) : officers;
        long count = act.grounds().approvers().stream()
                .filter(approver -> approver.authority().equals(circumstances.by()))
                .filter(approver -> approver.role().mayApprove(act.name()))
                .map(Approver::officer)
                .distinct()
                .count();
        if (count >= needed) {
            return Optional.empty();
        }
        return refused(
                "memorandum.decision.needs-officers",
                act.name().word(),
                Long.toString(needed),
                circumstances.by().text(),
                Long.toString(count));
    }

    private Optional<Decision> legalAdviser(AuthorityCode side) {
        boolean signed = act.grounds().approvers().stream()
                .anyMatch(approver -> approver.authority().party().equals(side.party())
                        && approver.role() == Role.LEGAL
                        && approver.role().mayApprove(ActName.RECONCILE));
        return signed
                ? Optional.empty()
                : refused(
                        "memorandum.decision.needs-legal-adviser", side.party().text());
    }

    private Optional<Decision> largeEnough(long identifiers, Terms.Index index) {
        if (identifiers >= index.identifiersMin()) {
            return Optional.empty();
        }
        return refused(
                "memorandum.decision.index-too-small",
                Long.toString(identifiers),
                Long.toString(index.identifiersMin()));
    }

    private Optional<Decision> withinQuota(Act.Charge charge, Terms.Probe clause) {
        long left = clause.quota().identifiers()
                - charge.alreadyCharged(clause.quota().each());
        if (charge.identifiers() <= left) {
            return Optional.empty();
        }
        return refused(
                "memorandum.decision.quota",
                Long.toString(charge.identifiers()),
                Long.toString(Math.max(0, left)),
                clause.quota().toString());
    }

    private List<Obligation> ofMatching(Terms.Index index) {
        List<Obligation> owed = new ArrayList<>();
        owed.add(owe(Obligation.Duty.CONFIRM_LEAD, ""));
        if (index.mode() == Words.MatchMode.SHARED_INDEX) {
            owed.add(owe(Obligation.Duty.DELETE_TAGS, ""));
        }
        return owed;
    }

    private Obligation owe(Obligation.Duty duty, String term) {
        return new Obligation(citation, duty, term);
    }

    private Decision permitted(List<Obligation> owed) {
        return new Decision.Permitted(List.of(citation), owed);
    }

    private Optional<Decision> refused(String code, String... arguments) {
        return Optional.of(new Decision.Refused(List.of(citation), Problem.of(code, arguments)));
    }

    private static Optional<Decision> first(Check... checks) {
        return Stream.of(checks).map(Check::run).flatMap(Optional::stream).findFirst();
    }
}
