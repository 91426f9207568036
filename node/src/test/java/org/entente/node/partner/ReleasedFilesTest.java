package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.body.BodyFiles;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.link.PeerAnswer;
import org.entente.node.link.PeerCall;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Files that come with a released item are taken in when they are what was named, and given to whom they were released. */
@Timeout(240)
class ReleasedFilesTest {
    private static final String CASE = "UIF-2026-1";
    private static final int PIECE = PartnerInHand.PIECE_BYTES;

    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;
    private static OfficerClient analyst;
    private static IndexInHand index;
    private static final Map<String, String> HITS = new HashMap<>();

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
        analyst = encounter.officer(Role.ANALYST);
        index = IndexInHand.announce(partner, encounter.understanding());
        analyst.post(
                "/api/cases",
                object().put("reference", CASE)
                        .put(
                                "memorandum",
                                encounter.understanding().memorandum().digest().hex())
                        .put("purpose", Understanding.LAUNDERING.code()));
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.statement().equals(index.statement())
                && receipt.stage() == Reply.Stage.OPENED);
        ObjectNode facts = IndexInHand.asking(12);
        facts.put("case", CASE)
                .put("index", index.statement().hex())
                .put("justification", "Invoices.")
                .put("legalBasis", "LFPIORPI");
        Digest probe =
                Digest.parse(analyst.act("probe", facts).required("statement").asString());
        index.answer(partner.await(heard -> heard.message() instanceof Comparison.ProbeAsked));
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.stage() == Reply.Stage.OPENED
                && !receipt.statement().equals(index.statement()));
        for (JsonNode hit : analyst.get("/api/probes/" + probe.hex()).path("hits")) {
            HITS.put(hit.required("identifier").asString(), hit.required("hit").asString());
        }
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    @Test
    void filesOfAnyLengthAreVerifiedAndGivenToTheAuthorityThatReceivedThem() throws Exception {
        byte[] small = "a scanned ledger".getBytes(StandardCharsets.UTF_8);
        byte[] large = random(2 * PIECE + 77);
        BodyReference first = partner.bring(small, NodeOnTrial.UIF);
        SealedBody sealed = partner.seal(large, NodeOnTrial.UIF);
        assertThat(partner.bring(sealed)).as("too long for one call").isIn(0, 413);
        assertThat(partner.bringPieces(sealed)).isEqualTo(200);
        ArrayNode described = JsonNodeFactory.instance.arrayNode();
        describe(described, first, "ledger 2024.txt", small.length);
        describe(described, sealed.reference(), "órdenes.zip", large.length);
        Statement release = release(0, List.of(first, sealed.reference()), described);
        assertThat(stageOf(release)).isEqualTo(Reply.Stage.OPENED);

        JsonNode item = received(release).orElseThrow();
        assertThat(item.path("files").get(1).path("name").asString()).isEqualTo("órdenes.zip");
        String address = "/api/received/" + release.id().hex() + "/files/";
        assertThat(analyst.download(address + first.ciphertext().hex())).isEqualTo(small);
        assertThat(analyst.download(address + sealed.reference().ciphertext().hex()))
                .isEqualTo(large);
        assertThatThrownBy(() -> analyst.download(address + "0".repeat(64))).hasMessageContaining("nothing here");
        assertThatThrownBy(() -> analyst.download("/api/received/" + "0".repeat(64) + "/files/"
                        + first.ciphertext().hex()))
                .hasMessageContaining("nothing here");
        try (OfficerClient administrator =
                encounter.node().client(encounter.node().administrator(), Language.ENGLISH)) {
            assertThatThrownBy(() ->
                            administrator.download(address + first.ciphertext().hex()))
                    .hasMessageContaining("administrator");
        }
        encounter.requireBundle();

        JdbcClient database = encounter.node().database().client();
        Instant end = Instant.now().plusSeconds(60);
        while (database.sql("update body_term set last_day = current_date - 2 where statement = ?")
                        .param(release.id().bytes())
                        .update()
                == 0) {
            assertThat(Instant.now()).isBefore(end);
        }
        Heard attested = partner.await(heard -> heard.message() instanceof Ending.ErasureAttested attestation
                && attestation.erased().stream().anyMatch(one -> one.statement().equals(release.id())));
        assertThat(((Ending.ErasureAttested) attested.message())
                        .erased()
                        .getFirst()
                        .bodies())
                .hasSize(3)
                .contains(first.ciphertext(), sealed.reference().ciphertext());
        assertThatThrownBy(() -> analyst.download(address + first.ciphertext().hex()))
                .hasMessageContaining("nothing here");
        assertThat(database.sql("select count(*) from received_file where statement = ?")
                        .param(release.id().bytes())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(folder.resolve("bodies")
                        .resolve(sealed.reference().ciphertext().hex()))
                .doesNotExist();
    }

    @Test
    void whatTheItemSaysOfItsFilesMustBeWhatTheStatementNames() throws Exception {
        byte[] content = random(1_000);
        BodyReference one = partner.bring(content, NodeOnTrial.UIF);
        BodyReference other = partner.bring(random(1_000), NodeOnTrial.UIF);
        ArrayNode none = JsonNodeFactory.instance.arrayNode();
        requireUnreadable(release(1, List.of(one), none));
        requireUnreadable(release(2, List.of(), describe(none.deepCopy(), one, "a.txt", 1_000)));
        requireUnreadable(release(3, List.of(one), describe(none.deepCopy(), other, "a.txt", 1_000)));
        requireUnreadable(release(4, List.of(one), describe(none.deepCopy(), one, "a.txt", 1_001)));
        requireUnreadable(release(5, List.of(one), describe(none.deepCopy(), one, "../a.txt", 1_000)));
        ArrayNode swapped = describe(describe(none.deepCopy(), other, "b", 1_000), one, "a", 1_000);
        requireUnreadable(release(6, List.of(one, other), swapped));
    }

    @Test
    void aFileThatIsNotWhatWasCommittedToOrNotForUsMakesTheReleaseUnreadable() throws Exception {
        byte[] content = random(1_000);
        BodyReference kept = partner.bring(content, NodeOnTrial.UIF);
        BodyReference lie = new BodyReference(kept.ciphertext(), kept.bytes(), Digest.of(content));
        ArrayNode described = describe(JsonNodeFactory.instance.arrayNode(), kept, "a.txt", 1_000);
        requireUnreadable(release(7, List.of(lie), described));
        BodyReference longer = new BodyReference(kept.ciphertext(), kept.bytes() + 1, kept.commitment());
        requireUnreadable(release(8, List.of(longer), described));
        byte[] junk = random(500);
        BodyReference noAge = new BodyReference(Digest.of(junk), junk.length, Digest.of(junk));
        assertThat(partner.bring(new SealedBody(junk, noAge))).isEqualTo(204);
        requireUnreadable(
                release(9, List.of(noAge), describe(JsonNodeFactory.instance.arrayNode(), noAge, "a.txt", 500)));
    }

    @Test
    void aPartnerThatLiesAboutPiecesIsAnsweredPrecisely() throws Exception {
        SealedBody sealed = partner.seal(random(2 * PIECE), NodeOnTrial.UIF);
        BodyReference body = sealed.reference();
        byte[] first = java.util.Arrays.copyOf(sealed.ciphertext(), PIECE);
        Digest digest = Digest.of(first);
        assertThat(code(partner.bringPiece(body, PIECE, digest, first))).isEqualTo("body.piece-out-of-place");
        assertThat(code(partner.bringPiece(body, 1, digest, first))).isEqualTo("body.piece-malformed");
        assertThat(code(partner.bringPiece(body, 0, Digest.of(new byte[1]), first)))
                .isEqualTo("body.piece-damaged");
        assertThat(code(partner.bringPiece(body, 0, digest, new byte[10]))).isEqualTo("body.piece-malformed");
        BodyReference endless =
                new BodyReference(body.ciphertext(), BodyFiles.Limits.USUAL.bytesMax() + 1, body.commitment());
        assertThat(code(partner.bringPiece(endless, 0, digest, first))).isEqualTo("body.too-large");
        assertThat(partner.bringPiece(body, 0, digest, first).status()).isEqualTo(200);
        BodyReference other = new BodyReference(body.ciphertext(), body.bytes() + 1, body.commitment());
        assertThat(code(partner.bringPiece(other, PIECE, digest, first))).isEqualTo("body.piece-other-total");
        for (String path : List.of(
                "/1", "/1/2", "/-1/0/" + digest.hex(), "/01/0/" + digest.hex(), "/1/0/" + digest.hex() + "/x")) {
            assertThat(partner.call(
                                    "PUT",
                                    "/v1/bodies/" + body.ciphertext().hex() + path,
                                    new PeerCall.Body.Streamed(
                                            "application/octet-stream", first.length, out -> out.write(first)))
                            .status())
                    .isEqualTo(422);
        }
        assertThat(partner.bringPieces(sealed)).isEqualTo(200);
    }

    private static String code(PeerAnswer.Answered answered) throws Exception {
        assertThat(answered.status()).isEqualTo(422);
        return org.entente.evidence.canonical.CanonicalJson.parse(answered.bytes(), 1 << 12)
                .path("code")
                .asString();
    }

    private static ArrayNode describe(ArrayNode described, BodyReference body, String name, long bytes) {
        described
                .addObject()
                .put("body", body.ciphertext().hex())
                .put("bytes", bytes)
                .put("name", name)
                .put("type", "application/octet-stream");
        return described;
    }

    private static Statement release(int company, List<BodyReference> files, ArrayNode described) throws Exception {
        String hit = Optional.ofNullable(HITS.get(IndexInHand.rfc(company))).orElseThrow();
        Digest request = Digest.parse(analyst.act(
                        "request",
                        object().put("case", CASE)
                                .put("hit", hit)
                                .put("facts", "Needed for the case.")
                                .put("legalBasis", "LFPIORPI")
                                .put("urgency", "routine"))
                .required("statement")
                .asString());
        Heard heard = partner.await(one -> one.statement().id().equals(request));
        partner.say(
                new Handover.RequestDecided(request, Handover.Verdict.APPROVED, Optional.empty()), Encounter.LIAISON);
        return index.release(
                heard,
                IndexInHand.item(company),
                new IndexInHand.Behind(IndexInHand.record(company), IndexInHand.record(company)),
                files,
                described);
    }

    private static void requireUnreadable(Statement release) throws Exception {
        assertThat(stageOf(release)).isEqualTo(Reply.Stage.UNREADABLE);
        assertThat(received(release)).isEmpty();
    }

    private static Reply.Stage stageOf(Statement release) throws Exception {
        partner.say(release);
        Heard receipt = partner.await(heard -> heard.message() instanceof Reply.Receipt said
                && said.statement().equals(release.id())
                && said.stage() != Reply.Stage.DELIVERED);
        return ((Reply.Receipt) receipt.message()).stage();
    }

    private static Optional<JsonNode> received(Statement release) throws Exception {
        for (JsonNode item : analyst.get("/api/received").path("items")) {
            if (item.path("statement").asString("").equals(release.id().hex())) {
                return Optional.of(item);
            }
        }
        return Optional.empty();
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
