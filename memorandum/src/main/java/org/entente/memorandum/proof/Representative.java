package org.entente.memorandum.proof;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.decision.Facts;
import org.entente.memorandum.decision.Rounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Quota;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;

/**
 * An act as the representative of its class would do it: every name, place and moment is replaced by the one that stands for it. If the classes are fine
 * enough, the engine rules on it as on the act itself.
 */
final class Representative implements Facts {
    private final Partition partition;
    private final Facts act;
    private final Instant at;

    Representative(Partition partition, Facts act, Instant at) {
        this.partition = partition;
        this.act = act;
        this.at = at;
    }

    @Override
    public ActName act() {
        return act.act();
    }

    @Override
    public AuthorityCode by() {
        return partition.authorities().representative(act.by());
    }

    @Override
    public AuthorityCode counterpart() {
        return partition.authorities().representative(act.counterpart());
    }

    @Override
    public Purpose purpose() {
        return partition.purposes().representative(act.purpose());
    }

    @Override
    public Category category() {
        return partition.categories().representative(act.category());
    }

    @Override
    public State state() {
        return switch (act.state()) {
            case State.Unsigned unsigned -> unsigned;
            case State.InForce inForce -> new State.InForce(side(inForce.since()));
            case State.Suspended suspended -> new State.Suspended(suspension(suspended.since()));
            case State.Withdrawn withdrawn -> new State.Withdrawn(side(withdrawn.ends()));
            case State.Superseded superseded -> superseded;
        };
    }

    @Override
    public Optional<Instant> suspended(ClauseNumber clause) {
        return act.suspended(clause).map(this::suspension);
    }

    /** One that is declared and has no effect yet is so from the stretch's first moment. */
    private Instant suspension(Instant since) {
        return act.reached(since) && !act.reached(effect(since)) ? stretch() : side(effect(since));
    }

    private Instant side(Instant moment) {
        return act.reached(moment) ? Partition.EARLY : Partition.LATE;
    }

    private Instant effect(Instant suspended) {
        return partition.memorandum().clausesOf(Terms.Suspend.class).stream()
                .flatMap(clause -> clause.terms().effect().stream())
                .map(term -> term.after(suspended))
                .findFirst()
                .orElse(suspended);
    }

    @Override
    public boolean reached(Instant moment) {
        return !stretch().isBefore(moment);
    }

    private Instant stretch() {
        return partition.stretch(at);
    }

    @Override
    public boolean caseGiven() {
        return act.caseGiven();
    }

    @Override
    public boolean legalBasisGiven() {
        return act.legalBasisGiven();
    }

    @Override
    public boolean approvedBy(int officers) {
        return act.approvedBy(officers);
    }

    @Override
    public boolean legalAdviser(PartyCode party) {
        return act.legalAdviser(party);
    }

    @Override
    public boolean originatorConsented() {
        return act.originatorConsented();
    }

    @Override
    public boolean indexHolds(long identifiers) {
        return act.indexHolds(identifiers);
    }

    @Override
    public boolean within(Quota quota) {
        return act.within(quota);
    }

    /** The watch of the classes that keeps and breaks the same terms. */
    @Override
    public Rounds rounds() {
        Rounds rounds = act.rounds();
        List<Terms.Watch> terms = partition.watches();
        List<Boolean> kept = kept(rounds, terms, act.reached(rounds.until()));
        return Stretches.rounds(terms, stretch()).stream()
                .filter(other ->
                        kept(other, terms, !stretch().isBefore(other.until())).equals(kept))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a watch of no class: " + rounds));
    }

    /** Whether it is over counts; else, how it stands to each clause's terms. */
    private static List<Boolean> kept(Rounds rounds, List<Terms.Watch> terms, boolean over) {
        Instant begins = rounds.begins();
        return Stream.concat(
                        Stream.of(over),
                        terms.stream()
                                .flatMap(clause -> Stream.of(
                                        rounds.until().isAfter(clause.longest().after(begins)),
                                        rounds.each()
                                                .after(begins)
                                                .isBefore(clause.each().after(begins)))))
                .toList();
    }

    @Override
    public Category itemCategory() {
        return act.itemCategory().equals(act.category())
                ? category()
                : partition.categories().representatives().stream()
                        .filter(other -> !other.equals(category()))
                        .findFirst()
                        .orElseThrow();
    }

    @Override
    public boolean purposeServed() {
        return act.purposeServed();
    }

    @Override
    public boolean suppliedFor(Set<Purpose> purposes) {
        return act.suppliedFor(purposes);
    }

    @Override
    public boolean secret(Set<SecrecyRegime> regimes) {
        return act.secret(regimes);
    }

    @Override
    public AuthorityCode obtainedBy() {
        return act.obtainedBy().equals(act.by())
                ? by()
                : partition.obtainers().representativeBut(act.obtainedBy(), by());
    }

    @Override
    public Place obtainedIn() {
        return partition.places(obtainedBy(), by()).representative(act.obtainedIn());
    }

    @Override
    public boolean jointlyAuthorised() {
        return act.jointlyAuthorised();
    }

    @Override
    public boolean person(Set<PersonCategory> categories) {
        return act.person(categories);
    }

    @Override
    public boolean cleared() {
        return act.cleared();
    }

    @Override
    public boolean graded() {
        return act.graded();
    }

    @Override
    public boolean marked(Handling.Code code) {
        return act.marked(code);
    }

    @Override
    public boolean retainedLonger(Term keep) {
        return act.retainedLonger(keep);
    }

    @Override
    public boolean challenged() {
        return act.challenged();
    }

    @Override
    public boolean heldBeyond(Term keep) {
        return act.heldBeyond(keep);
    }

    @Override
    public Manner manner() {
        return act.manner();
    }

    @Override
    public AuthorityCode recipient() {
        return partition.recipients().representative(act.recipient());
    }

    @Override
    public boolean namedInRequest() {
        return act.namedInRequest();
    }

    @Override
    public Hold hold() {
        return act.hold();
    }

    @Override
    public SortedSet<PartyCode> announced() {
        return act.announced();
    }

    @Override
    public boolean countersigned(PartyCode party) {
        return act.countersigned(party);
    }
}
