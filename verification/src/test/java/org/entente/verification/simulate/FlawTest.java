package org.entente.verification.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each planted bug is found within some seeds; the same seeds without it are clean, as {@link SimulationTest} has it. */
class FlawTest {
    private static final int SEEDS = 12;

    @ParameterizedTest
    @EnumSource(
            value = Flaw.class,
            names = {
                "FORCE_SKIPPED",
                "ACKNOWLEDGED_EARLY",
                "EFFECT_BEFORE_LOOKING",
                "KNOWN_FORGOTTEN",
                "EFFECT_BY_ITSELF",
                "OUTBOX_FORGOTTEN",
                "NEWEST_FIRST",
                "SILENCE_IS_CONSENT",
                "LATER_IS_NEVER",
                "REFUSAL_REPEATED",
                "SIGNED_ANEW",
                "NO_RECEIPT",
                "PLACE_SKIPPED",
                "HEAD_OF_UNWRITTEN",
                "WITNESS_BLIND",
                "WITNESS_LATE",
                "FORCE_FAILURE_IGNORED",
                "SUSPENSION_IGNORED",
                "DAMAGE_NOT_SEEN",
                "CLOCK_BLAMED_FOR_EVER",
                "ABSENT_CALLED_OFTEN",
                "RETURN_IGNORED",
                "NEVER_AT_REST",
                "SUCCESSION_FORGOTTEN",
                "OLD_LOG_KEY_USED"
            })
    void aPlantedBugIsFound(Flaw flaw) {
        Optional<List<String>> found = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> new History(seed, History.nodesOf(seed), false)
                        .plant(flaw)
                        .endingAtViolation()
                        .run())
                .map(History.Outcome::violations)
                .filter(violations -> !violations.isEmpty())
                .findFirst();
        assertThat(found).as("%s stays unseen in %d histories", flaw, SEEDS).isPresent();
    }

    @Test
    void everyFlawIsFoundHereOrByItsAttacks() throws NoSuchMethodException {
        Set<Flaw> found = EnumSet.noneOf(Flaw.class);
        for (String name : FlawTest.class
                .getDeclaredMethod("aPlantedBugIsFound", Flaw.class)
                .getAnnotation(EnumSource.class)
                .names()) {
            found.add(Flaw.valueOf(name));
        }
        AttackedCheckTest.flaws().forEach(found::add);
        assertThat(found).containsExactlyInAnyOrder(Flaw.values());
    }
}
