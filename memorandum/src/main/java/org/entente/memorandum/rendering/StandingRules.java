package org.entente.memorandum.rendering;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.entente.memorandum.language.Terms;

/** The clauses that grant nothing and hold for everything: the place, the life of the text, and what is owed to each other. */
final class StandingRules {
    private final Phrases phrases;

    StandingRules(Phrases phrases) {
        this.phrases = phrases;
    }

    String say(Terms.Rule rule) {
        return switch (rule) {
            case Terms.Territorial territorial ->
                phrases.say(
                        "clause.territory." + Rendering.lower(territorial.rule()),
                        phrases.say("own-territory." + Rendering.lower(territorial.own())));
            case Terms.Announce announce -> phrases.say("clause.announce." + Rendering.lower(announce.rule()));
            case Terms.Suspend suspend ->
                phrases.say(
                        "clause.suspend",
                        phrases.list(suspend.surviving().stream()
                                .map(duty -> phrases.say("surviving." + duty.word()))
                                .toList()),
                        suspend.effect()
                                .map(term -> phrases.say("suspend.after", phrases.term(term)))
                                .orElseGet(() -> phrases.say("suspend.at-once")));
            case Terms.Withdraw withdraw -> phrases.say("clause.withdraw", phrases.term(withdraw.notice()));
            case Terms.Amend _ -> phrases.say("clause.amend");
            case Terms.Force force -> force(force);
            case Terms.StatusNotices notices -> phrases.say("clause.status", phrases.term(notices.within()));
            case Terms.Challenge challenge ->
                phrases.say(
                        "clause.challenge",
                        phrases.term(challenge.answer()),
                        phrases.say("unanswered." + Rendering.lower(challenge.unanswered())));
            case Terms.Incident incident ->
                phrases.say(
                        "clause.incident",
                        phrases.term(incident.answer()),
                        phrases.term(incident.jointReview()),
                        phrases.say("consequence." + Rendering.lower(incident.consequence())));
        };
    }

    private String force(Terms.Force force) {
        List<String> sentences = new ArrayList<>();
        sentences.add(force.from()
                .map(day -> phrases.say("clause.force.day", day.toString()))
                .orElseGet(() -> phrases.say("clause.force.signature")));
        force.ends().map(LocalDate::toString).ifPresent(day -> sentences.add(phrases.say("clause.force.ends", day)));
        force.review().ifPresent(term -> sentences.add(phrases.say("clause.force.review", phrases.term(term))));
        return String.join(" ", sentences);
    }
}
