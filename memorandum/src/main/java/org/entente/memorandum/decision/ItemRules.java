package org.entente.memorandum.decision;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Unplaced;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;

/** What an item's envelope says against its leaving, apart from who asks for it. */
final class ItemRules {
    static final Set<SecrecyRegime> REPORT = Set.of(SecrecyRegime.SUSPICIOUS_REPORT);
    private static final Set<PersonCategory> INDEXED = PersonCategory.indexed();

    private ItemRules() {}

    /** Category, purpose, secrecy and place of an item that the acting authority holds as its own. */
    static List<Check> own(Rules rules) {
        return List.of(
                named -> stated(named.facts()),
                named -> secrecy(rules, named),
                named -> territory(rules, named.facts()));
    }

    private static Optional<Reason> stated(Facts facts) {
        if (!facts.itemCategory().equals(facts.category())) {
            return Optional.of(Reason.OTHER_CATEGORY);
        }
        return facts.purposeServed() ? Optional.empty() : Optional.of(Reason.PURPOSE_NOT_SERVED);
    }

    /** An item's own secrecy must be the one that its category provides for, or its like; a suspicious report goes unit to unit. */
    private static Optional<Reason> secrecy(Rules rules, NamedCase named) {
        Facts facts = named.facts();
        boolean covered =
                facts.secret(rules.bearings().covered(named.category().terms().secrecy()));
        boolean unitToUnit = !facts.secret(REPORT) || named.between(Rules.UNITS);
        return covered && unitToUnit ? Optional.empty() : Optional.of(Reason.SECRECY);
    }

    /**
     * The territorial rule. Own is what the obtaining authority got in its own territory; elsewhere counts only with a
     * joint authorisation of the party of the place. A place that is unknown, online or several is nobody's, and an
     * authority that the memorandum does not name has no territory under it. What the party of the place challenges stays where it is.
     */
    private static Optional<Reason> territory(Rules rules, Facts facts) {
        if (facts.challenged()) {
            return Optional.of(Reason.CHALLENGED);
        }
        Terms.Territorial rule = rules.bearings().territory();
        if (rule.rule() == Words.TerritorialRule.FREELY) {
            return Optional.empty();
        }
        Optional<Party.Authority> obtainer = rules.authority(facts.obtainedBy());
        if (obtainer.isEmpty()) {
            return Optional.of(Reason.OBTAINER_NOT_NAMED);
        }
        Place place = facts.obtainedIn();
        if (place instanceof Unplaced) {
            return Optional.of(Reason.PLACE_UNKNOWN);
        }
        boolean own = rule.own() == Words.OwnTerritory.PARTY
                ? rules.memorandum()
                        .party(facts.obtainedBy().party())
                        .filter(party -> party.owns(place))
                        .isPresent()
                : obtainer.filter(authority -> authority.owns(place)).isPresent();
        return own || facts.jointlyAuthorised() ? Optional.empty() : Optional.of(Reason.TERRITORY);
    }

    static Optional<Reason> indexable(Facts facts, Words.ClearedEntries clearedEntries) {
        if (!facts.person(INDEXED)) {
            return Optional.of(Reason.PERSON_NOT_INDEXED);
        }
        return clearedEntries == Words.ClearedEntries.NOT_INDEXED && facts.cleared()
                ? Optional.of(Reason.CLEARED_NOT_INDEXED)
                : Optional.empty();
    }

    /** The item must be graded and marked as the clause demands, and must not promise the receiver more time than it allows. */
    static Optional<Reason> marked(Facts facts, Terms.Handover handover) {
        if (handover.marks().grading() == Words.GradingDemand.REQUIRED && !facts.graded()) {
            return Optional.of(Reason.NOT_GRADED);
        }
        if (!facts.marked(handover.marks().handlingMin())) {
            return Optional.of(Reason.HANDLING);
        }
        return facts.retainedLonger(handover.retention().keep()) ? Optional.of(Reason.RETENTION) : Optional.empty();
    }

    /**
     * The third-party rule: what another party obtained, and what a colleague obtained and marked H2 or above, moves only
     * with the consent of who obtained it. It stands last, so that nobody is asked in vain.
     */
    static Optional<Reason> obtainerConsents(Facts facts) {
        AuthorityCode obtainer = facts.obtainedBy();
        if (obtainer.equals(facts.by())) {
            return Optional.empty();
        }
        boolean mustAgree = !obtainer.party().equals(facts.by().party()) || facts.marked(Handling.Code.H2);
        return mustAgree && !facts.originatorConsented() ? Optional.of(Reason.ORIGINATOR_CONSENT) : Optional.empty();
    }
}
