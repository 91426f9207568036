package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.entente.matching.group.Element;
import org.entente.matching.index.BuildListener;
import org.entente.matching.index.IndexEvaluation;
import org.entente.matching.index.MatchIndex;
import org.entente.matching.index.MatchInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds on a real disk, by real processes and threads. */
class InterruptedBuildTest {
    private static final int ENTRIES = 270_000;

    @TempDir
    private Path folder;

    private static Process start(Path folder, String before) throws IOException {
        Files.createDirectories(folder);
        String java = ProcessHandle.current().info().command().orElseThrow();
        String command = before + "exec '" + java + "' -Xmx256m -cp '" + System.getProperty("java.class.path") + "' "
                + BuildingProcess.class.getName() + " '" + folder + "' " + ENTRIES;
        return new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    }

    private static String said(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Counts what is evaluated. */
    private static final class Counting implements IndexEvaluation {
        private final HashedEvaluation hashed = new HashedEvaluation();
        private final AtomicLong inputs = new AtomicLong();

        @Override
        public Element publicKey() {
            return hashed.publicKey();
        }

        @Override
        public byte[] outputs(List<MatchInput> batch) {
            inputs.addAndGet(batch.size());
            return hashed.outputs(batch);
        }
    }

    @Test
    void aBuildThatWasKilledIsTakenUpAndEndsInTheVeryFilesOfOneThatWasNot() throws Exception {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        BuildingProcess.build(new HashedEvaluation(), whole, ENTRIES);

        Path killed = folder.resolve("killed");
        Process process = start(killed, "");
        while (process.isAlive() && !Files.exists(killed.resolve("building/run-000002"))) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor();
        assertThat(Files.exists(killed.resolve("index"))).isFalse();
        assertThat(Files.exists(killed.resolve("own"))).isFalse();

        Counting counting = new Counting();
        BuildingProcess.build(counting, killed, ENTRIES);
        assertThat(counting.inputs.get()).isLessThanOrEqualTo(ENTRIES - 65_536);
        for (String file : List.of("index", "own")) {
            assertThat(Files.mismatch(killed.resolve(file), whole.resolve(file)))
                    .isEqualTo(-1);
        }
        MatchIndex.open(MemorySegment.ofArray(Files.readAllBytes(killed.resolve("index"))), ENTRIES);
    }

    @Test
    void aDiskThatTakesNoMoreEndsTheBuildByNameAndLeavesNoIndex() throws Exception {
        Path full = folder.resolve("full");
        Process process = start(full, "ulimit -f 10000; ");
        assertThat(said(process)).contains("not written: File too large");
        process.waitFor();
        assertThat(Files.exists(full.resolve("index"))).isFalse();
        assertThat(Files.exists(full.resolve("own"))).isFalse();
        assertThat(Files.exists(full.resolve("building/shared.draft"))).isFalse();

        Counting counting = new Counting();
        BuildingProcess.build(counting, full, ENTRIES);
        assertThat(counting.inputs.get()).as("all runs were kept").isZero();
    }

    @Test
    void aFailedTaskEndsTheBuildWhoeverTookIt() throws Exception {
        try (ThreadCrew crew = new ThreadCrew(2)) {
            IOException disk = new IOException("no");
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> {
                        for (int n = 0; n < 1_000; n++) {
                            crew.take(() -> {
                                throw disk;
                            });
                        }
                        crew.settle();
                    })
                    .isSameAs(disk);
            assertThatExceptionOfType(IOException.class).isThrownBy(crew::settle);
        }
    }

    @Test
    void theScaleMeasurementFindsEverythingItBuilt() throws Exception {
        assertThat(IndexAtScale.measure(folder, 150_000, 2))
                .contains("bytes an identifier", "file opened", "seal 586 of 586");
    }

    @Test
    void progressTellsRateAndRemainingTime() {
        Instant[] now = {Instant.EPOCH};
        InstantSource clock = () -> now[0];
        List<String> told = new ArrayList<>();
        BuildPace pace = new BuildPace(1_000, clock, Duration.ofSeconds(5), report -> told.add(report.toString()));
        for (int done = 100; done <= 1_000; done += 100) {
            now[0] = now[0].plusSeconds(2);
            pace.at(BuildListener.Stage.EVALUATE, done, 0);
        }
        now[0] = now[0].plusSeconds(6);
        pace.at(BuildListener.Stage.SORT, 128, 512);
        assertThat(told)
                .containsExactly(
                        "evaluate 300 of 1000, 50/s, 14 s left",
                        "evaluate 600 of 1000, 50/s, 8 s left",
                        "evaluate 900 of 1000, 50/s, 2 s left",
                        "evaluate 1000 of 1000, 50/s, 0 s left",
                        "sort 128 of 512, 21/s, 18 s left");
    }
}
