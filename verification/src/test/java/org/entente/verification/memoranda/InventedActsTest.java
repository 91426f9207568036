package org.entente.verification.memoranda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Decider;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.Obligation;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

/** Invented acts meet everything that the engine can answer, and not one answer nearly always. */
final class InventedActsTest {
    private static final int ACTS = 30_000;
    private static final List<String> REFUSALS = List.of(
            "purpose-not-named",
            "authority-not-named",
            "one-party",
            "not-in-force",
            "category-not-named",
            "not-in-joint-group",
            "joint-group-term",
            "kind-of-authority",
            "act-not-named",
            "not-requested",
            "needs-case",
            "needs-legal-basis",
            "needs-officers",
            "needs-legal-adviser",
            "index-too-small",
            "quota",
            "watch-too-long",
            "watch-too-often",
            "watch-over",
            "other-category",
            "purpose-not-served",
            "secrecy",
            "obtainer-not-named",
            "place-unknown",
            "territory",
            "person-not-indexed",
            "cleared-not-indexed",
            "not-graded",
            "handling",
            "retention",
            "challenged",
            "held-too-long",
            "hold-not-allowed",
            "hold-review",
            "other-purpose",
            "not-evidence",
            "no-threat-use",
            "not-onward",
            "no-export",
            "not-countersigned");

    private final InventedMemorandum memorandum = InventedMemorandum.of(Shape.USUAL, 1);
    private final Standing standing = memorandum.inForce();

    @Test
    void everyRefusalAndEveryDutyOccurs() {
        Map<String, Integer> refusals = new TreeMap<>();
        Map<Obligation.Duty, Integer> duties = new EnumMap<>(Obligation.Duty.class);
        Map<ActName, Integer> permitted = new EnumMap<>(ActName.class);
        int consents = 0;
        for (Act act : new InventedActs(memorandum, 2).draw(ACTS)) {
            switch (Decider.decide(standing, act)) {
                case Decision.Permitted given -> {
                    permitted.merge(act.name(), 1, Integer::sum);
                    given.obligations().forEach(owed -> duties.merge(owed.duty(), 1, Integer::sum));
                }
                case Decision.ConsentNeeded _ -> consents++;
                case Decision.Refused refused ->
                    refusals.merge(refused.problem().code().replace("memorandum.decision.", ""), 1, Integer::sum);
            }
        }
        assertThat(refusals.keySet()).containsAll(REFUSALS);
        assertThat(permitted.keySet()).containsAll(Aim.ALL);
        assertThat(duties.keySet()).containsAll(EnumSet.complementOf(EnumSet.of(Obligation.Duty.TELL_OF_STATUS)));
        assertThat(consents).isBetween(ACTS / 100, ACTS / 5);
        assertThat(permitted.values().stream().mapToInt(Integer::intValue).sum())
                .isBetween(ACTS * 2 / 5, ACTS * 7 / 10);
    }

    @Test
    void somethingElsewhereIsPermittedOnlyUnderAJointAuthorisation() {
        long permitted = new InventedActs(memorandum, 3)
                .draw(ACTS).stream()
                        .filter(Act.Release.class::isInstance)
                        .map(Act.Release.class::cast)
                        .filter(release -> !release.item().authorisations().isEmpty())
                        .filter(release -> Decider.decide(standing, release) instanceof Decision.Permitted)
                        .count();
        assertThat(permitted).isGreaterThan(20);
    }

    @Test
    void theSameSeedGivesTheSameActs() {
        List<Act> acts = new InventedActs(memorandum, 4).draw(2_000);
        assertThat(new InventedActs(InventedMemorandum.of(Shape.USUAL, 1), 4).draw(2_000))
                .isEqualTo(acts);
        assertThat(new InventedActs(memorandum, 5).draw(2_000)).isNotEqualTo(acts);
    }

    @Test
    void actsAreInventedForEveryShape() {
        for (Shape shape : new Shape[] {new Shape(2, 2, 10), new Shape(3, 20, 40), new Shape(12, 120, 60)}) {
            InventedMemorandum other = InventedMemorandum.of(shape, 6);
            Standing inForce = other.inForce();
            assertThat(new InventedActs(other, 6).draw(500))
                    .as("%s", shape)
                    .anyMatch(act -> Decider.decide(inForce, act) instanceof Decision.Permitted)
                    .anyMatch(act -> Decider.decide(inForce, act) instanceof Decision.Refused);
        }
    }
}
