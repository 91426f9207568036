package org.entente.memorandum.proof;

import java.util.ArrayList;
import java.util.List;
import org.entente.memorandum.decision.Facts;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.officer.ActName;

/** Tells a case: what was asked for in it, and nothing else. */
final class Story {
    private final Case facts;
    private final List<Counterexample.Point> points = new ArrayList<>();

    private Story(Case facts) {
        this.facts = facts;
    }

    static List<Counterexample.Point> of(Case facts) {
        Story story = new Story(facts);
        story.standing();
        story.act();
        story.item();
        story.received();
        story.given();
        return story.points;
    }

    private void say(String key, String... names) {
        points.add(Counterexample.Point.of("story." + key, names));
    }

    private void standing() {
        switch (facts.state()) {
            case Facts.State.Unsigned _ -> say("unsigned");
            case Facts.State.InForce _ -> say("on", facts.day().toString());
            case Facts.State.Suspended _ -> say("suspended");
            case Facts.State.Withdrawn withdrawn -> say(facts.reached(withdrawn.ends()) ? "withdrawn" : "withdrawing");
            case Facts.State.Superseded _ -> say("superseded");
        }
        facts.suspendedClauses().forEach(clause -> say("clause-suspended", clause.text()));
    }

    private void act() {
        say(
                "act." + facts.act().word(),
                facts.by().text(),
                facts.counterpart().text(),
                facts.category().code(),
                facts.purpose().code());
    }

    private void item() {
        if (facts.knows(Case.Fact.OBTAINER)) {
            say("obtained-by", facts.obtainedBy().text());
        }
        if (facts.knows(Case.Fact.PLACE)) {
            say("obtained-in", facts.obtainedIn().code());
        }
        if (facts.knows(Case.Fact.AUTHORISED)) {
            say(facts.jointlyAuthorised() ? "authorised" : "unauthorised");
        }
        if (facts.secrecy().first() != SecrecyRegime.NONE) {
            say("secrecy", facts.secrecy().first().word());
        }
        if (facts.act() == ActName.INDEX && facts.person().asked()) {
            say("person", facts.person().first().word());
        }
        if (facts.knows(Case.Fact.SERVED) && !facts.purposeServed()) {
            say("other-purpose");
        }
        Handling.Code most = Case.CODES.get(Math.toIntExact(facts.handling().greatest()));
        if (most != Handling.Code.H3) {
            say("marked", most.word());
        }
    }

    private void received() {
        if (facts.knows(Case.Fact.RECIPIENT)) {
            say("recipient", facts.recipient().text());
        }
        if (facts.knows(Case.Fact.NAMED_IN_REQUEST) && facts.namedInRequest()) {
            say("named-in-request");
        }
        if (facts.knows(Case.Fact.MANNER)) {
            say("manner." + facts.manner().word());
        }
        if (facts.age().least() > 0) {
            say("held-beyond");
        }
        if (facts.knows(Case.Fact.HOLD)) {
            say("hold."
                    + switch (facts.hold()) {
                        case NONE -> "none";
                        case ORDERED -> "ordered";
                        case OVERDUE -> "overdue";
                    });
        }
    }

    private void given() {
        if (facts.knows(Case.Fact.CONSENTED)) {
            say(
                    facts.originatorConsented() ? "consented" : "not-consented",
                    facts.obtainedBy().text());
        }
        if (facts.officers().greatest() == 0) {
            say("nobody-approved", facts.by().text());
        }
    }
}
