package org.entente.memorandum.decision;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Quota;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Manner;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;

/** The facts of one act under one memorandum. Nothing else is looked up: not a clock, not a counter, not a register. */
final class ActFacts implements Facts {
    private final Standing standing;
    private final Act act;
    private final Circumstances circumstances;

    ActFacts(Standing standing, Act act) {
        this.standing = standing.at(act.circumstances().at());
        this.act = act;
        this.circumstances = act.circumstances();
    }

    @Override
    public ActName act() {
        return act.name();
    }

    @Override
    public AuthorityCode by() {
        return circumstances.by();
    }

    @Override
    public AuthorityCode counterpart() {
        return circumstances.counterpart();
    }

    @Override
    public Purpose purpose() {
        return circumstances.purpose();
    }

    @Override
    public Category category() {
        return circumstances.category();
    }

    @Override
    public State state() {
        return switch (standing) {
            case Standing.Draft _, Standing.Signed _ -> new State.Unsigned();
            case Standing.InForce inForce -> new State.InForce(inForce.since());
            case Standing.Suspended suspended -> new State.Suspended(suspended.since());
            case Standing.Withdrawn withdrawn -> new State.Withdrawn(withdrawn.ends());
            case Standing.Superseded _ -> new State.Superseded();
        };
    }

    @Override
    public Optional<Instant> suspended(ClauseNumber clause) {
        return switch (standing) {
            case Standing.Concluded concluded -> concluded.course().suspendedSince(clause, circumstances.at());
            case Standing.Superseded superseded ->
                superseded.before().course().suspendedSince(clause, circumstances.at());
            case Standing.Draft _, Standing.Signed _ -> Optional.empty();
        };
    }

    @Override
    public boolean reached(Instant moment) {
        return !circumstances.at().isBefore(moment);
    }

    @Override
    public boolean caseGiven() {
        return act.grounds().caseReference().isPresent();
    }

    @Override
    public boolean legalBasisGiven() {
        return act.grounds().legalBasis().isPresent();
    }

    @Override
    public boolean approvedBy(int officers) {
        return officers == 1 ? approved() : officers() >= officers;
    }

    private boolean approved() {
        for (Approver approver : act.grounds().approvers()) {
            if (mayApprove(approver)) {
                return true;
            }
        }
        return false;
    }

    int officers() {
        List<String> officers = new ArrayList<>(2); // one officer may have several roles
        for (Approver approver : act.grounds().approvers()) {
            if (mayApprove(approver) && !officers.contains(approver.officer())) {
                officers.add(approver.officer());
            }
        }
        return officers.size();
    }

    private boolean mayApprove(Approver approver) {
        return approver.authority().equals(circumstances.by())
                && approver.role().mayApprove(act.name());
    }

    @Override
    public boolean legalAdviser(PartyCode party) {
        for (Approver approver : act.grounds().approvers()) {
            if (approver.role() == Role.LEGAL && approver.authority().party().equals(party)) {
                return Role.LEGAL.mayApprove(act.name());
            }
        }
        return false;
    }

    @Override
    public boolean originatorConsented() {
        return act.grounds().consents().contains(obtainedBy());
    }

    @Override
    public boolean indexHolds(long identifiers) {
        return indexIdentifiers() >= identifiers;
    }

    long indexIdentifiers() {
        return switch (act) {
            case Act.Probe probe -> probe.indexIdentifiers();
            case Act.Watch watch -> watch.indexIdentifiers();
            case Act.Reconcile reconcile -> reconcile.indexIdentifiers();
            default -> throw none("index");
        };
    }

    @Override
    public boolean within(Quota quota) {
        return charge().identifiers() <= left(quota);
    }

    /** What is left of a quota before the act; less than nothing where more was charged than it allows. */
    long left(Quota quota) {
        return quota.identifiers() - charge().alreadyCharged(quota.each());
    }

    Act.Charge charge() {
        return switch (act) {
            case Act.Probe probe -> probe.charge();
            case Act.Watch watch -> watch.charge();
            default -> throw none("charge");
        };
    }

