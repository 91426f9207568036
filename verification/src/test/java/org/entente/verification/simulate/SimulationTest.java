package org.entente.verification.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many histories of honest nodes, in every second one with a hostile partner: whatever befalls them, nothing is lost, nothing is repeated, nothing is invented. */
class SimulationTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 10 : 1;

    private static final int SEEDS = 500 * DEPTH;

    @Test
    void nothingIsLostRepeatedOrInvented() throws Exception {
        Tally all = new Tally();
        List<String> violations = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            List<Future<History.Outcome>> outcomes = new ArrayList<>();
            for (long seed = 1; seed <= SEEDS; seed++) {
                long mine = seed;
                outcomes.add(threads.submit(
                        () -> History.of(mine, History.nodesOf(mine), false).run()));
            }
            for (Future<History.Outcome> future : outcomes) {
                History.Outcome outcome = future.get();
                all.add(outcome.tally());
                outcome.violations().forEach(words -> violations.add("seed " + outcome.seed() + ": " + words));
                assertThat(outcome.tally().faults())
                        .as("kinds of fault of seed %d", outcome.seed())
                        .hasSizeGreaterThanOrEqualTo(5);
                assertThat(outcome.tally().statements())
                        .as("statements of seed %d", outcome.seed())
                        .isGreaterThanOrEqualTo(200);
            }
        }
        assertThat(violations).isEmpty();
        assertThat(all.neverFired()).isEmpty();
        assertThat(all.successions()).isGreaterThan(SEEDS);
    }

    @Test
    void aSeedGivesTheSameHistoryAgain() {
        for (long seed : new long[] {7, 8, 9}) {
            History.Outcome once =
                    History.of(seed, History.nodesOf(seed), false).run();
            History.Outcome again =
                    History.of(seed, History.nodesOf(seed), true).run();
            assertThat(again.fingerprint()).isEqualTo(once.fingerprint());
            assertThat(again.trace()).endsWith(once.trace().toArray(String[]::new));
        }
    }

    @Test
    void theCommandSaysHowItIsUsedAndEndsInOneLine() throws Exception {
        assertThat(run("--seeds")).startsWith("2\n").contains("--replay SEED");
        assertThat(run("--seeds", "2", "--nodes", "9")).startsWith("2\n");
        assertThat(run("--seeds", "2", "--from", "5", "--nodes", "3"))
                .startsWith("0\n")
                .contains("2 histories,", "faults: ", "0 violations");
    }

    private static String run(String... arguments) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int code = Main.run(List.of(arguments), new PrintStream(out, true, StandardCharsets.UTF_8));
        return code + "\n" + out.toString(StandardCharsets.UTF_8);
    }
}
