package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code bench demo}: the whole story of the demonstration, played in fresh homes by a process of its own each time. Memory
 * is the greatest resident size of a node's own process; its database server is not in it.
 */
final class DemoBenchmark implements Benchmark {
    private static final int REPETITIONS = 5;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Bar.Goal STORY = new Bar.Goal(90, "s", Bar.Better.LOWER);

    private final JsonMapper json = new JsonMapper();
    private final SeriesBook book = new SeriesBook();

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String about() {
        return "the demonstration: each step, the start of a node, its memory";
    }

    @Override
    public Measured measure(Extent extent, Progress progress) throws IOException, InterruptedException {
        int repetitions = extent.quick() ? 1 : REPETITIONS;
        String failure = "";
        for (int i = 1; i <= repetitions && failure.isEmpty(); i++) {
            progress.at("story " + i + " of " + repetitions);
            failure = play();
        }
        Bar story = failure.isEmpty()
                ? Bar.measured("demo-story", book.of("story", "s").median(), STORY, false)
                : Bar.unmeasured("demo-story", STORY, failure);
        return new Measured(book.all(), List.of(story));
    }

    /** Plays the story once; the answer is why it failed, or nothing. */
    private String play() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("entente-bench-");
        try {
            Path outcome = folder.resolve("outcome.json");
            long begun = System.nanoTime();
            Entente.Ended ended = new Entente(Repository.find())
                    .run(LIMIT, "demo", "--unattended", "--home", folder.resolve("home"), "--json", outcome);
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (ended.exit() != 0) {
                return "the story did not hold: " + lastLine(ended.output() + ended.errors());
            }
            book.of("story", "s").add(seconds);
            read(json.readTree(Files.readAllBytes(outcome)));
            return "";
        } finally {
            Folders.delete(folder);
        }
    }

    private void read(JsonNode outcome) {
        for (JsonNode step : outcome.required("steps")) {
            String name = step.required("name").asString();
            book.of("step " + name, "ms").add(step.required("millis").asDouble());
            if (name.equals("nodes-running")) {
                book.of("node start", "ms")
                        .add(step.required("detail").required("mxReadyMillis").asDouble());
                book.of("node start", "ms")
                        .add(step.required("detail").required("usReadyMillis").asDouble());
            }
        }
        for (Map.Entry<String, JsonNode> node : outcome.path("peakMemoryKib").properties()) {
            book.of("peak memory of " + node.getKey(), "MiB")
                    .add(node.getValue().asDouble() / 1024);
        }
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
    }
}