    @Override
    public Rounds rounds() {
        if (act instanceof Act.Watch watch) {
            return watch.rounds();
        }
        throw none("rounds");
    }

    @Override
    public Category itemCategory() {
        return envelope().category();
    }

    @Override
    public boolean purposeServed() {
        return envelope().purposes().contains(circumstances.purpose());
    }

    @Override
    public boolean suppliedFor(Set<Purpose> purposes) {
        return !Collections.disjoint(envelope().purposes(), purposes);
    }

    @Override
    public boolean secret(Set<SecrecyRegime> regimes) {
        return regimes.contains(envelope().marking().secrecyRegime());
    }

    @Override
    public AuthorityCode obtainedBy() {
        return envelope().provenance().obtainedBy();
    }

    @Override
    public Place obtainedIn() {
        return envelope().provenance().obtainedIn();
    }

    @Override
    public boolean jointlyAuthorised() {
        Provenance provenance = envelope().provenance();
        return Act.authorisations(act).stream()
                .map(authorisation -> authorisation.terms())
                .filter(terms -> terms.covers(provenance, circumstances.category(), circumstances.purpose()))
                .anyMatch(terms -> standing.memorandum()
                        .party(terms.between().ofPlace())
                        .filter(party -> party.owns(provenance.obtainedIn()))
                        .isPresent());
    }

    @Override
    public boolean person(Set<PersonCategory> categories) {
        return categories.contains(envelope().marking().personCategory());
    }

    @Override
    public boolean cleared() {
        return envelope().cleared();
    }

    @Override
    public boolean graded() {
        return envelope().marking().grading().isPresent();
    }

    @Override
    public boolean marked(Handling.Code code) {
        return envelope().marking().handling().atLeast(code);
    }

    @Override
    public boolean retainedLonger(Term keep) {
        return Days.erasure(envelope(), circumstances.day()).isAfter(Days.last(keep, circumstances.at()));
    }

    @Override
    public boolean challenged() {
        return switch (act) {
            case Act.Index _, Act.Release _, Act.Disseminate _, Act.Contribute _ -> item().challenged();
            default -> received().challenged();
        };
    }

    @Override
    public boolean heldBeyond(Term keep) {
        return circumstances.day().isAfter(Days.lastDay(received(), keep));
    }

    @Override
    public Manner manner() {
        if (act instanceof Act.Use use) {
            return use.manner();
        }
        throw none("manner");
    }

    @Override
    public AuthorityCode recipient() {
        return forward().to();
    }

    @Override
    public boolean namedInRequest() {
        return forward().namedInRequest();
    }

    private Act.Forward forward() {
        if (act instanceof Act.Forward forward) {
            return forward;
        }
        throw none("recipient");
    }

    @Override
    public Hold hold() {
        return received()
                .hold()
                .map(hold -> circumstances.day().isAfter(hold.review()) ? Hold.OVERDUE : Hold.ORDERED)
                .orElse(Hold.NONE);
    }

    @Override
    public SortedSet<PartyCode> announced() {
        return announcement().named();
    }

    @Override
    public boolean countersigned(PartyCode party) {
        return announcement().countersigned().contains(party);
    }

    private Act.Announce announcement() {
        if (act instanceof Act.Announce announce) {
            return announce;
        }
        throw none("announcement");
    }

    private Envelope envelope() {
        return Act.envelope(act).orElseThrow(() -> none("item"));
    }

    private Item item() {
        return switch (act) {
            case Act.Index index -> index.item();
            case Act.Release release -> release.item();
            case Act.Disseminate disseminate -> disseminate.item();
            case Act.Contribute contribute -> contribute.item();
            default -> throw none("item");
        };
    }

    private Received received() {
        return switch (act) {
            case Act.Forward forward -> forward.received();
            case Act.Use use -> use.received();
            case Act.Export export -> export.received();
            case Act.Retain retain -> retain.received();
            default -> throw none("received item");
        };
    }

    private IllegalStateException none(String fact) {
        return new IllegalStateException("an act of kind " + act.name() + " has no " + fact);
    }
}
