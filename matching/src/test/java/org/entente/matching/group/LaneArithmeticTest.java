package org.entente.matching.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lanes and plain arithmetic give the same bytes: on random elements, on the edges, in every size, on every width of vector. */
class LaneArithmeticTest {
    private static final boolean DEEP = "1".equals(System.getenv("ENTENTE_DEEP"));
    private static final String MODULE = "jdk.incubator.vector";

    @Test
    void manyRandomElementsAreTheSame() {
        int batches = DEEP ? 250 : 5;
        for (int batch = 0; batch < batches; batch++) {
            new LaneComparison(1_000 + batch).compare(4_000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 100})
    void everySizeOfBatchIsTheSame(int count) {
        for (int round = 0; round < 10; round++) {
            new LaneComparison(100L * count + round).compare(count);
        }
    }

    @ParameterizedTest
    @CsvSource({"32, 4", "16, 2"})
    void narrowerVectorsGiveTheSame(int bytes, int lanes) throws IOException, InterruptedException {
        String said = run(
                List.of("--add-modules", MODULE, "-XX:MaxVectorSize=" + bytes),
                LaneComparison.class.getName(),
                String.valueOf(lanes),
                "300");
        assertThat(said).contains("the same with " + lanes);
    }

    @Test
    void withoutTheModuleEverythingIsDoneOneByOne() throws IOException, InterruptedException {
        String said = run(List.of(), MachineReport.class.getName());
        assertThat(said).contains("lanes 1, multiplied");
    }

    @Test
    void thisMachineUsesTheLanesThatItHas() {
        int expected = LaneField.W >= 4 ? LaneField.W : 1;
        assertThat(Machine.arithmetic(1 << 16).lanes()).isEqualTo(expected);
        assertThat(Machine.arithmetic(1).lanes()).isOne();
    }

    private static String run(List<String> flags, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
