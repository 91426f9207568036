package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.verification.oracle.PlainIntersection;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The day after the story: the list changed, and only what changed is announced, found, and handed over. */
final class ChangesStoryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long REST_NANOS = 100_000_000L;

    @TempDir
    private Path folder = Path.of("");

    private Optional<Process> demo = Optional.empty();

    @AfterEach
    void stop() throws InterruptedException {
        if (demo.isPresent()) {
            demo.get().destroy();
            assertThat(demo.get().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void onlyWhatChangedIsAnnouncedFoundAndHandedOver() throws Exception {
        Path home = folder.resolve("home");
        Path output = folder.resolve("output");
        demo = Optional.of(new Entente(Repository.find()).start(output, "demo", "--home", home, "--seed", "43"));
        await(() -> Files.readString(output).contains("The whole story held.") ? Optional.of(true) : Optional.empty());
        try (OfficerClient holder = officer(home, "us", "fincen-liaison-1");
                OfficerClient loader = officer(home, "us", "fincen-analyst-1");
                OfficerClient asker = officer(home, "mx", "uif-analyst-1")) {
            ChangedList changed = changedList(home);
            loader.upload(
                    "/api/loads?format=ofac-sdn&authority=US/FINCEN&obtainedBy=US/OFAC"
                            + "&purposes=drug-trafficking,money-laundering",
                    changed.file);
            JsonNode whole = entry(asker, "indices", "epoch", "0");
            String index = whole.required("statement").asString();
            assertThatExceptionOfType(NodeRefusal.class)
                    .as("the story ends in a suspension")
                    .isThrownBy(() -> said(holder, "index", object().put("changesOf", index)));
            resume(home, "mx", "uif-legal-1");
            resume(home, "us", "fincen-legal-1");
            await(() -> find(asker.get("/api/memoranda"), "memoranda", "state", "in-force"));
            await(() -> find(holder.get("/api/memoranda"), "memoranda", "state", "in-force"));
            String changes = said(holder, "index", object().put("changesOf", index));
            JsonNode arrived = await(() -> find(asker.get("/api/indices"), "indices", "statement", changes));
            assertThat(arrived.required("generation").asInt()).isEqualTo(1);
            assertThat(arrived.required("size").asLong())
                    .isLessThan(whole.required("size").asLong() / 4);

            List<JsonNode> hits = probe(asker, index, changed);
            assertThat(identifiers(hits)).containsExactlyElementsOf(changed.present);
            for (JsonNode hit : hits) {
                handOver(hit, holder, asker);
            }
            quietDay(holder, asker, index);
            assertThat(identifiers(probe(asker, index, changed))).containsExactlyElementsOf(changed.present);
        }
    }

    private static void resume(Path home, String node, String credential) throws Exception {
        Repository repository = Repository.find();
        Entente.Ended signed = new Entente(repository)
                .run(
                        PATIENCE,
                        "memorandum",
                        "sign",
                        repository.root().resolve("examples/mx-us.yaml"),
                        "--home",
                        home.resolve(node),
                        "--root-passphrase-file",
                        home.resolve(node + "-root.passphrase"),
                        "--declare",
                        "resumed");
        assertThat(signed.exit()).as(signed.errors()).isZero();
        try (OfficerClient legal = officer(home, node, credential)) {
            JsonNode memorandum = entry(legal, "memoranda", "state", "suspended");
            ObjectNode body = object();
            body.set("statement", new JsonMapper().readTree(signed.output()));
            legal.post("/api/memoranda/" + memorandum.required("digest").asString() + "/declarations", body);
        }
    }

    /** A list in which one company has another number, one is new, and one is as it was. */
    private record ChangedList(Path file, SortedSet<String> present, String gone) {}

    private static ChangedList changedList(Path home) throws IOException {
        Path ofac = home.resolve("lists/ofac-sdn-43.csv");
        Path sat = home.resolve("lists/sat-69b-43.csv");
        SortedSet<String> american = new TreeSet<>(PlainIntersection.ofac(ofac).keySet());
        List<String> others = new ArrayList<>(PlainIntersection.sat(sat).keySet());
        others.removeAll(american);
        List<String> companies =
                PlainIntersection.common(PlainIntersection.sat(sat), PlainIntersection.ofac(ofac)).stream()
                        .filter(number -> number.length() == 12)
                        .toList();
        String gone = companies.get(0);
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(ofac, StandardCharsets.ISO_8859_1)) {
            lines.add(
                    line.replaceAll("[^A-Z0-9]", "").contains(gone)
                            ? line.replaceAll("(R\\.F\\.C\\.|RFC|Tax ID No\\.) [^(]+", "$1 " + others.get(0) + " ")
                            : line);
        }
        lines.addFirst("79999,\"EMPRESA NUEVA, S.A.\",-0- ,\"SDNTK\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"Tax ID No. "
                + others.get(1) + " (Mexico).\"");
        Path file = home.resolve("lists/changed.csv");
        Files.write(file, lines, StandardCharsets.ISO_8859_1);
        assertThat(PlainIntersection.ofac(file).keySet())
                .contains(others.get(0), others.get(1))
                .doesNotContain(gone);
        return new ChangedList(file, new TreeSet<>(Set.of(others.get(0), others.get(1), companies.get(1))), gone);
    }

    private static List<JsonNode> probe(OfficerClient asker, String index, ChangedList changed) throws Exception {
        ObjectNode facts = object().put("case", "UIF-2026-1")
                .put("index", index)
                .put("justification", "Invoices of these companies stand in the accounts of the case.")
                .put("legalBasis", "LFPIORPI, art. 9");
        ArrayNode identifiers = facts.putArray("identifiers");
        changed.present.forEach(
                number -> identifiers.addObject().put("type", "rfc").put("value", number));
        identifiers.addObject().put("type", "rfc").put("value", changed.gone);
        String statement = said(asker, "probe", facts);
        JsonNode answered = await(() -> Optional.of(asker.get("/api/probes/" + statement))
                .filter(probe -> !probe.path("state").asString("").equals("asked")));
        List<JsonNode> hits = new ArrayList<>();
        answered.path("hits").forEach(hits::add);
        return hits;
    }

    private static SortedSet<String> identifiers(List<JsonNode> hits) {
        SortedSet<String> found = new TreeSet<>();
        hits.forEach(hit -> found.add(hit.required("identifier").asString()));
        return found;
    }

    /** The leaf opens under the root of the generation in which it was found, or the item would not be taken in. */
    private static void handOver(JsonNode hit, OfficerClient holder, OfficerClient asker) throws Exception {
        String request = said(
                asker,
                "request",
                object().put("case", "UIF-2026-1")
                        .put("hit", hit.required("hit").asString())
                        .put("facts", "Company billed the person under inquiry.")
                        .put("legalBasis", "LFPIORPI, art. 9")
                        .put("urgency", "routine"));
        await(() -> find(holder.get("/api/requests"), "requests", "statement", request));
        said(holder, "request-decided", object().put("request", request).put("verdict", "approved"));
        said(holder, "release", object().put("request", request));
        JsonNode done = await(() -> Optional.of(asker.get("/api/requests/" + request))
                .filter(one -> Set.of("opened", "unreadable", "not-taken-in", "refused")
                        .contains(one.path("state").asString(""))));
        assertThat(done.required("state").asString()).isEqualTo("opened");
    }

    private static void quietDay(OfficerClient holder, OfficerClient asker, String index) throws Exception {
        String quiet = said(holder, "index", object().put("changesOf", index));
        JsonNode arrived = await(() -> find(asker.get("/api/indices"), "indices", "statement", quiet));
        assertThat(arrived.required("generation").asInt()).isEqualTo(2);
    }

    private static OfficerClient officer(Path home, String node, String credential) throws Exception {
        JsonNode addresses = new JsonMapper().readTree(Files.readAllBytes(home.resolve(node + "/addresses.json")));
        return new OfficerClient(
                URI.create(addresses.required("api").asString()),
                home.resolve(node + "/certificate.pem"),
                Credential.load(home.resolve("officers/" + credential + ".json")),
                Language.ENGLISH);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String said(OfficerClient officer, String act, ObjectNode facts) throws Exception {
        return OfficerClient.text(officer.act(act, facts), "statement").orElseThrow();
    }

    private static JsonNode entry(OfficerClient officer, String list, String member, String value) throws Exception {
        return find(officer.get("/api/" + list), list, member, value).orElseThrow();
    }

    private static Optional<JsonNode> find(JsonNode answer, String list, String member, String value) {
        for (JsonNode one : answer.path(list)) {
            if (one.path(member).asString("").equals(value)) {
                return Optional.of(one);
            }
        }
        return Optional.empty();
    }

    private static <T> T await(Callable<Optional<T>> question) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> answer = question.call();
            if (answer.isPresent()) {
                return answer.get();
            }
            assertThat(System.nanoTime()).as("waiting").isLessThan(deadline);
            LockSupport.parkNanos(REST_NANOS);
        }
    }
}
