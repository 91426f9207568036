package org.entente.memorandum.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.memorandum.decision.Story.circumstances;
import static org.entente.memorandum.decision.Story.grounds;
import static org.entente.memorandum.decision.Story.marking;
import static org.entente.memorandum.decision.Story.officer;
import static org.entente.memorandum.decision.Story.parsed;
import static org.entente.memorandum.decision.Story.provenance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.IsoDay;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Manner;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

/** An item comes with the terms of the clause that it can have been supplied under; a looser clause for other purposes adds nothing. */
class ReceivedItemTest {
    private static final String DRUG = "drug-trafficking";
    private static final String MONEY = "money-laundering";

    /** Both from the same authority to the same, in one category: 3.8 lets everything be done, 3.9 next to nothing. */
    private static final String CLAUSES = """
              "3.8":
                release: company
                by: US/ATF
                to: MX/ANAM
                for: drug-trafficking
                needs: {officers: 1}
                handling at least: H0
                use as evidence: freely
                use for another purpose: freely
                legal hold: in use
                keep: P10Y
              "3.9":
                release: company
                by: US/ATF
                to: MX/ANAM
                for: money-laundering
                needs: {officers: 1}
                handling at least: H0
                use as evidence: never
                use for another purpose: never
                legal hold: never
                keep: P1Y
            """;

    private static final Standing IN_FORCE = new Standing.InForce(
            parsed(() -> Memorandum.parseYaml(Example.plain().replaceFirst("(?m)^never:", CLAUSES + "never:"))),
            Instant.parse("2026-01-01T00:00:00Z"));

    @Test
    void theLooserClauseLendsItsPurposesAndNothingElse() {
        permitted(use(Manner.EVIDENCE, DRUG, DRUG), "3.8");
        permitted(use(Manner.INTELLIGENCE, MONEY, DRUG), "3.8");
        permitted(use(Manner.INTELLIGENCE, MONEY, MONEY), "3.9");
        refused(use(Manner.EVIDENCE, MONEY, MONEY));
        refused(use(Manner.EVIDENCE, DRUG, MONEY));
        refused(use(Manner.INTELLIGENCE, DRUG, MONEY));
    }

    @Test
    void theLongerTermIsForWhatServesItsPurposes() {
        permitted(retain("2024-11-01", DRUG), "3.8");
        permitted(retain("2026-01-01", MONEY), "3.9");
        refused(retain("2024-11-01", MONEY));
    }

    @Test
    void anItemForBothPurposesMayBeUsedUnderEither() {
        permitted(use(Manner.EVIDENCE, MONEY, DRUG, MONEY), "3.8");
        permitted(retain("2024-11-01", DRUG, MONEY), "3.8");
    }

    @Test
    void whatACourtHoldsInUseIsUsedAndGoesNowhere() {
        LegalHold order = new LegalHold("court", "order 7", LocalDate.parse("2026-11-22"));
        Received held =
                new Received(envelope(DRUG), parsed(() -> IsoDay.parse("2016-11-21")), false, Optional.of(order));
        Circumstances circumstances = circumstances("MX/ANAM", "US/ATF", DRUG, "company");
        Grounds grounds = grounds(officer("MX/ANAM", Role.LEGAL)).withConsents(List.of(circumstances.counterpart()));
        permitted(new Act.Use(circumstances, grounds, held, Manner.INTELLIGENCE), "3.8");
        permitted(new Act.Retain(circumstances, grounds, held), "3.8");
        refused(new Act.Export(circumstances, grounds, held));
        refused(new Act.Forward(circumstances, grounds, held, circumstances.counterpart(), true));
    }

    @Test
    void nobodyIsAskedAboutAnotherPurposeWhereEvidenceIsNeverAllowed() {
        Standing inForce = new Standing.InForce(
                parsed(() -> Memorandum.parseYaml(Example.plain()
                        .replaceFirst("(?m)^never:", CLAUSES + "never:")
                        .replace("use for another purpose: never", "use for another purpose: with consent"))),
                Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(Decider.decide(inForce, use(Manner.INTELLIGENCE, DRUG, MONEY)))
                .isInstanceOf(Decision.ConsentNeeded.class);
        assertThat(Decider.decide(inForce, use(Manner.EVIDENCE, DRUG, MONEY))).isInstanceOf(Decision.Refused.class);
    }

    private static Envelope envelope(String... purposes) {
        return Envelope.of(
                new Category("company"),
                Arrays.stream(purposes).map(Purpose::new).toList(),
                provenance("US/ATF", "US"),
                marking(PersonCategory.NOT_A_PERSON, Handling.Code.H0),
                Period.ofYears(5));
    }

    private static Received received(String on, String... purposes) {
        return new Received(envelope(purposes), parsed(() -> IsoDay.parse(on)), false, Optional.empty());
    }

    private static Act.Use use(Manner manner, String purpose, String... served) {
        return new Act.Use(
                circumstances("MX/ANAM", "US/ATF", purpose, "company"),
                grounds(officer("MX/ANAM", Role.ANALYST)),
                received("2026-11-01", served),
                manner);
    }

    private static Act.Retain retain(String on, String... served) {
        return new Act.Retain(
                circumstances("MX/ANAM", "US/ATF", served[0], "company"), grounds(), received(on, served));
    }

    private static void permitted(Act act, String clause) {
        Decision decision = Decider.decide(List.of(IN_FORCE), act);
        assertThat(decision).isInstanceOf(Decision.Permitted.class);
        assertThat(decision.clauses())
                .extracting(cited -> cited.clause().text())
                .containsExactly(clause);
    }

    private static void refused(Act act) {
        assertThat(Decider.decide(List.of(IN_FORCE), act)).isInstanceOf(Decision.Refused.class);
    }
}
