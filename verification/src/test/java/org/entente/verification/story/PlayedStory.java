package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A demonstration that was played to its end by a process of its own, with what it left behind. */
record PlayedStory(Path home, JsonNode outcome, String printed) {
    private static final Duration LIMIT = Duration.ofMinutes(8);

    static PlayedStory play(Path home, String... options) throws IOException, InterruptedException {
        Path json = Files.createTempFile("entente-story-", ".json");
        List<Object> words = new ArrayList<>(List.of("demo", "--unattended", "--home", home, "--json", json));
        words.addAll(Arrays.asList(options));
        Entente.Ended ended = new Entente(Repository.find()).run(LIMIT, words.toArray());
        assertThat(ended.exit())
                .as(ended.output() + ended.errors() + logs(home))
                .isZero();
        JsonNode outcome = new JsonMapper().readTree(Files.readAllBytes(json));
        Files.delete(json);
        return new PlayedStory(home, outcome, ended.output());
    }

    /** The end of both nodes' logs, for whoever reads that a story broke. */
    private static String logs(Path home) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String node : List.of("mx", "us")) {
            Path log = home.resolve(node).resolve("node.log");
            if (Files.exists(log)) {
                List<String> lines = Files.readAllLines(log);
                text.append("\n--- ").append(log).append('\n');
                lines.subList(Math.max(0, lines.size() - 60), lines.size())
                        .forEach(line -> text.append(line).append('\n'));
            }
        }
        return text.toString();
    }

    JsonNode step(String name) {
        for (JsonNode step : outcome.required("steps")) {
            if (step.required("name").asString().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name);
    }

    Set<String> common() {
        Set<String> common = new TreeSet<>();
        outcome.required("common").forEach(one -> common.add(one.asString()));
        return common;
    }

    List<Path> bundles() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("bundles"))) {
            return files.filter(file -> file.toString().endsWith(".bundle"))
                    .sorted()
                    .toList();
        }
    }

    Path card(String party) {
        return home.resolve("cards").resolve(party + ".json");
    }
}
