package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.AgeFile;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.body.SealedBody;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.body.BodyFiles;
import org.entente.node.body.BodyKeys;
import org.entente.node.client.OfficerClient;
import org.entente.node.home.DiskFolder;
import org.entente.node.home.DiskSpace;
import org.entente.node.home.Stoppage;
import org.entente.node.link.PeerReply;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a partner released is erased when its last day has passed, which a test brings about by moving that day, and the partner is
 * told; what the evidence says of it stays.
 */
@Timeout(300)
class ErasureTest {
    private static final String CASE = "UIF-2026-1";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;
    private static OfficerClient analyst;
    private static OfficerClient legal;
    private static IndexInHand index;
    private static JsonNode hits = JsonNodeFactory.instance.objectNode();
    private static Optional<JdbcClient> database = Optional.empty();

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
        database = Optional.of(encounter.node().database().client());
        analyst = encounter.officer(Role.ANALYST);
        legal = encounter.officer(Role.LEGAL);
        index = IndexInHand.announce(partner, encounter.understanding());
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.statement().equals(index.statement())
                && receipt.stage() == Reply.Stage.OPENED);
        analyst.post(
                "/api/cases",
                object().put("reference", CASE)
                        .put(
                                "memorandum",
                                encounter.understanding().memorandum().digest().hex())
                        .put("purpose", Understanding.LAUNDERING.code()));
        Digest probe = probe();
        index.answer(partner.await(heard -> heard.message() instanceof Comparison.ProbeAsked));
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.stage() == Reply.Stage.OPENED
                && !receipt.statement().equals(index.statement()));
        hits = analyst.get("/api/probes/" + probe.hex()).path("hits");
        assertThat(hits).hasSize(4);
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    @Test
    void aReleasedItemGoesWithItsLastDayAndItsSenderIsTold() throws Exception {
        Heard request = request(0);
        Statement release = release(request, 0);
        BodyReference body = Message.read(release).bodies().getFirst();
        byte[] salt = saltOf(body);
        byte[] copy = Files.readAllBytes(
                folder.resolve("bodies").resolve(body.ciphertext().hex()));
        byte[] key = Files.readAllBytes(
                folder.resolve("body-keys").resolve(body.ciphertext().hex() + ".sealed"));
        assertThat(received()).contains("test:0\"");
        assertThat(inRows("NADIE 0")).isTrue();
        requireUnreadableWithoutItsKey(body, copy);

        endTerm(release.id());
        Ending.ErasureAttested attested = attestation(release.id());
        assertThat(attested.erased())
                .contains(new Ending.ErasureAttested.Erased(
                        release.id(), Ending.Cause.RETENTION_ENDED, List.of(body.ciphertext())));
        await(() -> count("erasure where what = 'item' and subject = decode('"
                        + release.id().hex() + "', 'hex')")
                == 1);
        assertThat(received()).doesNotContain("test:0\"");
        JsonNode shown = analyst.get("/api/requests/" + request.statement().id().hex());
        assertThat(shown.at("/release/erased/why").asString()).isEqualTo("retention-ended");
        assertThat(shown.at("/erased/why").asString()).isEqualTo("request-over");
        assertThat(shown.has("facts")).isFalse();
        assertThat(analyst.get("/api/erasures").path("erased").toString())
                .contains(release.id().hex());

        for (byte[] secret :
                List.of("NADIE 0".getBytes(StandardCharsets.UTF_8), salt, copyOfRange(key), copyOfRange(copy))) {
            assertThat(inFiles(secret)).isFalse();
        }
        assertThat(inRows("NADIE 0")).isFalse();
        assertThat(inRows(HexFormat.of().formatHex(salt))).isFalse();
        encounter.requireBundle();
    }

    @Test
    void whatACourtHoldsIsRestrictedUntilSomebodyLiftsIt() throws Exception {
        Heard request = request(1);
        Statement release = release(request, 1);
        ObjectNode order = object().put("statement", release.id().hex())
                .put("court", "Juzgado Primero")
                .put("instrument", "12/2026");
        assertThatThrownBy(() -> legal.post("/api/holds", order.deepCopy().put("review", "2020-01-01")))
                .hasMessageContaining("has passed");
        assertThatThrownBy(() -> analyst.post(
                        "/api/holds",
                        order.deepCopy()
                                .put(
                                        "review",
                                        LocalDate.now(ZoneOffset.UTC)
                                                .plusYears(1)
                                                .toString())))
                .isInstanceOf(Exception.class);
        order.put("review", LocalDate.now(ZoneOffset.UTC).plusYears(1).toString());
        long number = legal.post("/api/holds", order).at("/holds/0/number").asLong();
        assertThatThrownBy(() -> legal.post("/api/holds", order)).hasMessageContaining("12/2026");

        endTerm(release.id());
        Statement other = release(request(2), 2);
        endTerm(other.id());
        attestation(other.id());
        JsonNode item = analyst.get("/api/received")
                .path("items")
                .valueStream()
                .filter(one -> one.path("item").asString().equals("test:1"))
                .findFirst()
                .orElseThrow();
        assertThat(item.path("restricted").asBoolean()).isTrue();
        assertThat(item.at("/holds/0/court").asString()).isEqualTo("Juzgado Primero");

        legal.post("/api/holds/" + number + "/lift", object().put("reason", "The order was lifted."));
        attestation(release.id());
        await(() -> !received().contains("test:1\""));
        assertThatThrownBy(() -> legal.post("/api/holds", order)).hasMessageContaining("erased already");
        assertThat(legal.get("/api/holds").at("/holds/0/reason").asString()).isEqualTo("The order was lifted.");
    }

    @Test
    void aPartnersWordAboutWhatItWasGivenIsShownAndAboutAnythingElseRefused() throws Exception {
        Heard request = request(3);
        Digest asked = request.statement().id();
        Digest facts = request.message().bodies().getFirst().ciphertext();
        Digest nothing = Digest.of(new byte[] {7});
        for (Ending.ErasureAttested.Erased wrong : List.of(
                new Ending.ErasureAttested.Erased(nothing, Ending.Cause.REQUEST_OVER, List.of(facts)),
                new Ending.ErasureAttested.Erased(asked, Ending.Cause.REQUEST_OVER, List.of(nothing)),
                new Ending.ErasureAttested.Erased(index.statement(), Ending.Cause.RETENTION_ENDED, List.of(nothing)))) {
            Statement said = partner.say(new Ending.ErasureAttested(List.of(wrong)));
            assertThat(partner.answer(said.id(), Reply.Refused.class).reason()).isEqualTo(Reply.Reason.OUT_OF_DATE);
        }
        assertThat(analyst.get("/api/requests/" + asked.hex()).has("attested")).isFalse();
        Statement said = partner.say(new Ending.ErasureAttested(
                List.of(new Ending.ErasureAttested.Erased(asked, Ending.Cause.REQUEST_OVER, List.of(facts)))));
        JsonNode attested = analyst.get("/api/requests/" + asked.hex()).path("attested");
        assertThat(attested.path("attestation").asString()).isEqualTo(said.id().hex());
        assertThat(analyst.get("/api/erasures").path("attested").toString()).contains(asked.hex());
    }

    @Test
    void aStatementWhoseBodyIsGoneOnBothSidesIsSetAsideAndHoldsUpNothing() throws Exception {
        partner.loseBodies(true);
        Digest probe = probe();
        List<Path> bodies = Message.read(statement(probe)).bodies().stream()
                .map(body -> folder.resolve("bodies").resolve(body.ciphertext().hex()))
                .toList();
        for (Path body : bodies) {
            Files.move(body, gone(body));
        }
        await(() ->
                count("outbox where set_aside = 'link.body-gone' and statement = decode('" + probe.hex() + "', 'hex')")
                        == 1);
        partner.loseBodies(false);
        Digest next = probe();
        partner.await(heard -> heard.statement().id().equals(next));
        for (Path body : bodies) {
            Files.move(gone(body), body); // The check of the evidence would rightly miss it.
        }
    }

    @Test
    void aStatementWhoseBodyThePartnerRefusesForGoodIsSetAsideAndOneForWhichItHasNoRoomWaits() throws Exception {
        partner.refuseBodies(Optional.of(() -> PeerReply.of(
                422, "application/json", "{\"code\":\"body.too-large\"}".getBytes(StandardCharsets.US_ASCII))));
        Digest refused = probe();
        await(() -> count("outbox where set_aside = 'link.body-refused' and statement = decode('" + refused.hex()
                        + "', 'hex')")
                == 1);
        partner.refuseBodies(Optional.of(() -> PeerReply.empty(507).after(Duration.ofSeconds(2))));
        Digest waiting = probe();
        partner.requireInTheNodesLog(waiting);
        assertThat(count("outbox where set_aside is null and acknowledged_at is null and statement = decode('"
                        + waiting.hex() + "', 'hex')"))
                .isEqualTo(1);
        partner.refuseBodies(Optional.empty());
        partner.await(heard -> heard.statement().id().equals(waiting));
    }

    private static Path gone(Path body) {
        return folder.resolveSibling(body.getFileName() + ".gone");
    }

    private static Digest probe() throws Exception {
        ObjectNode facts = IndexInHand.asking(4);
        facts.put("case", CASE)
                .put("index", index.statement().hex())
                .put("justification", "Invoices.")
                .put("legalBasis", "LFPIORPI");
        return Digest.parse(analyst.act("probe", facts).required("statement").asString());
    }

    private static Statement statement(Digest id) throws Exception {
        byte[] bytes = sql().sql("select bytes from statement where id = ?")
                .param(id.bytes())
                .query((row, number) -> row.getBytes("bytes"))
                .single();
        return Statement.parse(bytes).verify(encounter.node().card());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JdbcClient sql() {
        return database.orElseThrow();
    }

    private static Heard request(int company) throws Exception {
        String hit = hits.valueStream()
                .filter(one -> one.path("identifier").asString().equals(IndexInHand.rfc(company)))
                .findFirst()
                .orElseThrow()
                .path("hit")
                .asString();
        Digest request = Digest.parse(analyst.act(
                        "request",
                        object().put("case", CASE)
                                .put("hit", hit)
                                .put("facts", "Needed for the case.")
                                .put("legalBasis", "LFPIORPI")
                                .put("urgency", "routine"))
                .required("statement")
                .asString());
        return partner.await(heard -> heard.statement().id().equals(request));
    }

    /** The partner approves and releases, and the node takes the item in. */
    private static Statement release(Heard request, int company) throws Exception {
        partner.say(
                new Handover.RequestDecided(request.statement().id(), Handover.Verdict.APPROVED, Optional.empty()),
                Encounter.LIAISON);
        String record = IndexInHand.record(company);
        Statement release = index.release(request, IndexInHand.item(company), record, record);
        partner.say(release);
        partner.await(heard -> heard.message() instanceof Reply.Receipt said
                && said.statement().equals(release.id())
                && said.stage() == Reply.Stage.OPENED);
        return release;
    }

    /** Has the last day of a release be yesterday, once the node has noted it. */
    private static void endTerm(Digest release) throws Exception {
        await(() -> sql().sql("update body_term set last_day = current_date - 2 where statement = ?")
                        .param(release.bytes())
                        .update()
                == 1);
    }

    private static Ending.ErasureAttested attestation(Digest statement) throws Exception {
        return (Ending.ErasureAttested) partner.await(
                        heard -> heard.message() instanceof Ending.ErasureAttested attested
                                && attested.erased().stream()
                                        .anyMatch(one -> one.statement().equals(statement)))
                .message();
    }

    private interface Asking {
        boolean holds() throws Exception;
    }

    private static void await(Asking asking) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (!asking.holds()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
    }

    private static long count(String from) {
        return sql().sql("select count(*) from " + from).query(Long.class).single();
    }

    private static String received() throws Exception {
        return analyst.get("/api/received").toString();
    }

    private static BodyFiles files(Path keys) throws Exception {
        return new BodyFiles(
                new DiskFolder(folder.resolve("bodies")),
                BodyKeys.open(DiskFolder.make(keys), NodeOnTrial.passphrase(), new SecureRandom()),
                new DiskSpace(folder, 0),
                new Stoppage());
    }

    private static byte[] saltOf(BodyReference body) throws Exception {
        byte[] plaintext = AgeFile.decrypt(
                files(folder.resolve("body-keys")).read(body),
                List.of(encounter.node().keys().body(NodeOnTrial.UIF)));
        return java.util.Arrays.copyOf(plaintext, 32);
    }

    /** A restored copy of the home, without the folder of bodies' keys, opens nothing, although it has the authority's key. */
    private static void requireUnreadableWithoutItsKey(BodyReference body, byte[] copy) throws Exception {
        BodyFiles restored = files(folder.resolveSibling(folder.getFileName() + "-other-keys"));
        assertThatThrownBy(() -> restored.read(body)).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> SealedBody.open(
                        copy, body, List.of(encounter.node().keys().body(NodeOnTrial.UIF))))
                .isInstanceOf(Malformed.class);
    }

    private static byte[] copyOfRange(byte[] bytes) {
        return java.util.Arrays.copyOfRange(bytes, bytes.length - 40, bytes.length);
    }

    /** Whether any file of the home but the database's holds these bytes. */
    private static boolean inFiles(byte[] sought) throws IOException {
        String hex = HexFormat.of().formatHex(sought);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(path -> !path.startsWith(folder.resolve("postgres")))
                    .toList()) {
                if (HexFormat.of().formatHex(Files.readAllBytes(file)).contains(hex)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether any row of the database holds this text. */
    private static boolean inRows(String sought) {
        return sql()
                .sql("select quote_ident(tablename) from pg_tables where schemaname = 'public'")
                .query(String.class)
                .list()
                .stream()
                .anyMatch(table -> count(table + " as t where position('" + sought + "' in t::text) > 0") > 0);
    }
}
