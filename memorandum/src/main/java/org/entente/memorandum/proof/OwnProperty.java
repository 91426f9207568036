package org.entente.memorandum.proof;

import java.util.Optional;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Facts;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Property;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.ActName;

/** What a property that somebody wrote means in one case, which is permitted. It asks for facts only as far as they matter, the cheapest first. */
final class OwnProperty {
    private final Property property;
    private final Memorandum memorandum;
    private final Facts facts;

    private OwnProperty(Property property, Memorandum memorandum, Facts facts) {
        this.property = property;
        this.memorandum = memorandum;
        this.facts = facts;
    }

    static boolean keeps(Property property, Memorandum memorandum, Facts facts) {
        OwnProperty own = new OwnProperty(property, memorandum, facts);
        return !own.meant() || own.given();
    }

    private boolean meant() {
        return acts() && standing() && sides() && matter();
    }

    private boolean acts() {
        Property.Acts acts = property.acts();
        return (acts.names().isEmpty() || acts.names().contains(facts.act()))
                && (acts.manners().isEmpty()
                        || (facts.act() == ActName.USE && acts.manners().contains(facts.manner())));
    }

    private boolean standing() {
        return property.acts().standings().isEmpty()
                || property.acts().standings().stream().anyMatch(wanted -> switch (wanted) {
                    case IN_FORCE -> inForce();
                    case SUSPENDED ->
                        facts.state() instanceof Facts.State.Suspended suspended && facts.reached(suspended.since());
                    case WITHDRAWN ->
                        facts.state() instanceof Facts.State.Withdrawn withdrawn && facts.reached(withdrawn.ends());
                });
    }

    private boolean inForce() {
        return switch (facts.state()) {
            case Facts.State.InForce inForce -> facts.reached(inForce.since());
            case Facts.State.Withdrawn withdrawn -> !facts.reached(withdrawn.ends());
            case Facts.State.Suspended _, Facts.State.Superseded _, Facts.State.Unsigned _ -> false;
        };
    }

    private boolean sides() {
        Property.Sides sides = property.sides();
        return holds(sides.by(), facts.by())
                && holds(sides.with(), facts.counterpart())
                && (sides.recipient().anybody()
                        || (facts.act() == ActName.FORWARD && holds(sides.recipient(), facts.recipient())));
    }

    private boolean holds(Property.Side side, AuthorityCode authority) {
        Optional<Words.AuthorityKind> kind = side.kinds().isEmpty()
                ? Optional.empty()
                : memorandum.authority(authority).map(Party.Authority::kind);
        return side.holds(authority, kind);
    }

    private boolean matter() {
        Property.Matter matter = property.matter();
        boolean named = (matter.purposes().isEmpty() || matter.purposes().contains(facts.purpose()))
                && (matter.categories().isEmpty() || matter.categories().contains(facts.category()));
        return named && (!matter.ofItem() || (aboutItem() && item(matter)));
    }

    private boolean item(Property.Matter matter) {
        return (matter.obtainedBy().isEmpty() || matter.obtainedBy(facts.obtainedBy()))
                && (matter.obtainedIn().isEmpty() || matter.obtainedIn(facts.obtainedIn()))
                && (matter.persons().isEmpty() || facts.person(matter.persons()))
                && matter.markedAtLeast().map(facts::marked).orElse(true);
    }

    private boolean aboutItem() {
        return facts.act().supplies() || facts.act().ofReceived();
    }

    /** Whether all that makes it right is given; of an act about no item nobody consents and no place is authorised. */
    private boolean given() {
        Property.Unless unless = property.unless();
        return !unless.nothing()
                && (!unless.caseReference() || facts.caseGiven())
                && (!unless.legalBasis() || facts.legalBasisGiven())
                && (unless.officers() == 0 || facts.approvedBy(unless.officers()))
                && (!unless.consent() || (aboutItem() && facts.originatorConsented()))
                && (!unless.authorisation() || (facts.act().supplies() && facts.jointlyAuthorised()));
    }
}
