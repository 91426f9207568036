package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.officer.Manner;

/** What {@link PlainModel} says of an item that was received: it stays its originator's. */
record PlainReceived(Memorandum memorandum, Act act, Terms.Passing clause) {
    PlainModel.Answer answer(boolean receives, boolean approved, boolean mayHaveIt) {
        if (!receives || !ofCategory()) {
            return PlainModel.Answer.REFUSED;
        }
        return switch (act) {
            case Act.Retain retain ->
                serves() && kept(retain) && (retain.received().hold().isEmpty() || approved)
                        ? PlainModel.Answer.PERMITTED
                        : PlainModel.Answer.REFUSED;
            case Act.Use use -> approved && serves() && atHand(true) ? used(use) : PlainModel.Answer.REFUSED;
            case Act.Forward forward ->
                approved && forItsPurposes() && atHand(false) && mayHaveIt
                        ? consent(onward(forward))
                        : PlainModel.Answer.REFUSED;
            case Act.Export _ ->
                approved && forItsPurposes() && atHand(false)
                        ? consent(clause.handover().export())
                        : PlainModel.Answer.REFUSED;
            default -> throw new AssertionError("nothing was received");
        };
    }

    static LocalDate day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private Received received() {
        return switch (act) {
            case Act.Retain retain -> retain.received();
            case Act.Use use -> use.received();
            case Act.Forward forward -> forward.received();
            case Act.Export export -> export.received();
            default -> throw new AssertionError("nothing was received");
        };
    }

    private Envelope envelope() {
        return received().envelope();
    }

    private boolean ofCategory() {
        return envelope().category().equals(act.circumstances().category());
    }

    /** A clause has a say in what serves one of its purposes, and in nothing else. */
    private boolean serves() {
        return envelope().purposes().stream()
                .anyMatch(purpose -> clause.scope().purposes().contains(purpose));
    }

    private boolean forItsPurposes() {
        return clause.scope().purposes().contains(act.circumstances().purpose())
                && envelope().purposes().contains(act.circumstances().purpose());
    }

    /** Beyond its own retention or the clause's, whichever ends first. */
    private boolean beyond() {
        LocalDate own = received().on().plus(envelope().retention());
        LocalDate allowed = day(clause.handover()
                .retention()
                .keep()
                .after(received().on().atStartOfDay().toInstant(ZoneOffset.UTC)));
        LocalDate today = day(act.circumstances().at());
        return today.isAfter(own) || today.isAfter(allowed);
    }

    private boolean ordered() {
        return received()
                .hold()
                .filter(hold -> !day(act.circumstances().at()).isAfter(hold.review()))
                .isPresent();
    }

    private boolean atHand(boolean mayBeUsedWhenHeld) {
        boolean inUse =
                mayBeUsedWhenHeld && clause.handover().retention().legalHold() == Words.LegalHold.IN_USE && ordered();
        return !received().challenged() && (!beyond() || inUse);
    }

    private boolean kept(Act.Retain retain) {
        return !beyond()
                || (clause.handover().retention().legalHold() != Words.LegalHold.NEVER
                        && retain.received().hold().isPresent()
                        && ordered());
    }

    private PlainModel.Answer used(Act.Use use) {
        Terms.Use terms = clause.handover().use();
        if (use.manner() == Manner.IMMEDIATE_THREAT) {
            boolean may = switch (terms.threat().reach()) {
                case NEVER -> false;
                case NAMED -> memorandum.purpose(act.circumstances().purpose()).isPresent();
                case ANY -> true;
            };
            return may ? PlainModel.Answer.PERMITTED : PlainModel.Answer.REFUSED;
        }
        Words.Consent purpose = forItsPurposes() ? Words.Consent.FREELY : terms.otherPurpose();
        if (use.manner() == Manner.INTELLIGENCE) {
            return consent(purpose);
        }
        Words.Consent evidence = restricted(terms.asEvidence(), Handling.Code.H1);
        return Stream.of(consent(purpose), consent(evidence))
                .sorted()
                .findFirst()
                .orElseThrow();
    }

    private Words.Consent onward(Act.Forward forward) {
        Terms.Onward terms = clause.handover().onward();
        boolean presumed = terms.namedInRequest() == Words.NamedInRequest.PRESUMED
                && forward.namedInRequest()
                && forward.to().party().equals(act.circumstances().by().party());
        Words.Consent said =
                List.copyOf(terms.to()).contains(forward.to()) || presumed ? Words.Consent.FREELY : terms.others();
        return restricted(said, Handling.Code.H2);
    }

    /** What is marked so, or stricter, goes nowhere freely. */
    private Words.Consent restricted(Words.Consent said, Handling.Code code) {
        return said == Words.Consent.FREELY
                        && envelope().marking().handling().code().compareTo(code) >= 0
                ? Words.Consent.WITH_CONSENT
                : said;
    }

    private PlainModel.Answer consent(Words.Consent demanded) {
        return switch (demanded) {
            case NEVER -> PlainModel.Answer.REFUSED;
            case FREELY -> PlainModel.Answer.PERMITTED;
            case WITH_CONSENT ->
                act.grounds().consents().contains(envelope().provenance().obtainedBy())
                        ? PlainModel.Answer.PERMITTED
                        : PlainModel.Answer.CONSENT;
        };
    }
}
