package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two nodes and their databases are killed in the middle of their work; what they leave holds, derived anew. */
@Tag("deep")
@EnabledOnOs(OS.LINUX)
final class KilledStoryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long REST_NANOS = 20_000_000L;
    private static final boolean DEEP = "1".equals(System.getenv("ENTENTE_DEEP"));

    private final Entente entente = new Entente(Repository.find());

    @TempDir
    private Path folder = Path.of("");

    /** When they are killed: so many milliseconds after these words. */
    record Moment(String words, int millis) {}

    static List<Moment> moments() {
        SplittableRandom random = new SplittableRandom(Long.getLong("seed", 9));
        List<String> words = DEEP
                ? List.of(
                        "pinned by fingerprint",
                        "is in force",
                        "was built",
                        "compared as wholes",
                        "looked at",
                        "released")
                : List.of("compared as wholes");
        return words.stream().map(one -> new Moment(one, random.nextInt(4_000))).toList();
    }

    @ParameterizedTest
    @MethodSource("moments")
    void whatIsLeftHolds(Moment moment) throws Exception {
        Path home = folder.resolve("home");
        Path output = folder.resolve("output");
        Process demo = entente.start(output, "demo", "--home", home);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.readString(output).contains(moment.words)) {
            assertThat(System.nanoTime()).as(Files.readString(output)).isLessThan(deadline);
            LockSupport.parkNanos(REST_NANOS);
        }
        LockSupport.parkNanos(Duration.ofMillis(moment.millis).toNanos());
        kill(demo, home);
        for (String node : List.of("mx", "us")) {
            Entente.Ended ended = entente.run(PATIENCE, "evidence", "fsck", "--home", home.resolve(node));
            assertThat(ended.exit())
                    .as(moment + ", " + node + ": " + ended.output() + ended.errors())
                    .isZero();
            JsonNode report = new JsonMapper().readTree(ended.output());
            assertThat(report.required("logs").get(0).required("leaves").asLong())
                    .as(ended.output())
                    .isPositive();
        }
    }

    /** The story's own process first, that it starts none of them again; then all at once, as a power cut would. */
    private static void kill(Process demo, Path home) throws IOException, InterruptedException {
        List<ProcessHandle> all = demo.descendants().toList();
        demo.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        demo.waitFor();
        ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(home.toString()))
                .forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!LeftRunning.below(home).isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            LockSupport.parkNanos(REST_NANOS);
        }
    }
}
