package org.entente.memorandum.decision;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Unplaced;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.language.Words;

/** What an item's envelope says against its leaving, apart from what the granting clause says. */
final class ItemCheck {
    private final Memorandum memorandum;
    private final Citation granting;
    private final Circumstances circumstances;
    private final Grounds grounds;
    private final Item item;
    private final Envelope envelope;

    ItemCheck(Memorandum memorandum, Citation granting, Act act, Item item) {
        this.memorandum = memorandum;
        this.granting = granting;
        this.circumstances = act.circumstances();
        this.grounds = act.grounds();
        this.item = item;
        this.envelope = item.envelope();
    }

    Optional<Decision> sameCategory() {
        if (envelope.category().equals(circumstances.category())) {
            return Optional.empty();
        }
        return refused(
                granting,
                "memorandum.decision.other-category",
                envelope.category().code(),
                circumstances.category().code());
    }

    Optional<Decision> servesPurpose() {
        if (envelope.purposes().contains(circumstances.purpose())) {
            return Optional.empty();
        }
        return refused(
                cite(Terms.NotNamed.class),
                "memorandum.decision.purpose-not-served",
                circumstances.purpose().code());
    }

    /** An item's own secrecy must be the one that its category provides for; a suspicious report goes unit to unit. */
    Optional<Decision> secrecy() {
        SecrecyRegime regime = envelope.marking().secrecyRegime();
        SecrecyRegime provided = memorandum
                .category(circumstances.category())
                .map(Named.CategoryTerms::secrecy)
                .orElse(SecrecyRegime.NONE);
        boolean covered = regime == SecrecyRegime.NONE || regime == provided;
        boolean unitToUnit = regime != SecrecyRegime.SUSPICIOUS_REPORT
                || (isUnit(circumstances.by()) && isUnit(circumstances.counterpart()));
        if (covered && unitToUnit) {
            return Optional.empty();
        }
        return refused(
                granting,
                "memorandum.decision.secrecy",
                regime.word(),
                circumstances.category().code());
    }

    private boolean isUnit(AuthorityCode authority) {
        return memorandum
                .authority(authority)
                .filter(terms -> terms.kind() == Words.AuthorityKind.FINANCIAL_INTELLIGENCE_UNIT)
                .isPresent();
    }

    /**
     * The territorial rule. Own is what the obtaining authority got in its own territory; elsewhere counts only with a
     * joint authorisation of the party of the place. A place that is unknown, online or several is nobody's, and an
     * authority that the memorandum does not name has no territory under it.
     */
    Optional<Decision> territory() {
        Provenance provenance = envelope.provenance();
        Place place = provenance.obtainedIn();
        Citation rule = cite(Terms.Territorial.class);
        Optional<Party.Authority> obtainer = memorandum.authority(provenance.obtainedBy());
        if (obtainer.isEmpty()) {
            return refused(
                    rule,
                    "memorandum.decision.obtainer-not-named",
                    provenance.obtainedBy().text());
        }
        if (place instanceof Unplaced) {
            return refused(rule, "memorandum.decision.place-unknown", place.code());
        }
        boolean own = obtainer.filter(authority -> authority.owns(place)).isPresent();
        boolean authorised = item.authorisations().stream()
                .map(authorisation -> authorisation.terms())
                .filter(terms -> terms.covers(provenance, circumstances.category(), circumstances.purpose()))
                .anyMatch(terms -> memorandum
                        .party(terms.between().ofPlace())
                        .filter(party -> party.owns(place))
                        .isPresent());
        if (own || authorised) {
            return Optional.empty();
        }
        return refused(
                rule,
                "memorandum.decision.territory",
                place.code(),
                provenance.obtainedBy().text());
    }

    Optional<Decision> indexable(Words.ClearedEntries clearedEntries) {
        if (!envelope.marking().personCategory().mayBeIndexed()) {
            return refused(
                    cite(Terms.NotNamed.class),
                    "memorandum.decision.person-not-indexed",
                    envelope.marking().personCategory().word());
        }
        if (envelope.cleared() && clearedEntries == Words.ClearedEntries.NOT_INDEXED) {
            return refused(granting, "memorandum.decision.cleared-not-indexed");
        }
        return Optional.empty();
    }

    Optional<Decision> marked(Terms.Handover handover) {
        if (handover.marks().grading() == Words.GradingDemand.REQUIRED
                && envelope.marking().grading().isEmpty()) {
            return refused(granting, "memorandum.decision.not-graded");
        }
        Handling.Code code = envelope.marking().handling().code();
        if (!envelope.marking().handling().atLeast(handover.marks().handlingMin())) {
            return refused(
                    granting,
                    "memorandum.decision.handling",
                    code.word(),
                    handover.marks().handlingMin().word());
        }
        return Optional.empty();
    }

    /** The item must not promise the receiver more time than the clause allows. */
    Optional<Decision> kept(Terms.Handover handover) {
        if (erasureDay().isAfter(latestErasureDay(handover))) {
            return refused(
                    granting,
                    "memorandum.decision.retention",
                    envelope.retention().toString(),
                    handover.retention().keep().toString());
        }
        return Optional.empty();
    }

    /**
     * The third-party rule: what another party obtained, and what a colleague obtained and marked H2 or above, moves only
     * with the consent of who obtained it. It stands last, so that nobody is asked in vain.
     */
    Optional<Decision> consents() {
        AuthorityCode obtainer = envelope.provenance().obtainedBy();
        boolean anotherParty = !obtainer.party().equals(circumstances.by().party());
        boolean restricted = !obtainer.equals(circumstances.by())
                && envelope.marking().handling().atLeast(Handling.Code.H2);
        if ((!anotherParty && !restricted) || grounds.consents().contains(obtainer)) {
            return Optional.empty();
        }
        SortedSet<AuthorityCode> from = new TreeSet<>(Party.ORDER);
        from.add(obtainer);
        return Optional.of(new Decision.ConsentNeeded(
                List.of(granting), from, Problem.of("memorandum.decision.originator-consent", obtainer.text())));
    }

    List<Obligation> obligations(Terms.Handover handover) {
        List<Obligation> owed = new ArrayList<>();
        owed.add(new Obligation(
                granting,
                Obligation.Duty.HANDLE_AS,
                envelope.marking().handling().code().word()));
        owed.add(new Obligation(granting, Obligation.Duty.ERASE_BY, erasureDay().toString()));
        owed.add(new Obligation(
                granting,
                Obligation.Duty.USE_AS_EVIDENCE,
                handover.use().asEvidence().word()));
        owed.add(new Obligation(
                granting, Obligation.Duty.ONWARD, handover.onward().others().word()));
        envelope.listStatus()
                .ifPresent(status -> owed.add(new Obligation(
                        granting, Obligation.Duty.KEEP_STATUS, status.since().toString())));
        return owed;
    }

    private LocalDate erasureDay() {
        return circumstances.day().plus(envelope.retention());
    }

    private LocalDate latestErasureDay(Terms.Handover handover) {
        return handover.retention()
                .keep()
                .after(circumstances.at())
                .atOffset(ZoneOffset.UTC)
                .toLocalDate();
    }

    private Citation cite(Class<? extends Terms> mandatory) {
        return new Citation(memorandum.id(), memorandum.mandatory(mandatory));
    }

    private static Optional<Decision> refused(Citation clause, String code, String... arguments) {
        return Optional.of(new Decision.Refused(List.of(clause), Problem.of(code, arguments)));
    }
}
