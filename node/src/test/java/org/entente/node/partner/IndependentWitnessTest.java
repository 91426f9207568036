package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.time.OpenSslAuthority;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.witness.TrustPolicy;
import org.entente.memorandum.officer.Role;
import org.entente.node.server.NodeOnTrial;
import org.entente.node.testimony.Outsiders;
import org.entente.node.testimony.ThirdWitness;
import org.entente.node.testimony.TimeAuthority;
import org.entente.node.testimony.Witnesses;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A node whose logs others than its partner vouch for, and what a bundle of it is worth to whoever trusts them. */
@Timeout(180)
class IndependentWitnessTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void aBundleShowsWhatOthersHaveSeen() throws Exception {
        OpenSslAuthority openssl = OpenSslAuthority.found(Files.createDirectory(folder.resolve("clocks")));
        TimeAuthorities clocks = TimeAuthorities.read(openssl.rootCertificate());
        HttpServer stamping = stamping(openssl);
        try (ThirdWitness witness = new ThirdWitness("witness.example")) {
            TrustPolicy policy = TrustPolicy.parse(witness.policy().getBytes(StandardCharsets.UTF_8));
            TimeAuthority authority = new TimeAuthority(
                    "http://127.0.0.1:" + stamping.getAddress().getPort() + "/tsr", clocks);
            Outsiders outsiders = new Outsiders(Optional.of(authority), Optional.of(new Witnesses(policy)));
            try (Encounter encounter = Encounter.begin(folder.resolve("node"), outsiders)) {
                assertThat(log(encounter).required("finalSize").longValue()).isZero();
                String origin = LogNames.relationship(encounter.node().card().party(), PartnerInHand.US, 1);
                witness.knows(KnownLog.of(origin, encounter.node().card().logKey()));
                awaitFinal(encounter);

                BundleReport seen = encounter.requireBundle(Optional.of(policy), TimeAuthorities.none());
                assertThat(seen.witnessed()).isEqualTo(seen.statements().size());
                BundleReport stamped = encounter.requireBundle(Optional.empty(), clocks);
                assertThat(stamped.witnessed()).isPositive();
                BundleReport alone = encounter.requireBundle();
                assertThat(alone.json().get("witnessing").stringValue()).isEqualTo("two-party");
                assertThat(alone.witnessed()).isZero();
            }
        } finally {
            stamping.stop(0);
        }
    }

    @Test
    @Tag("deep")
    void aWitnessThatIsAwayDelaysFinalityAndNothingElse() throws Exception {
        try (ThirdWitness witness = new ThirdWitness("witness.example")) {
            witness.isAway(true);
            try (Encounter encounter = Encounter.begin(folder.resolve("node"), witnessedBy(witness))) {
                witness.knows(known(encounter));
                encounter.partner().haveLogCosigned();
                await(() -> witness.calls() >= 2, "the witness is asked again");
                assertThat(log(encounter).required("finalSize").longValue()).isZero();
                assertThat(log(encounter).required("cosignedSize").longValue()).isPositive();
                witness.isAway(false);
                awaitFinal(encounter);
                encounter.requireBundle();
            }
        }
    }

    /** Its answer is not signed, so whoever stands between could give it. */
    @Test
    void aWitnessThatSaysItHasSeenMoreStopsNothing() throws Exception {
        try (ThirdWitness witness = new ThirdWitness("witness.example");
                Encounter encounter = Encounter.begin(folder.resolve("node"), witnessedBy(witness))) {
            Checkpoint larger = new Checkpoint(known(encounter).origin(), 1_000, Digest.of(new byte[1]));
            witness.knows(known(encounter));
            witness.hasSeen(SignedCheckpoint.sign(larger, Ed25519SecretKey.ofSeed(new byte[32])));
            encounter.partner().haveLogCosigned();
            await(() -> witness.calls() >= 2, "the witness is asked again");
            assertThat(log(encounter).required("finalSize").longValue()).isZero();
            encounter.node().enrol("uif-late", "late", NodeOnTrial.UIF, Role.ANALYST);
            encounter
                    .partner()
                    .await(heard -> heard.statement().kind().equals("officer-appointed")
                            && heard.statement().content().toString().contains("uif-late"));
        }
    }

    private static Outsiders witnessedBy(ThirdWitness witness) throws Exception {
        TrustPolicy policy = TrustPolicy.parse(witness.policy().getBytes(StandardCharsets.UTF_8));
        return new Outsiders(Optional.empty(), Optional.of(new Witnesses(policy)));
    }

    private static KnownLog known(Encounter encounter) throws Exception {
        PartyCard card = encounter.node().card();
        return KnownLog.of(LogNames.relationship(card.party(), PartnerInHand.US, 1), card.logKey());
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition, String what) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(200);
        }
    }

    private static JsonNode log(Encounter encounter) throws Exception {
        return encounter
                .officer(Role.LEGAL)
                .get("/api/evidence")
                .required("logs")
                .get(0);
    }

    /** Waits until the witness has seen all that the partner has cosigned. */
    private static void awaitFinal(Encounter encounter) throws Exception {
        encounter.partner().haveLogCosigned();
        await(
                () -> log(encounter).required("finalSize").longValue()
                        == log(encounter).required("size").longValue(),
                "everything is final");
    }

    private static HttpServer stamping(OpenSslAuthority openssl) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = openssl.answer(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return server;
    }
}
