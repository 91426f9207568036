package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.entente.evidence.canonical.Digest;
import org.entente.node.client.Credential;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.verification.oracle.PlainBundle;
import org.entente.verification.process.Entente;
import org.entente.verification.process.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Two real nodes under a memorandum that lets released items leave in files: an officer takes one away by the command line, anybody verifies
 * it, and the node of the originator has heard of it before the file was there.
 */
@Tag("deep")
final class ExportStoryTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final long REST_NANOS = 100_000_000L;

    @TempDir
    private Path folder = Path.of("");

    private final Entente entente = new Entente(Repository.find());
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
    void anItemLeavesByTheCommandLineAndItsOriginatorKnows() throws Exception {
        Path home = folder.resolve("home");
        Path output = folder.resolve("output");
        Path text = folder.resolve("root/examples/mx-us.yaml");
        Files.createDirectories(text.getParent());
        Files.writeString(
                text,
                Files.readString(Repository.find().root().resolve("examples/mx-us.yaml"))
                        .replace("export: with consent", "export: freely"));
        demo = Optional.of(
                entente.withExamplesOf(folder.resolve("root")).start(output, "demo", "--home", home, "--seed", "44"));
        await(() -> Files.readString(output).contains("The whole story held.") ? Optional.of(true) : Optional.empty());

        Path file = folder.resolve("bodies.bundle");
        Entente.Ended suspended = export(home, file);
        assertThat(suspended.exit()).isNotZero();
        assertThat(suspended.errors()).contains("Not in the file").contains("suspended");
        assertThat(file).doesNotExist();

        resume(home, text, "mx", "uif-legal-1");
        resume(home, text, "us", "fincen-legal-1");
        for (String node : List.of("mx", "us")) {
            try (OfficerClient officer = officer(home, node, node.equals("mx") ? "uif-legal-1" : "fincen-legal-1")) {
                await(() -> find(officer.get("/api/memoranda").path("memoranda"), "state", "in-force"));
            }
        }
        Entente.Ended exported = export(home, file);
        assertThat(exported.exit()).as(exported.errors()).isZero();
        assertThat(exported.errors()).contains("contents of 1 bodies").contains("only the partner can open it");
        requireVerified(home, file);
        requireListed(home, file);
        assertThat(export(home, file).errors()).contains(file.toString());
    }

    private void requireVerified(Path home, Path file) throws Exception {
        Entente.Ended verified = entente.run(
                PATIENCE,
                "evidence",
                "verify",
                file,
                "--party",
                home.resolve("cards/MX.json"),
                "--party",
                home.resolve("cards/US.json"));
        assertThat(verified.exit()).as(verified.errors()).isZero();
        assertThat(verified.errors()).contains("contents of 1 bodies");
        JsonNode report = new JsonMapper().readTree(verified.output());
        assertThat(report.path("bodies")).hasSize(1);
        byte[] bundle = Files.readAllBytes(file);
        assertThat(PlainBundle.verify(bundle).statements()).isPositive();
    }

    private static void requireListed(Path home, Path file) throws Exception {
        try (OfficerClient exporter = officer(home, "mx", "uif-liaison-1");
                OfficerClient originator = officer(home, "us", "fincen-liaison-1")) {
            JsonNode left = exporter.get("/api/exports").path("exported").get(0);
            assertThat(left.at("/file/digest").asString())
                    .isEqualTo(Digest.of(Files.readAllBytes(file)).hex());
            assertThat(left.path("answer").asString()).isEqualTo("received");
            JsonNode told = originator.get("/api/exports").path("told").get(0);
            assertThat(told.path("release").asString())
                    .isEqualTo(left.path("release").asString());
            assertThat(told.path("answer").asString()).isEqualTo("received");
            assertThat(told.has("file")).isFalse();
        }
    }

    private Entente.Ended export(Path home, Path file) throws Exception {
        return entente.run(
                PATIENCE,
                "evidence",
                "bundle",
                "US",
                "--case",
                "UIF-2026-1",
                "--bodies",
                "--out",
                file,
                "--node",
                api(home, "mx"),
                "--certificate",
                home.resolve("mx/certificate.pem"),
                "--credential",
                home.resolve("officers/uif-liaison-1.json"));
    }

    private void resume(Path home, Path text, String node, String credential) throws Exception {
        Entente.Ended signed = entente.run(
                PATIENCE,
                "memorandum",
                "sign",
                text,
                "--home",
                home.resolve(node),
                "--root-passphrase-file",
                home.resolve(node + "-root.passphrase"),
                "--declare",
                "resumed");
        assertThat(signed.exit()).as(signed.errors()).isZero();
        try (OfficerClient legal = officer(home, node, credential)) {
            JsonNode memorandum = find(legal.get("/api/memoranda").path("memoranda"), "state", "suspended")
                    .orElseThrow();
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set("statement", new JsonMapper().readTree(signed.output()));
            legal.post("/api/memoranda/" + memorandum.required("digest").asString() + "/declarations", body);
        }
    }

    private static String api(Path home, String node) throws Exception {
        return new JsonMapper()
                .readTree(Files.readAllBytes(home.resolve(node + "/addresses.json")))
                .required("api")
                .asString();
    }

    private static OfficerClient officer(Path home, String node, String credential) throws Exception {
        return new OfficerClient(
                URI.create(api(home, node)),
                home.resolve(node + "/certificate.pem"),
                Credential.load(home.resolve("officers/" + credential + ".json")),
                Language.ENGLISH);
    }

    private static Optional<JsonNode> find(JsonNode list, String member, String value) {
        return list.valueStream()
                .filter(one -> one.path(member).asString("").equals(value))
                .findFirst();
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
