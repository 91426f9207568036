package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A whole node carries a watch on by itself against a partner over mutual TLS, and its officers see how it stands. */
@Timeout(180)
class WatchOnTheLinkTest {
    private static final String CASE = "UIF-2026-11";

    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;
    private static OfficerClient analyst;
    private static IndexInHand index;

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
        analyst = encounter.officer(Role.ANALYST);
        index = IndexInHand.announce(partner, encounter.understanding());
        opened(index.statement());
        analyst.post(
                "/api/cases",
                object().put("reference", CASE)
                        .put(
                                "memorandum",
                                encounter.understanding().memorandum().digest().hex())
                        .put("purpose", Understanding.LAUNDERING.code()));
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    @Test
    void theNodeAsksByItselfAndTheHitsAreThoseOfAProbe() throws Exception {
        Digest watch = Digest.parse(
                analyst.act("watch", facts(12)).required("statement").asString());
        Heard asked = partner.await(heard -> heard.statement().id().equals(watch));
        assertThat(((Comparison.WatchAsked) asked.message()).pace().elements()).isEqualTo(64);
        Heard round = partner.await(heard -> heard.message() instanceof Comparison.ProbeAsked probe
                && probe.ground().equals(new Comparison.Ground.UnderWatch(watch)));
        index.answer(round);
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.stage() == Reply.Stage.OPENED
                && !receipt.statement().equals(index.statement()));
        JsonNode shown = watch(watch);
        assertThat(shown.path("state").asString("")).isEqualTo("running");
        assertThat(shown.path("hits").asInt(-1)).isEqualTo(12);
        assertThat(shown.path("rounds").asInt(-1)).isEqualTo(1);
        JsonNode probe = analyst.get("/api/probes/" + round.statement().id().hex());
        assertThat(probe.path("act").asString("")).isEqualTo("watch");
        assertThat(probe.path("case").asString("")).isEqualTo(CASE);
        assertThat(probe.path("hits")).hasSize(12);
        partner.requireInTheNodesLog(watch, round.statement().id());
        encounter.requireBundle();
        onlyAnOfficerOfTheAuthorityEndsIt(watch);
    }

    private static void onlyAnOfficerOfTheAuthorityEndsIt(Digest watch) throws Exception {
        String end = "/api/watches/" + watch.hex() + "/end";
        assertThatThrownBy(() -> encounter.officer(Role.LEGAL).post(end, object()))
                .isInstanceOfSatisfying(
                        NodeRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo("officer.role-lacks"));
        assertThatThrownBy(() ->
                        analyst.post("/api/watches/" + Digest.of(new byte[1]).hex() + "/end", object()))
                .isInstanceOfSatisfying(
                        NodeRefusal.class, refusal -> assertThat(refusal.code()).isEqualTo("api.nothing-here"));
        analyst.post(end, object());
        JsonNode ended = watch(watch);
        assertThat(ended.path("state").asString("")).isEqualTo("ended");
        assertThat(ended.path("why").path("code").asString("")).isEqualTo("comparison.watch-stopped");
        assertThat(ended.path("why").path("en").asString("")).contains("uif-analyst");
        assertThat(ended.path("why").path("es").asString("")).contains("uif-analyst");
    }

    private static ObjectNode facts(int companies) {
        return IndexInHand.asking(companies)
                .put("case", CASE)
                .put("index", index.statement().hex())
                .put("until", UtcSeconds.print(UtcSeconds.whole(Instant.now().plus(Duration.ofDays(30)))))
                .put("justification", "Invoices.")
                .put("legalBasis", "LFPIORPI");
    }

    private static JsonNode watch(Digest statement) throws Exception {
        for (JsonNode one : analyst.get("/api/watches").path("watches")) {
            if (one.path("statement").asString("").equals(statement.hex())) {
                return one;
            }
        }
        throw new AssertionError("the watch is not listed");
    }

    private static void opened(Digest statement) throws InterruptedException {
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.statement().equals(statement)
                && receipt.stage() == Reply.Stage.OPENED);
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
