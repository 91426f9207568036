package org.entente.memorandum.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.memorandum.decision.Story.circumstances;
import static org.entente.memorandum.decision.Story.envelope;
import static org.entente.memorandum.decision.Story.grounds;
import static org.entente.memorandum.decision.Story.officer;
import static org.entente.memorandum.decision.Story.probe;
import static org.entente.memorandum.decision.Story.provenance;
import static org.entente.memorandum.decision.Story.release;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Amendments;
import org.entente.memorandum.signing.Course;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

/** Decisions while a clause is suspended by itself, and once a newer version is in force. */
class PartlyStandingTest {
    private static final Instant SIGNED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Act.Release RELEASE = release(envelope("company", provenance("US/FINCEN", "US")));
    private static final Memorandum TEXT = Example.memorandum();

    @Test
    void aSuspendedClauseGrantsNothingAndTheOthersGrantAsBefore() {
        Standing standing = suspended(TEXT, "3.1", Story.AT.minusSeconds(60));
        assertThat(Decider.decide(standing, RELEASE)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.clauses()).containsExactly(new Citation(TEXT.id(), new ClauseNumber("7.1")));
            assertThat(refused.problem().code()).isEqualTo("memorandum.decision.clause-suspended");
            assertThat(refused.problem().arguments()).containsExactly(TEXT.id(), "MX", "3.1");
        });
        assertThat(Decider.decide(standing, probe("drug-trafficking", 64, 0))).isInstanceOf(Decision.Permitted.class);
        assertThat(Decider.decide(standing, retain()))
                .as("what survives a suspension of the whole survives that of a clause")
                .isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void aTermBeforeItHasEffectHoldsForAClauseToo() throws Malformed {
        Memorandum slow = Memorandum.parseYaml(Example.plain().replace("effect: at once", "effect: within P7D"));
        Instant week = Story.AT.minusSeconds(7 * 86_400);
        assertThat(Decider.decide(suspended(slow, "3.1", week.plusSeconds(1)), RELEASE))
                .isInstanceOf(Decision.Permitted.class);
        assertThat(Decider.decide(suspended(slow, "3.1", week), RELEASE)).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void theNewerVersionDecidesInPlaceOfTheOlder() {
        Standing older = new Standing.InForce(TEXT, SIGNED);
        Memorandum text = version(2, "from:", "from:");
        Standing newer = new Standing.InForce(text, Story.AT);
        List<Standing> both = Amendments.among(List.of(older, newer));
        assertThat(Decider.decide(both, RELEASE)).isInstanceOf(Decision.Permitted.class);
        assertThat(Decider.decide(both.getFirst(), RELEASE)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.clauses()).containsExactly(new Citation(TEXT.id(), new ClauseNumber("7.3")));
            assertThat(refused.problem().code()).isEqualTo("memorandum.decision.superseded");
            assertThat(refused.problem().arguments()).contains("2");
        });
        assertThat(Decider.decide(both.getFirst(), retain())).isInstanceOf(Decision.Permitted.class);
        Standing suspended = new Standing.Suspended(text, new PartyCode("MX"), SIGNED, new TreeSet<>());
        assertThat(Decider.decide(Amendments.among(List.of(older, suspended)), RELEASE))
                .as("the older one does not come back")
                .isInstanceOf(Decision.Refused.class);
        List<Standing> later = Amendments.among(List.of(older, new Standing.InForce(text, Story.AT.plusSeconds(1))));
        assertThat(Decider.decide(later.getFirst(), RELEASE)).isInstanceOf(Decision.Permitted.class);
        assertThat(DecisionRecord.of(both, RELEASE).inputs())
                .isNotEqualTo(DecisionRecord.of(List.of(older, newer), RELEASE).inputs());
    }

    /** Across three versions: a purpose that the second left out and the third names again. */
    @Test
    void theNewestVersionThatAppliesDecides() {
        Standing first = new Standing.InForce(TEXT, SIGNED);
        Standing second = new Standing.InForce(
                version(2, "for: [drug-trafficking, money-laundering]", "for: [drug-trafficking]"),
                SIGNED.plusSeconds(1));
        Standing third = new Standing.InForce(version(3, "2048", "1024"), SIGNED.plusSeconds(2));
        assertThat(Decider.decide(Amendments.among(List.of(first, second, third)), RELEASE))
                .isInstanceOf(Decision.Permitted.class);
        assertThat(Decider.decide(Amendments.among(List.of(third, first)), RELEASE))
                .isInstanceOf(Decision.Permitted.class);
    }

    private static Act.Retain retain() {
        return new Act.Retain(
                circumstances("MX/UIF", "US/FINCEN", "money-laundering", "company"),
                grounds(officer("MX/UIF", Role.ANALYST)),
                new Received(
                        envelope("company", provenance("US/FINCEN", "US")),
                        LocalDate.parse("2026-11-01"),
                        false,
                        Optional.empty()));
    }

    private static Standing suspended(Memorandum memorandum, String clause, Instant since) {
        return new Standing.InForce(
                new Course(
                        memorandum,
                        SIGNED,
                        new TreeMap<>(Map.of(
                                new ClauseNumber(clause),
                                new Course.Suspension(new PartyCode("MX"), since, new TreeSet<>(), Optional.empty())))),
                SIGNED);
    }

    private static Memorandum version(int number, String text, String instead) {
        return Story.parsed(() -> Memorandum.parseYaml(
                Example.yaml().replace("version: 1", "version: " + number).replace(text, instead)));
    }
}
