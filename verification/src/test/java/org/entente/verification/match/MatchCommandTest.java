package org.entente.verification.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.holdings.generate.GeneratedLists;
import org.entente.verification.oracle.PlainIntersection;
import org.entente.verification.oracle.PublicLists;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MatchCommandTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String SDN = "lists/ofac/sdn_2024-05-03.csv.gz";

    private final JsonMapper json = new JsonMapper();
    private final Entente entente = new Entente(Repository.find());

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"listado_69b_2021-05-18", "listado_69b_2022-11-30", "listado_69b_2023-07"})
    void theRealListsHaveInCommonWhatThePlainIntersectionSays(String listing) throws Exception {
        Path sdn = PublicLists.file(SDN);
        Path sat = PublicLists.file("lists/sat-69b/" + listing + ".csv.gz");
        SortedMap<String, List<PlainIntersection.Entry>> ours = PlainIntersection.ofac(sdn);
        SortedMap<String, List<PlainIntersection.Entry>> theirs = PlainIntersection.sat(sat);
        JsonNode outcome = match("ofac-sdn:" + sdn, "sat-69b:" + sat);
        assertThat(found(outcome))
                .isEqualTo(PlainIntersection.common(ours, theirs))
                .isNotEmpty();
        for (JsonNode hit : outcome.required("common")) {
            String number = hit.required("identifier").asString();
            compare(hit.required("ours"), ours.getOrDefault(number, List.of()));
            compare(hit.required("theirs"), theirs.getOrDefault(number, List.of()));
        }
        assertThat(outcome.required("ours").required("identifiers").asInt()).isEqualTo(ours.size());
        assertThat(outcome.required("theirs").required("identifiers").asInt()).isEqualTo(theirs.size());
    }

    /** Each row of the file is a label, with its status and a date that stands in that row. */
    private static void compare(JsonNode labels, List<PlainIntersection.Entry> entries) {
        assertThat(labels).hasSameSizeAs(entries);
        for (int i = 0; i < entries.size(); i++) {
            PlainIntersection.Entry entry = entries.get(i);
            String status = labels.get(i).required("status").asString();
            assertThat(labels.get(i).required("row").asInt()).isEqualTo(entry.row());
            assertThat(labels.get(i).required("label").asString()).isNotBlank();
            assertThat(status).startsWith(entry.status());
            String since = status.substring(entry.status().length()).strip();
            if (!entry.dates().isEmpty()) {
                assertThat(entry.dates()).contains(LocalDate.parse(since));
            }
        }
    }

    @Test
    void theJsonHasTheShapeThatIsPromised() throws Exception {
        GeneratedLists lists = GeneratedLists.generate(7, new GeneratedLists.Sizes(60, 90, 5));
        Path sdn = Files.write(folder.resolve("sdn.csv"), lists.ofacSdn());
        Path sat = Files.write(folder.resolve("sat.csv"), lists.sat69b());
        JsonNode outcome = match("ofac-sdn:" + sdn, "sat-69b:" + sat);
        assertThat(names(outcome))
                .containsExactlyInAnyOrder("type", "composite", "ours", "theirs", "common", "disclosed");
        assertThat(outcome.required("type").asString()).isEqualTo("rfc");
        for (Map.Entry<String, Path> side : Map.of("ours", sdn, "theirs", sat).entrySet()) {
            JsonNode list = outcome.required(side.getKey());
            assertThat(names(list)).containsExactlyInAnyOrder("file", "identifiers", "flagged");
            assertThat(list.required("file").asString())
                    .isEqualTo(side.getValue().toString());
        }
        assertThat(found(outcome)).isEqualTo(lists.common());
        for (JsonNode hit : outcome.required("common")) {
            assertThat(names(hit)).containsExactlyInAnyOrder("identifier", "ours", "theirs");
            for (JsonNode label : hit.required("theirs")) {
                assertThat(names(label)).containsExactlyInAnyOrder("label", "status", "row");
            }
        }
        JsonNode disclosed = outcome.required("disclosed");
        assertThat(disclosed.required("indexEntries").asInt()).isGreaterThanOrEqualTo(90);
        assertThat(disclosed.required("probedElements").asInt() % 64).isZero();
    }

    @Test
    void aColumnOfAnyTableCanBeMatched() throws Exception {
        GeneratedLists lists = GeneratedLists.generate(8, new GeneratedLists.Sizes(60, 90, 4));
        Path sat = Files.write(folder.resolve("sat.csv"), lists.sat69b());
        String known = lists.common().first();
        Path table = Files.writeString(
                folder.resolve("mine.csv"),
                "name,tax number\nOne," + known.toLowerCase(java.util.Locale.ROOT) + "\nTwo,XAXX010101000\n");
        assertThat(found(match("csv:" + table + "#tax number", "sat-69b:" + sat)))
                .containsExactly(known);
        Path bare = Files.writeString(folder.resolve("bare.csv"), "One," + known + "\n");
        assertThat(found(match("csv:" + bare + "#2", "sat-69b:" + sat))).containsExactly(known);
    }

    @Test
    void withoutJsonPeopleReadSentences() throws Exception {
        GeneratedLists lists = GeneratedLists.generate(9, new GeneratedLists.Sizes(60, 90, 4));
        Path sdn = Files.write(folder.resolve("sdn.csv"), lists.ofacSdn());
        Path sat = Files.write(folder.resolve("sat.csv"), lists.sat69b());
        for (String language : List.of("en", "es")) {
            Entente.Ended ended = entente.in(language)
                    .run(LIMIT, "match", "--ours", "ofac-sdn:" + sdn, "--theirs", "sat-69b:" + sat, "--on", "rfc");
            assertThat(ended.exit()).isZero();
            assertThat(ended.output()).contains(lists.common()).doesNotContain("match.");
        }
    }

    @Test
    void peopleAreFoundByNameAndBirthHoweverTheyAreWritten() throws Exception {
        Path ours = Files.writeString(folder.resolve("ours.csv"), """
                nombre,nacimiento
                "Ñáñez Quux, José",1970-03-31
                "Quux Ñáñez, José",1971-03-31
                "Frobnitz Wibble, Ana",1980-02-29
                Quux,1970-03-31
                "Ñáñez Quux, José",1970
                """);
        Path theirs = Files.writeString(
                folder.resolve("theirs.csv"),
                "who\nJOSE NANEZ-QUUX|1970-03-31\nana frobnitz|1980-02-29\nANA WIBBLE FROBNITZ|1980-02-28\n");
        String us = "csv:" + ours + "#nombre+nacimiento";
        JsonNode outcome = match(us, "csv:" + theirs + "#who", "name-birth");
        assertThat(found(outcome)).containsExactly("JOSE NANEZ QUUX|1970-03-31");
        assertThat(outcome.required("composite").asBoolean()).isTrue();
        assertThat(outcome.required("ours").required("identifiers").asInt()).isEqualTo(3);
        JsonNode hit = outcome.required("common").get(0);
        assertThat(hit.required("ours").get(0).required("label").asString()).isEqualTo("Ñáñez Quux, José");
        for (String language : List.of("en", "es")) {
            Entente.Ended ended = entente.in(language)
                    .run(LIMIT, "match", "--ours", us, "--theirs", "csv:" + theirs + "#1", "--on", "name-birth");
            assertThat(ended.exit()).isZero();
            assertThat(ended.output())
                    .contains(language.equals("en") ? "weaker than a number" : "más débil que un número")
                    .doesNotContain("match.");
        }
    }

    @Test
    void companiesAreFoundByNameAndStateWithoutTheirLegalForm() throws Exception {
        Path ours = Files.writeString(
                folder.resolve("ours.csv"),
                "empresa,estado\n\"Fletes Quux, S.A. de C.V.\",Sinaloa\nFletes Quux SA,Sonora\nSA de CV,Sonora\n");
        Path theirs = Files.writeString(folder.resolve("theirs.csv"), "FLETES QUUX LLC,MX-SIN\nQUUX FLETES,MX-SON\n");
        assertThat(found(match("csv:" + ours + "#Empresa+Estado", "csv:" + theirs + "#1+2", "name-state")))
                .containsExactly("FLETES QUUX|MX-SIN");
    }

    private JsonNode match(String ours, String theirs) throws IOException, InterruptedException {
        return match(ours, theirs, "rfc");
    }

    private JsonNode match(String ours, String theirs, String type) throws IOException, InterruptedException {
        Entente.Ended ended = entente.run(LIMIT, "match", "--ours", ours, "--theirs", theirs, "--on", type, "--json");
        assertThat(ended.exit()).as(ended.errors()).isZero();
        return json.readTree(ended.output().getBytes(StandardCharsets.UTF_8));
    }

    private static SortedSet<String> found(JsonNode outcome) {
        SortedSet<String> found = new TreeSet<>();
        outcome.required("common")
                .forEach(hit -> found.add(hit.required("identifier").asString()));
        return found;
    }

    private static List<String> names(JsonNode object) {
        return List.copyOf(object.propertyNames());
    }
}
