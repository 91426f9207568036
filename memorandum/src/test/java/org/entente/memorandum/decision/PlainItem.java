package org.entente.memorandum.decision;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;
import org.entente.memorandum.signing.JointAuthorisation;

/**
 * What {@link PlainModel} says of an item that leaves.
 *
 * @param unitToUnit whether both authorities are financial intelligence units
 */
record PlainItem(Memorandum memorandum, Act act, Item item, boolean unitToUnit) {
    /** Consent is asked for last. */
    PlainModel.Answer answer(boolean otherwise) {
        if (!otherwise) {
            return PlainModel.Answer.REFUSED;
        }
        AuthorityCode obtainer = provenance().obtainedBy();
        AuthorityCode by = act.circumstances().by();
        boolean asked = !obtainer.party().equals(by.party())
                || (!obtainer.equals(by)
                        && item.envelope().marking().handling().code().compareTo(Handling.Code.H2) >= 0);
        return asked && !act.grounds().consents().contains(obtainer)
                ? PlainModel.Answer.CONSENT
                : PlainModel.Answer.PERMITTED;
    }

    boolean mayMove() {
        return item.envelope().category().equals(act.circumstances().category())
                && item.envelope().purposes().contains(act.circumstances().purpose())
                && secrecy()
                && !item.challenged()
                && territory();
    }

    private Provenance provenance() {
        return item.envelope().provenance();
    }

    private boolean secrecy() {
        SecrecyRegime own = item.envelope().marking().secrecyRegime();
        SecrecyRegime category = memorandum
                .category(act.circumstances().category())
                .orElseThrow()
                .secrecy();
        boolean alike = own == SecrecyRegime.NONE
                || own == category
                || memorandum.clausesOf(Terms.EquivalentSecrecy.class).stream()
                        .map(clause -> clause.terms().regimes())
                        .anyMatch(regimes -> regimes.contains(own) && regimes.contains(category));
        return alike && (own != SecrecyRegime.SUSPICIOUS_REPORT || unitToUnit);
    }

    private boolean territory() {
        Terms.Territorial clause =
                memorandum.clausesOf(Terms.Territorial.class).getFirst().terms();
        if (clause.rule() == Words.TerritorialRule.FREELY) {
            return true;
        }
        AuthorityCode obtainer = provenance().obtainedBy();
        Optional<Party.Authority> named = memorandum.authority(obtainer);
        Place place = provenance().obtainedIn();
        if (named.isEmpty() || !(place instanceof Territory)) {
            return false;
        }
        boolean own = clause.own() == Words.OwnTerritory.AUTHORITY
                ? within(place, named.get().territory())
                : within(place, memorandum.party(obtainer.party()).orElseThrow().territory());
        return own || item.authorisations().stream().anyMatch(signed -> covers(signed.terms()));
    }

    /** A country holds its states, and a state nothing but itself. */
    private static boolean within(Place place, Iterable<Territory> territories) {
        for (Territory territory : territories) {
            if (place.code().equals(territory.code()) || place.code().startsWith(territory.code() + "-")) {
                return true;
            }
        }
        return false;
    }

    private boolean covers(JointAuthorisation terms) {
        LocalDate obtained = provenance().obtainedAt();
        return provenance().jointAuthorisation().equals(Optional.of(terms.id()))
                && within(provenance().obtainedIn(), Set.of(terms.place()))
                && memorandum
                        .party(terms.between().ofPlace())
                        .filter(party -> within(provenance().obtainedIn(), party.territory()))
                        .isPresent()
                && terms.between().obtaining().equals(provenance().obtainedBy().party())
                && terms.categories().contains(act.circumstances().category())
                && terms.purpose().equals(act.circumstances().purpose())
                && !obtained.isBefore(terms.window().from())
                && !obtained.isAfter(terms.window().until());
    }

    boolean mayBeIndexed(boolean clearedToo) {
        return switch (item.envelope().marking().personCategory()) {
            case VICTIM, WITNESS, MINOR, SOURCE -> false;
            case NOT_A_PERSON, LISTED, SUSPECT, CONVICTED, CONTACT ->
                clearedToo
                        || item.envelope()
                                .listStatus()
                                .filter(status -> status.cleared())
                                .isEmpty();
        };
    }

    boolean isMarkedFor(Terms.Handover handover) {
        LocalDate day = PlainReceived.day(act.circumstances().at());
        LocalDate promised = day.plus(item.envelope().retention());
        LocalDate allowed = PlainReceived.day(
                handover.retention().keep().after(act.circumstances().at()));
        return (handover.marks().grading() == Words.GradingDemand.OPTIONAL
                        || item.envelope().marking().grading().isPresent())
                && item.envelope()
                                .marking()
                                .handling()
                                .code()
                                .compareTo(handover.marks().handlingMin())
                        >= 0
                && !promised.isAfter(allowed);
    }
}
