package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.entente.verification.oracle.PlainBundle;
import org.entente.verification.oracle.PlainIntersection;
import org.entente.verification.oracle.PublicLists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The main job with two real nodes, on generated lists and on the real ones, held against the oracles. */
final class EndToEndTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void theStoryHoldsOnGeneratedListsAndGoesOnInASecondRun() throws Exception {
        Path home = folder.resolve("home");
        PlayedStory first = PlayedStory.play(home, "--seed", "41");
        Path ofac = list(home, "ofac-sdn");
        Path sat = list(home, "sat-69b");
        assertThat(first.common()).isEqualTo(common(ofac, sat)).hasSize(12);
        holds(first);
        PlayedStory second = PlayedStory.play(home, "--seed", "41");
        assertThat(second.step("nodes-initialised").required("again").asBoolean())
                .isTrue();
        assertThat(second.step("list-loaded-mx").required("again").asBoolean()).isTrue();
        assertThat(second.common()).isEqualTo(first.common());
        assertThat(second.bundles()).hasSize(4);
        holds(second);
        assertThat(LeftRunning.below(home)).isEmpty();
    }

    @Test
    void theStoryHoldsOnTheRealLists() throws Exception {
        Path ofac = PublicLists.file("lists/ofac/sdn_2024-05-03.csv.gz");
        Path sat = PublicLists.file("lists/sat-69b/listado_69b_2023-07.csv.gz");
        PlayedStory story = PlayedStory.play(
                folder.resolve("home"), "--us-list", "ofac-sdn:" + ofac, "--mx-list", "sat-69b:" + sat);
        assertThat(story.common()).isEqualTo(common(ofac, sat)).isNotEmpty();
        holds(story);
        nobodyRealIsPrinted(story);
        assertThat(LeftRunning.below(story.home())).isEmpty();
    }

    private static java.util.SortedSet<String> common(Path ofac, Path sat) throws IOException {
        return PlainIntersection.common(PlainIntersection.sat(sat), PlainIntersection.ofac(ofac));
    }

    private static Path list(Path home, String format) throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("lists"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(format))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void holds(PlayedStory story) throws Exception {
        assertThat(story.outcome().required("held").asBoolean()).isTrue();
        assertThat(story.outcome().required("steps"))
                .allSatisfy(
                        step -> assertThat(step.required("held").asBoolean()).isTrue());
        hitsCarryTheListsStatus(story);
        refusalsNameTheirClauses(story);
        bundlesHoldForWhoeverReadsTheirBytes(story);
    }

    /** The American list has one status, and no dates of its own: its entries are listed since the day of the load. */
    private static void hitsCarryTheListsStatus(PlayedStory story) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (JsonNode hit : story.outcome().required("hits")) {
            assertThat(hit.required("status").asString()).isEqualTo("SDN");
            assertThat(LocalDate.parse(hit.required("since").asString())).isBetween(today.minusDays(1), today);
            assertThat(hit.required("cleared").asBoolean()).isFalse();
        }
        JsonNode item = story.step("item-received").required("detail").required("item");
        assertThat(item.required("status").asString()).isEqualTo("SDN");
        assertThat(LocalDate.parse(item.required("since").asString())).isBetween(today.minusDays(1), today);
    }

    private static void refusalsNameTheirClauses(PlayedStory story) {
        JsonNode refusals = story.outcome().required("refusals");
        assertThat(refusals).hasSize(3);
        List<String> clauses = List.of("1.2", "4.1", "7.1");
        for (int i = 0; i < clauses.size(); i++) {
            assertThat(refusals.get(i).required("status").asInt()).isEqualTo(403);
            assertThat(refusals.get(i).required("clauses"))
                    .extracting(JsonNode::asString)
                    .contains("MX-US/2025-09 " + clauses.get(i));
        }
    }

    private static void bundlesHoldForWhoeverReadsTheirBytes(PlayedStory story) throws Exception {
        for (Path bundle : story.bundles()) {
            PlainBundle.Verified verified = PlainBundle.verify(Files.readAllBytes(bundle));
            assertThat(verified.statements()).isGreaterThan(15);
            assertThat(verified.logSizes()).containsOnlyKeys("MX", "US");
        }
        Map<String, Long> sizes = PlainBundle.verify(
                        Files.readAllBytes(story.bundles().getLast()))
                .logSizes();
        for (JsonNode log : story.outcome().required("logs")) {
            assertThat(log.required("cosignedSize").asLong())
                    .isEqualTo(log.required("size").asLong());
            assertThat(sizes.get(log.required("party").asString()))
                    .isGreaterThanOrEqualTo(log.required("size").asLong());
        }
    }

    /** Thirteen characters are a person's number; only companies are spoken of. */
    private static void nobodyRealIsPrinted(PlayedStory story) {
        story.common().stream()
                .filter(number -> number.length() == 13)
                .forEach(number -> assertThat(story.printed()).doesNotContain(number));
    }
}
