package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
    private final Map<String, Series> series = new LinkedHashMap<>();

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public String about() {
        return "the demonstration: each step, the start of a node, its memory";
    }

    @Override
    public Measured measure(boolean quick, Progress progress) throws IOException, InterruptedException {
        int repetitions = quick ? 1 : REPETITIONS;
        String failure = "";
        for (int i = 1; i <= repetitions && failure.isEmpty(); i++) {
            progress.at("story " + i + " of " + repetitions);
            failure = play();
        }
        List<Series> raw = new ArrayList<>(series.values());
        Bar story = failure.isEmpty()
                ? Bar.measured("demo-story", of("story", "s").median(), STORY, false)
                : Bar.unmeasured("demo-story", STORY, failure);
        return new Measured(raw, List.of(story));
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
            of("story", "s").add(seconds);
            read(json.readTree(Files.readAllBytes(outcome)));
            return "";
        } finally {
            delete(folder);
        }
    }

    private void read(JsonNode outcome) {
        for (JsonNode step : outcome.required("steps")) {
            String name = step.required("name").asString();
            of("step " + name, "ms").add(step.required("millis").asDouble());
            if (name.equals("nodes-running")) {
                of("node start", "ms")
                        .add(step.required("detail").required("mxReadyMillis").asDouble());
                of("node start", "ms")
                        .add(step.required("detail").required("usReadyMillis").asDouble());
            }
        }
        for (Map.Entry<String, JsonNode> node : outcome.path("peakMemoryKib").properties()) {
            of("peak memory of " + node.getKey(), "MiB").add(node.getValue().asDouble() / 1024);
        }
    }

    private Series of(String name, String unit) {
        return series.computeIfAbsent(name, absent -> new Series(absent, unit));
    }

    private static String lastLine(String text) {
        return text.lines().filter(line -> !line.isBlank()).reduce("", (before, line) -> line);
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> all = Files.walk(folder)) {
            paths = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }
}
