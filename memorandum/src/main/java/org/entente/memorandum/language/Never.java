package org.entente.memorandum.language;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Word;

/**
 * What a memorandum promises never to allow. The list is closed, so that each promise can be checked against the terms
 * before anybody signs. Some hold by the language itself: it has no words in which a term could break them.
 */
public enum Never implements Promise, Word {
    NOTHING_FROM_ELSEWHERE(
            "nothing obtained outside the supplier's territory moves without a joint authorisation of the place"),
    NO_UNNAMED_PURPOSE("no act for a purpose not named here"),
    NO_FORWARD_WITHOUT_CONSENT("no forward to a third party without the originator's consent"),
    NO_EVIDENCE_WITHOUT_CONSENT("no use as evidence without the originator's consent"),
    NO_SUSPICIOUS_REPORT_BEYOND_UNITS("no suspicious-report to or from anything but a financial-intelligence-unit"),
    NO_PROTECTED_PERSON_INDEXED("no victim, witness, minor or source in an index"),
    NO_SENSITIVE_SHARED_INDEX("no sensitive category in a shared index"),
    NOTHING_NEW_WHILE_SUSPENDED("nothing new while suspended"),
    NOTHING_KEPT_TOO_LONG("nothing kept past its term but under a court's order"),
    NOBODY_ACTS_ELSEWHERE("nobody but an authority of the place acts in a place"),
    NOTHING_UNACCOUNTED("no act without an accountable authority on both sides"),
    /** Of two acts in a row: who consents is not asked for nothing. */
    NO_CONSENT_IN_VAIN("no consent asked for in vain"),
    /** Of two acts in a row: what is tried again after a suspension is not let through. */
    NOTHING_BY_TRYING_AGAIN("nothing by trying again after a suspension, a withdrawal or a newer version");

    private static final Terms.Territorial STRICT =
            new Terms.Territorial(Words.TerritorialRule.JOINT_AUTHORISATION, Words.OwnTerritory.AUTHORITY);

    private final String word;

    Never(String word) {
        this.word = word;
    }

    @Override
    public String word() {
        return word;
    }

    /**
     * Whether the terms keep the promise, as far as that can be read off them. It is what a signature waits for; the proof asks the engine itself about
     * every case, and a test holds both to the same answer.
     */
    boolean holds(Memorandum memorandum) {
        List<Terms> terms = List.copyOf(memorandum.clauses().values());
        return switch (this) {
            case NOTHING_FROM_ELSEWHERE ->
                terms.stream()
                        .anyMatch(clause ->
                                clause instanceof Terms.Territorial territorial && territorial.rule() == STRICT.rule());
            case NO_UNNAMED_PURPOSE ->
                handovers(terms).noneMatch(handover -> handover.use().threat().reach() == Words.ThreatReach.ANY);
            case NO_FORWARD_WITHOUT_CONSENT ->
                handovers(terms).noneMatch(handover -> handover.onward().others() == Words.Consent.FREELY)
                        && terms.stream().allMatch(Never::onwardToNoThird);
            case NO_EVIDENCE_WITHOUT_CONSENT ->
                handovers(terms).noneMatch(handover -> handover.use().asEvidence() == Words.Consent.FREELY);
            case NO_SUSPICIOUS_REPORT_BEYOND_UNITS ->
                memorandum.categories().values().stream()
                        .filter(category -> category.secrecy() == SecrecyRegime.SUSPICIOUS_REPORT)
                        .allMatch(category ->
                                category.onlyBetween().equals(Set.of(Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT)));
            case NO_SENSITIVE_SHARED_INDEX ->
                terms.stream()
                        .noneMatch(clause -> sharedCategories(clause).stream()
                                .anyMatch(category -> memorandum
                                        .category(category)
                                        .map(Named.CategoryTerms::sensitive)
                                        .orElse(true)));
            case NOTHING_KEPT_TOO_LONG ->
                handovers(terms).noneMatch(handover -> handover.retention().legalHold() == Words.LegalHold.IN_USE);
            case NOBODY_ACTS_ELSEWHERE -> terms.stream().anyMatch(STRICT::equals);
            case NOTHING_UNACCOUNTED -> terms.stream().noneMatch(clause -> needsNobody(memorandum, clause));
            case NO_PROTECTED_PERSON_INDEXED, NO_CONSENT_IN_VAIN -> true; // no words of the language grant an exception
            case NOTHING_BY_TRYING_AGAIN ->
                terms.stream()
                        .noneMatch(clause -> clause instanceof Terms.Suspend suspend
                                && (suspend.surviving().contains(Words.SurvivingDuty.ANSWERS)
                                        || suspend.surviving().contains(Words.SurvivingDuty.USE)));
            case NOTHING_NEW_WHILE_SUSPENDED ->
                terms.stream()
                        .anyMatch(clause -> clause instanceof Terms.Suspend suspend
                                && suspend.effect().isEmpty()
                                && !suspend.surviving().contains(Words.SurvivingDuty.ANSWERS)
                                && !suspend.surviving().contains(Words.SurvivingDuty.USE));
        };
    }

    /** Whether something that is not sensitive, for which two officers always sign, may be done without an officer. */
    private static boolean needsNobody(Memorandum memorandum, Terms clause) {
        return switch (clause) {
            case Terms.Probe probe -> probe.needs().officers() == 0 && plain(memorandum, probe.scope());
            case Terms.Release release -> release.needs().officers() == 0 && plain(memorandum, release.scope());
            case Terms.Contribute contribute ->
                contribute.needs().officers() == 0 && plain(memorandum, contribute.scope());
            default -> false;
        };
    }

    private static boolean plain(Memorandum memorandum, Terms.Scope scope) {
        return scope.categories().stream()
                .flatMap(category -> memorandum.category(category).stream())
                .anyMatch(category -> !category.sensitive());
    }

    private static Stream<Terms.Handover> handovers(List<Terms> terms) {
        return terms.stream()
                .filter(Terms.Passing.class::isInstance)
                .map(clause -> ((Terms.Passing) clause).handover());
    }

    /** A colleague of the party that receives, whom the text itself names, is no third party; one of several that may receive is, to an item that another of them has. */
    private static boolean onwardToNoThird(Terms clause) {
        return !(clause instanceof Terms.Passing passing)
                || passing.handover().onward().to().stream()
                        .noneMatch(recipient -> isThird(recipient.party(), passing.scope()));
    }

    private static boolean isThird(PartyCode party, Terms.Scope scope) {
        return scope.by().stream()
                .map(AuthorityCode::party)
                .filter(supplier -> !supplier.equals(party))
                .anyMatch(supplier -> scope.counterpart().stream()
                        .map(AuthorityCode::party)
                        .anyMatch(receiver -> !receiver.equals(supplier) && !receiver.equals(party)));
    }

    private static SortedSet<Category> sharedCategories(Terms clause) {
        return switch (clause) {
            case Terms.Reconcile reconcile
            when shared(reconcile.index()) -> reconcile.scope().categories();
            case Terms.Probe probe when shared(probe.index()) -> probe.scope().categories();
            default -> new TreeSet<>();
        };
    }

    private static boolean shared(Terms.Index index) {
        return index.mode() == Words.MatchMode.SHARED_INDEX;
    }
}
