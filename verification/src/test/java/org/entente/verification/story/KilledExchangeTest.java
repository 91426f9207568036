package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.entente.verification.pair.NodeAtWork;
import org.entente.verification.pair.Pair;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes, and their databases, are killed again and again at random moments while statements go to and fro. Afterwards
 * everything that a node once said that it said is at the other, once, with its one effect and its receipts.
 */
@EnabledOnOs(OS.LINUX)
final class KilledExchangeTest {
    private static final List<String> FLAGS = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
    private static final int REGULAR_KILLS = 10;
    private static final int REGULAR_STATEMENTS = 100;
    private static final int DEEP_KILLS = 100;
    private static final int DEEP_STATEMENTS = 10_000;
    private static final int BETWEEN_MILLIS_MAX = 2_500;

    /** How long a node may take to see that its database is gone, and to end. */
    private static final Duration WITHOUT_DATABASE = Duration.ofSeconds(90);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void killedTenTimesTheyLoseNothingAndRepeatNothing() throws Exception {
        killAgainAndAgain(REGULAR_KILLS, REGULAR_STATEMENTS);
    }

    @Test
    @Tag("deep")
    void killedAHundredTimesDuringTenThousandStatementsTheyLoseNothingAndRepeatNothing() throws Exception {
        killAgainAndAgain(DEEP_KILLS, DEEP_STATEMENTS);
    }

    private void killAgainAndAgain(int kills, int statements) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        List<String> killed = new ArrayList<>();
        try (Pair pair = Pair.found(folder, FLAGS);
                Stream stream = new Stream(pair).flow()) {
            while (killed.size() < kills || stream.said() < statements) {
                stream.requireWhole();
                Thread.sleep(random.nextInt(BETWEEN_MILLIS_MAX));
                // As many are said before each kill as belong to it: officers who hardly ever find a node would give
                // up.
                boolean enough = (long) stream.said() * kills >= (long) killed.size() * statements;
                if (killed.size() < kills && enough) {
                    kill(pair, random, killed);
                }
            }
            stream.end();
            Ledgers ledgers = new Ledgers(pair);
            ledgers.drain();
            ledgers.requireOnce(stream.requests(), stream.verdicts());
            ledgers.requireWhole();
            assertThat(killed).hasSizeGreaterThanOrEqualTo(kills);
        } catch (Exception | AssertionError failed) {
            throw new AssertionError("seed " + seed + ", killed: " + killed, failed);
        }
    }

    /** One of them, or both at the same moment, with or without their database server first. */
    private static void kill(Pair pair, SplittableRandom random, List<String> killed) throws Exception {
        List<NodeAtWork> nodes = new ArrayList<>(pair.both());
        if (random.nextInt(3) == 0) {
            nodes.remove(random.nextInt(2));
        }
        List<NodeAtWork> orphaned = new ArrayList<>();
        for (NodeAtWork node : nodes) {
            if (random.nextInt(3) == 0) {
                killed.add("database of " + node.party());
                node.killDatabase();
                orphaned.add(node);
            } else {
                killed.add(node.party());
                node.kill();
                node.begin();
            }
        }
        for (NodeAtWork node : orphaned) {
            assertThat(node.ends(WITHOUT_DATABASE))
                    .as("a node without its database ends, and not as if all were well: " + node.lastWords())
                    .get()
                    .isNotEqualTo(0);
            node.begin();
        }
        for (NodeAtWork node : nodes) {
            node.awaitReady();
        }
    }
}
