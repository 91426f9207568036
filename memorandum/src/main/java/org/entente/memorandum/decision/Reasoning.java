package org.entente.memorandum.decision;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.signing.Standing;

/** Says a ruling about one act, with the act's names and figures and with what is owed for it. It decides nothing. */
final class Reasoning {
    private final Rules rules;
    private final Memorandum memorandum;
    private final Standing standing;
    private final Act act;
    private final Circumstances circumstances;

    Reasoning(Rules rules, Standing standing, Act act) {
        this.rules = rules;
        this.memorandum = rules.memorandum();
        this.standing = standing.at(act.circumstances().at());
        this.act = act;
        this.circumstances = act.circumstances();
    }

    Decision of(Ruling ruling) {
        List<Citation> clauses = List.of(new Citation(memorandum.id(), ruling.clause()));
        return switch (ruling) {
            case Ruling.Permitted _ ->
                new Decision.Permitted(clauses, new Duties(rules, act, clauses.getFirst()).owed(terms(ruling)));
            case Ruling.ConsentNeeded consent -> {
                AuthorityCode obtainer = envelope().provenance().obtainedBy();
                SortedSet<AuthorityCode> from = new TreeSet<>(Party.ORDER);
                from.add(obtainer);
                yield new Decision.ConsentNeeded(
                        clauses, from, Problem.of(consent.reason().code(), obtainer.text()));
            }
            case Ruling.Refused refused ->
                new Decision.Refused(clauses, Problem.of(refused.reason().code(), arguments(refused)));
        };
    }

    private Terms terms(Ruling ruling) {
        return rules.terms(ruling.clause());
    }

    private String[] arguments(Ruling.Refused refused) {
        return switch (refused.reason()) {
            case NOT_IN_FORCE -> list(memorandum.id());
            case ENDED -> list(memorandum.id(), ends());
            case SUSPENDED, WITHDRAWN -> list(memorandum.id(), declarant());
            case SUPERSEDED -> superseded();
            case CLAUSE_SUSPENDED ->
                list(
                        memorandum.id(),
                        clauseSuspendedBy(refused),
                        refused.judged().text());
            case ACTOR_NOT_NAMED -> list(by(), memorandum.id());
            case COUNTERPART_NOT_NAMED -> list(counterpart(), memorandum.id());
            case ONE_PARTY -> list(by(), counterpart());
            case PURPOSE_NOT_NAMED -> list(purpose(), memorandum.id());
            case CATEGORY_NOT_NAMED -> list(category(), memorandum.id());
            case ACTOR_NOT_IN_GROUP -> list(by());
            case COUNTERPART_NOT_IN_GROUP -> list(counterpart());
            case GROUP_TERM -> group();
            case ACTOR_KIND -> list(by(), category());
            case COUNTERPART_KIND -> list(counterpart(), category());
            case RECIPIENT_KIND -> list(recipient(), category());
            case ACT_NOT_NAMED -> list(act.name().word(), by(), counterpart(), category(), purpose());
            case NOT_REQUESTED -> list(counterpart());
            case NEEDS_CASE, NEEDS_LEGAL_BASIS -> list(act.name().word());
            case NEEDS_OFFICERS -> officers(refused);
            case ACTOR_ADVISER -> list(circumstances.by().party().text());
            case COUNTERPART_ADVISER -> list(circumstances.counterpart().party().text());
            case INDEX_TOO_SMALL, QUOTA, WATCH_TOO_LONG, WATCH_TOO_OFTEN, WATCH_OVER -> asked(refused);
            case OTHER_CATEGORY -> list(envelope().category().code(), category());
            case CHALLENGED, PLACE_UNKNOWN ->
                list(envelope().provenance().obtainedIn().code());
            case PURPOSE_NOT_SERVED, OTHER_PURPOSE, NO_THREAT_USE -> list(purpose());
            case SECRECY -> list(envelope().marking().secrecyRegime().word(), category());
            case OBTAINER_NOT_NAMED -> list(envelope().provenance().obtainedBy().text());
            case TERRITORY ->
                list(
                        envelope().provenance().obtainedIn().code(),
                        envelope().provenance().obtainedBy().text());
            case PERSON_NOT_INDEXED ->
                list(envelope().marking().personCategory().word());
            case HANDLING ->
                list(
                        envelope().marking().handling().code().word(),
                        handover(refused).marks().handlingMin().word());
            case RETENTION ->
                list(
                        envelope().retention().toString(),
                        handover(refused).retention().keep().toString());
            case HELD_TOO_LONG, HOLD_NOT_ALLOWED, HOLD_REVIEW, NOT_EVIDENCE, NOT_ONWARD, NO_EXPORT ->
                list(counterpart());
            case ORIGINATOR_CONSENT, CLEARED_NOT_INDEXED, NOT_GRADED -> list();
            case NOT_COUNTERSIGNED -> list(uncountersigned());
        };
    }

