package org.entente.evidence.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever strangers send is read back to the same bytes or refused with a problem that has a sentence, never with
 * anything else, and within a bound of memory. What a problem repeats of the input can be shown: it is short, of one line, and moves no cursor.
 */
final class FuzzTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final long SEED = 20_260_131;
    private static final long BYTES_MAX = 32L << 20;
    private static final int ARGUMENT_MAX = 400;
    private static final Properties SENTENCES = new Properties();

    static Stream<Target> targets() {
        return Stream.concat(Readers.all(), SignedReaders.all());
    }

    @BeforeAll
    static void readSentences() throws IOException {
        String name = "/org/entente/evidence/problems_en.properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(FuzzTest.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
            SENTENCES.load(reader);
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void whateverIsSentIsReadBackOrRefused(Target target) {
        Random random = new Random(SEED);
        int refused = 0;
        for (int run = 0; run < target.runs() * DEPTH; run++) {
            byte[] bytes = target.noise().next(random);
            long before = allocated();
            Optional<Problem> problem = refusal(target, run, bytes);
            long used = allocated() - before;
            assertThat(used).as(() -> "memory used for " + shown(bytes)).isLessThan(BYTES_MAX);
            problem.ifPresent(found -> assertShowable(found, bytes));
            refused += problem.isPresent() ? 1 : 0;
        }
        assertThat(refused).as("noise that is noticed").isPositive();
    }

    private static Optional<Problem> refusal(Target target, int run, byte[] bytes) {
        try {
            Optional<byte[]> back = target.reader().read(bytes);
            back.ifPresent(form -> assertThat(form)
                    .as(() -> "seed " + SEED + ", run " + run + ": " + shown(bytes))
                    .isEqualTo(bytes));
            return Optional.empty();
        } catch (Malformed malformed) {
            return Optional.of(malformed.problem());
        } catch (RuntimeException | StackOverflowError fault) {
            throw new AssertionError("seed " + SEED + ", run " + run + ": " + shown(bytes), fault);
        }
    }

    private static void assertShowable(Problem problem, byte[] bytes) {
        assertThat(SENTENCES.getProperty(problem.code())).as(problem.code()).isNotBlank();
        for (String argument : problem.arguments()) {
            assertThat(argument.length())
                    .as(() -> problem.code() + " for " + shown(bytes))
                    .isLessThanOrEqualTo(ARGUMENT_MAX);
            assertThat(argument.codePoints().filter(FuzzTest::movesTheCursor).count())
                    .as(() -> problem + " for " + shown(bytes))
                    .isZero();
        }
    }

    private static boolean movesTheCursor(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static String shown(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 4_000));
        return bytes.length + " bytes " + hex;
    }
}
