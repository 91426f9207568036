package org.entente.verification.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Measurements in processes of their own, at sizes that take a second. */
final class ChildProcessTest {
    /** What a measurement does when a match is wrong. */
    static final class Wrong {
        private Wrong() {}

        public static void main(String[] arguments) throws IOException {
            ChildProcess.play(arguments, (book, folder, progress) -> {
                throw new BenchmarkFailed("the match is wrong.");
            });
        }
    }

    private final List<String> told = new ArrayList<>();

    private SeriesBook measured(Class<?> measurement, long... numbers) throws Exception {
        JsonNode json = ChildProcess.run(measurement, 1, told::add, numbers);
        SeriesBook book = new SeriesBook();
        book.read("", json);
        return book;
    }

    @Test
    void wholeListsAreComparedInBothDirections() throws Exception {
        SeriesBook book = measured(WholeRunProcess.class, 200, 2, 64);
        assertThat(told).anyMatch(line -> line.contains("repetition 2 of 2"));
        assertThat(book.of("one direction, batches", "B").median()).isEqualTo(8 + 256 * 32);
        assertThat(book.of(WholeRuns.BOTH, "s").least())
                .isGreaterThan(book.of(WholeRuns.ONE, "s").least());
        assertThat(book.all()).allMatch(series -> !series.isEmpty());
    }

    @Test
    void anIndexIsBuiltAndProbed() throws Exception {
        SeriesBook book = measured(IndexProcess.class, 3_000, 2, 3, 64);
        assertThat(json(book, IndexRuns.BUILT)).hasSize(2);
        assertThat(json(book, "probe of 1000, both parties, with look-up")).hasSize(3);
        assertThat(book.of("probe of 1000, batch", "B").median()).isEqualTo(8 + 1_024 * 32);
    }

    private static List<JsonNode> json(SeriesBook book, String name) {
        return book.all().stream()
                .filter(series -> series.name().equals(name))
                .flatMap(series -> series.json().required("values").valueStream())
                .toList();
    }

    @Test
    void aWrongMatchEndsTheBenchWithASentence() {
        assertThatThrownBy(() -> measured(Wrong.class))
                .isInstanceOf(BenchmarkFailed.class)
                .hasMessage("the match is wrong.");
    }
}