    private String by() {
        return circumstances.by().text();
    }

    private String counterpart() {
        return circumstances.counterpart().text();
    }

    private String purpose() {
        return circumstances.purpose().code();
    }

    private String category() {
        return circumstances.category().code();
    }

    private static String[] list(String... arguments) {
        return arguments;
    }

    private String ends() {
        return memorandum.clausesOf(Terms.Force.class).stream()
                .flatMap(clause -> clause.terms().ends().stream())
                .map(Object::toString)
                .findFirst()
                .orElse("");
    }

    private String declarant() {
        return switch (standing) {
            case Standing.Suspended suspended -> suspended.by().text();
            case Standing.Withdrawn withdrawn -> withdrawn.by().text();
            case Standing.Draft _, Standing.Signed _, Standing.InForce _, Standing.Superseded _ -> "";
        };
    }

    private String[] superseded() {
        return standing instanceof Standing.Superseded superseded
                ? list(memorandum.id(), Integer.toString(superseded.version()), UtcSeconds.print(superseded.since()))
                : list(memorandum.id(), "", "");
    }

    private String clauseSuspendedBy(Ruling.Refused refused) {
        return standing instanceof Standing.Concluded concluded
                ? Optional.ofNullable(concluded.course().clauses().get(refused.judged()))
                        .map(suspension -> suspension.by().text())
                        .orElse("")
                : "";
    }

    private String[] group() {
        Terms.JointGroup group = rules.bearings().group().orElseThrow();
        return list(group.from().toString(), group.until().toString());
    }

    private String recipient() {
        return act instanceof Act.Forward forward ? forward.to().text() : "";
    }

    private String[] officers(Ruling.Refused refused) {
        int demanded = switch (terms(refused)) {
            case Terms.Probe probe
            when act.name() != ActName.INDEX -> probe.needs().officers();
            case Terms.Passing passing
            when suppliesOrRequests() -> passing.needs().officers();
            default -> 1;
        };
        ActFacts facts = new ActFacts(standing, act);
        return list(
                act.name().word(),
                Integer.toString(NamedCase.officersNeeded(
                        rules.category(circumstances.category()).orElseThrow(), demanded)),
                circumstances.by().text(),
                Integer.toString(facts.officers()));
    }

    private boolean suppliesOrRequests() {
        return switch (act) {
            case Act.Request _, Act.Release _, Act.Disseminate _, Act.Contribute _ -> true;
            default -> false;
        };
    }

    private String[] asked(Ruling.Refused refused) {
        ActFacts facts = new ActFacts(standing, act);
        return switch (terms(refused)) {
            case Terms.Reconcile clause -> tooSmall(facts, clause.index());
            case Terms.Probe clause ->
                switch (refused.reason()) {
                    case INDEX_TOO_SMALL -> tooSmall(facts, clause.index());
                    case QUOTA ->
                        list(
                                Long.toString(facts.charge().identifiers()),
                                Long.toString(Math.max(0, facts.left(clause.quota()))),
                                clause.quota().toString());
                    default ->
                        watched(refused.reason(), facts.rounds(), clause.watch().orElseThrow());
                };
            default -> throw new IllegalStateException("a clause that nobody asks under");
        };
    }

    private static String[] tooSmall(ActFacts facts, Terms.Index index) {
        return list(Long.toString(facts.indexIdentifiers()), Long.toString(index.identifiersMin()));
    }

    private static String[] watched(Reason reason, Rounds rounds, Terms.Watch allowed) {
        return switch (reason) {
            case WATCH_TOO_LONG ->
                list(
                        UtcSeconds.print(rounds.until()),
                        UtcSeconds.print(allowed.longest().after(rounds.begins())));
            case WATCH_TOO_OFTEN ->
                list(rounds.each().toString(), allowed.each().toString());
            default -> list(UtcSeconds.print(rounds.until()));
        };
    }

    private Terms.Handover handover(Ruling.Refused refused) {
        return switch (terms(refused)) {
            case Terms.Passing clause -> clause.handover();
            default -> throw new IllegalStateException("a clause under which nothing is handed over");
        };
    }

    private String uncountersigned() {
        return act instanceof Act.Announce announce
                ? announce.named().stream()
                        .filter(party -> !party.equals(circumstances.by().party())
                                && !announce.countersigned().contains(party))
                        .findFirst()
                        .map(Object::toString)
                        .orElse("")
                : "";
    }

    private Envelope envelope() {
        return Act.envelope(act).orElseThrow();
    }
}
