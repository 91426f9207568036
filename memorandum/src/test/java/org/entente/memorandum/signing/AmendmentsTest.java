package org.entente.memorandum.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.junit.jupiter.api.Test;

class AmendmentsTest {
    private static final Signer MX = new Signer("MX");
    private static final Instant FIRST = Instant.parse("2026-02-01T10:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-06-01T10:00:00Z");
    private static final Memorandum OLDER = Example.memorandum();
    private static final Memorandum NEWER = version(2, "2048", "1024");

    @Test
    void aNewerVersionThatEveryPartySignedTakesTheOlderOnesPlace() {
        Standing.InForce older = new Standing.InForce(OLDER, FIRST);
        Standing.InForce newer = new Standing.InForce(NEWER, SECOND);
        assertThat(Amendments.among(List.of(older, newer)))
                .containsExactly(new Standing.Superseded(older, NEWER.digest(), 2, SECOND), newer);
        assertThat(new Standing.Superseded(older, NEWER.digest(), 2, SECOND).at(SECOND.minusSeconds(1)))
                .isEqualTo(older);
        for (Standing pending : List.of(new Standing.Draft(NEWER), new Standing.Signed(NEWER, new TreeMap<>()))) {
            assertThat(Amendments.among(List.of(older, pending))).containsExactly(older, pending);
        }
    }

    @Test
    void anotherMemorandumOrOneThatLeavesAPartyOutTakesNoPlace() throws Malformed {
        Standing.InForce older = new Standing.InForce(OLDER, FIRST);
        Standing other = new Standing.InForce(
                Memorandum.parseYaml(
                        Example.yaml().replace("version: 1", "version: 2").replace("MX-US/2025-09", "MX-US/2026-02")),
                SECOND);
        assertThat(Amendments.among(List.of(older, other))).containsExactly(older, other);
        Memorandum third = Memorandum.parseYaml(
                Example.yaml().replace("version: 1", "version: 3").replace("\npurposes:", """

                          GT:
                            name: {en: Guatemala, es: Guatemala}
                            territory: [GT]
                            authorities:
                              PNC: {kind: police}

                        purposes:"""));
        Standing.InForce wider = new Standing.InForce(third, FIRST);
        Standing.InForce narrower = new Standing.InForce(version(4, "2048", "1024"), SECOND);
        assertThat(Amendments.among(List.of(wider, narrower)))
                .as("Guatemala has not signed version 4")
                .containsExactly(wider, narrower);
        assertThat(Amendments.among(List.of(older, wider)).getFirst()).isInstanceOf(Standing.Superseded.class);
    }

    @Test
    void itTakesThePlaceOnItsOwnDay() {
        Memorandum later = version(2, "enters into force: with the last signature", "enters into force: 2026-09-01");
        Standing older = Amendments.among(
                        List.of(new Standing.InForce(OLDER, FIRST), new Standing.InForce(later, SECOND)))
                .getFirst();
        assertThat(older)
                .isInstanceOfSatisfying(
                        Standing.Superseded.class,
                        superseded -> assertThat(superseded.since()).isEqualTo("2026-09-01T00:00:00Z"));
    }

    /** Whatever becomes of the versions, and in whichever order they lie: at no moment from which on a newer one was in force is an older one so. */
    @Test
    void noOlderVersionComesBack() {
        List<Memorandum> versions = List.of(OLDER, NEWER, version(3, "2048", "512"), version(3, "2048", "256"));
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            List<Standing> standings = new ArrayList<>();
            for (Memorandum version : versions) {
                standings.add(standing(version, random));
            }
            Collections.shuffle(standings, random);
            List<Standing> beside = Amendments.among(standings);
            List<Standing> turned = new ArrayList<>(standings.reversed());
            assertThat(new HashSet<>(Amendments.among(turned)))
                    .as("seed %d", seed)
                    .isEqualTo(new HashSet<>(beside));
            for (Standing older : beside) {
                for (Standing newer : standings) {
                    if (newer instanceof Standing.Concluded concluded
                            && newer.memorandum().version() > older.memorandum().version()
                            && !(older instanceof Standing.Draft)) {
                        assertThat(older.at(concluded.course().signed()))
                                .as("seed %d", seed)
                                .isInstanceOf(Standing.Superseded.class);
                    }
                }
            }
        }
    }

    private static Standing standing(Memorandum memorandum, Random random) {
        Instant signed = FIRST.plusSeconds(random.nextInt(1_000));
        Course course = Course.begin(memorandum, signed);
        return switch (random.nextInt(4)) {
            case 0 -> new Standing.Draft(memorandum);
            case 1 -> new Standing.InForce(course, signed.plusSeconds(random.nextInt(1_000)));
            case 2 ->
                new Standing.Suspended(course, MX.code(), signed.plusSeconds(random.nextInt(1_000)), new TreeSet<>());
            default -> new Standing.Withdrawn(course, MX.code(), signed, signed.plusSeconds(random.nextInt(1_000)));
        };
    }

    private static Memorandum version(int number, String text, String instead) {
        try {
            return Memorandum.parseYaml(
                    Example.yaml().replace("version: 1", "version: " + number).replace(text, instead));
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }
}
