package org.entente.verification.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A hostile partner among honest ones: each attack meets what must come of it, and nobody else suffers. */
class AttackTest {
    private static final int SEEDS = 3;

    @Test
    void eachAttackIsTriedAndNoneSucceeds() {
        Set<String> names = new HashSet<>();
        Stream.of(Attack.all(), Attack.last())
                .flatMap(List::stream)
                .forEach(attack ->
                        assertThat(names.add(attack.name())).as(attack.name()).isTrue());
        assertThat(names).hasSizeGreaterThanOrEqualTo(60);
        Tally all = new Tally();
        List<String> violations = new ArrayList<>();
        for (long seed = 1; seed <= SEEDS; seed++) {
            History.Outcome outcome = new History(seed, History.nodesOf(seed), false)
                    .withAttacks(Attack.all())
                    .run();
            all.add(outcome.tally());
            for (String words : outcome.violations()) {
                violations.add("seed " + seed + ": " + words);
            }
        }
        assertThat(violations).isEmpty();
        assertThat(all.attacks().keySet()).isEqualTo(names);
    }
}
