package org.entente.verification.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
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
                "OUTBOX_FORGOTTEN",
                "NEWEST_FIRST",
                "SILENCE_IS_CONSENT",
                "NO_RECEIPT",
                "WITNESS_BLIND",
                "WITNESS_LATE",
                "LATER_IS_NEVER",
                "REFUSAL_REPEATED"
            })
    void aPlantedBugIsFound(Flaw flaw) {
        Optional<List<String>> found = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> new History(seed, History.nodesOf(seed), false)
                        .plant(flaw, (int) (seed % 3))
                        .run())
                .map(History.Outcome::violations)
                .filter(violations -> !violations.isEmpty())
                .findFirst();
        assertThat(found).as("%s stays unseen in %d histories", flaw, SEEDS).isPresent();
    }
}
