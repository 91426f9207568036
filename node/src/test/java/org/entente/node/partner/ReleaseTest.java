package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a partner hands over is taken in only when it was asked for, was approved, and is what the hit was about. */
@Timeout(180)
class ReleaseTest {
    private static final String CASE = "UIF-2026-1";
    private static final String NAME = "NADIE 12|MX-SIN";

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
        ObjectNode facts = IndexInHand.asking(12);
        facts.withArray("/identifiers").addObject().put("type", "name-state").put("value", "Nadie 12, S.A.|Sinaloa");
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
            boolean named = hit.required("type").asString().equals("name-state");
            assertThat(hit.required("composite").asBoolean()).isEqualTo(named);
        }
        assertThat(HITS).hasSize(13).containsKey(NAME);
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    @Test
    void whatWasAskedForAndApprovedIsTakenIn() throws Exception {
        Heard request = request(0);
        approve(request);
        Statement release = index.release(request, IndexInHand.item(0), IndexInHand.record(0), IndexInHand.record(0));
        assertThat(stageOf(release)).isEqualTo(Reply.Stage.OPENED);
        assertThat(received()).contains("test:0\"");
        assertThat(state(request)).isEqualTo("opened");
        partner.requireInTheNodesLog(request.statement().id(), release.id());
        encounter.requireBundle();
    }

    @Test
    void whatANameAndAStateFoundIsTakenInWhenTheItemYieldsThem() throws Exception {
        Heard request = request(NAME);
        approve(request);
        String record = IndexInHand.record(IndexInHand.NAMED);
        Statement release = index.release(request, IndexInHand.item(IndexInHand.NAMED), record, record);
        assertThat(stageOf(release)).isEqualTo(Reply.Stage.OPENED);
        assertThat(received()).contains("test:12\"");
    }

    @Test
    void anItemThatDoesNotYieldTheNameAndTheStateOfTheHitIsNotTakenIn() throws Exception {
        Heard request = request(NAME);
        approve(request);
        String record = IndexInHand.record(IndexInHand.NAMED);
        requireNotTakenIn(index.release(request, IndexInHand.item(13), record, record), "test:13\"");
    }

    @Test
    void nobodyAsksForAClassThatTheAnnouncementDoesNotName() {
        ObjectNode facts = IndexInHand.asking(1);
        facts.withArray("/identifiers").addObject().put("type", "name-birth").put("value", "Nadie Nunca|1970-03-31");
        facts.put("case", CASE)
                .put("index", index.statement().hex())
                .put("justification", "Invoices.")
                .put("legalBasis", "LFPIORPI");
        assertThatThrownBy(() -> analyst.act("probe", facts)).hasMessageContaining("name-birth");
    }

    @Test
    void aDraftThatLiesAtThisNodeAloneChangesNoDecision() throws Exception {
        Heard request = request(10);
        approve(request);
        Path draft = Files.writeString(
                folder.resolve("draft.yaml"),
                Files.readString(Understanding.text()).replace("version: 1", "version: 2"));
        encounter.officer(Role.LEGAL).upload("/api/memoranda", draft);
        Statement release =
                index.release(request, IndexInHand.item(10), IndexInHand.record(10), IndexInHand.record(10));
        assertThat(stageOf(release)).isEqualTo(Reply.Stage.OPENED);
        assertThat(state(request(11))).isEqualTo("asked");
    }

    @Test
    void anItemWithoutTheIdentifierOfTheHitIsNotTakenIn() throws Exception {
        Heard request = request(1);
        approve(request);
        Statement release = index.release(request, IndexInHand.item(40), IndexInHand.record(1), IndexInHand.record(1));
        requireNotTakenIn(release, "test:40\"");
        assertThat(state(request)).isEqualTo("unreadable");
    }

    @Test
    void aRecordThatDoesNotStandBehindTheHitIsNotTakenIn() throws Exception {
        Heard request = request(2);
        approve(request);
        Statement release = index.release(request, IndexInHand.item(2), IndexInHand.record(41), IndexInHand.record(2));
        requireNotTakenIn(release, "test:2\"");
    }

    @Test
    void theItemOfAnotherRequestIsNotTakenIn() throws Exception {
        Heard request = request(3);
        Heard other = request(4);
        approve(request);
        approve(other);
        Statement release = index.release(request, IndexInHand.item(4), IndexInHand.record(4), IndexInHand.record(4));
        requireNotTakenIn(release, "test:4\"");
    }

    @Test
    void whatWasNotApprovedYetIsNotTakenIn() throws Exception {
        Heard request = request(5);
        Statement release = index.release(request, IndexInHand.item(5), IndexInHand.record(5), IndexInHand.record(5));
        requireNotTakenIn(release, "test:5\"");
    }

    @Test
    void whatWasRefusedIsNotTakenIn() throws Exception {
        Heard request = request(6);
        partner.say(
                new Handover.RequestDecided(request.statement().id(), Handover.Verdict.REFUSED, Optional.empty()),
                Encounter.LIAISON);
        Statement release = index.release(request, IndexInHand.item(6), IndexInHand.record(6), IndexInHand.record(6));
        requireNotTakenIn(release, "test:6\"");
    }

    @Test
    void aSecondReleaseUnderOneRequestIsNotTakenIn() throws Exception {
        Heard request = request(7);
        approve(request);
        Statement first = index.release(request, IndexInHand.item(7), IndexInHand.record(7), IndexInHand.record(7));
        assertThat(stageOf(first)).isEqualTo(Reply.Stage.OPENED);
        Statement second = index.release(request, IndexInHand.item(7), IndexInHand.record(7), IndexInHand.record(7));
        assertThat(stageOf(second)).isEqualTo(Reply.Stage.UNREADABLE);
        assertThat(state(request)).isEqualTo("opened");
    }

    @Test
    void anApprovalThatNoOfficerSignedIsNone() throws Exception {
        Heard request = request(8);
        Statement decided = partner.sign(
                new Handover.RequestDecided(request.statement().id(), Handover.Verdict.APPROVED, Optional.empty()));
        partner.tell(decided);
        Statement release = index.release(request, IndexInHand.item(8), IndexInHand.record(8), IndexInHand.record(8));
        requireNotTakenIn(release, "test:8\"");
    }

    @Test
    void aReleaseUnderWhatIsNoRequestIsRefused() throws Exception {
        Heard request = request(9);
        approve(request);
        Handover.ItemReleased honest = (Handover.ItemReleased)
                Message.read(index.release(request, IndexInHand.item(9), IndexInHand.record(9), IndexInHand.record(9)));
        for (Digest nothing : new Digest[] {Digest.of(new byte[] {9}), index.statement()}) {
            Handover.ItemReleased released = new Handover.ItemReleased(
                    nothing, honest.envelope(), honest.item(), honest.files(), honest.opening(), honest.sent());
            Statement release = partner.sign(
                    partner.draft(
                            released,
                            Act.fromJson(honest.sent().actJson(), List.of())
                                    .circumstances()
                                    .at()),
                    released,
                    Encounter.LIAISON);
            partner.say(release);
            assertThat(partner.answer(release.id(), Reply.Refused.class).reason())
                    .isEqualTo(Reply.Reason.OUT_OF_DATE);
        }
        assertThat(received()).doesNotContain("test:9\"");
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** The node's analyst asks for the record behind the hit about this company. */
    private static Heard request(int company) throws Exception {
        return request(IndexInHand.rfc(company));
    }

    private static Heard request(String identifier) throws Exception {
        String hit = Optional.ofNullable(HITS.get(identifier)).orElseThrow();
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

    private static void approve(Heard request) throws Exception {
        partner.say(
                new Handover.RequestDecided(request.statement().id(), Handover.Verdict.APPROVED, Optional.empty()),
                Encounter.LIAISON);
    }

    /** Brings a release and waits for what the node makes of its body. */
    private static Reply.Stage stageOf(Statement release) throws Exception {
        partner.say(release);
        Heard receipt = partner.await(heard -> heard.message() instanceof Reply.Receipt said
                && said.statement().equals(release.id())
                && said.stage() != Reply.Stage.DELIVERED);
        return ((Reply.Receipt) receipt.message()).stage();
    }

    private static void requireNotTakenIn(Statement release, String item) throws Exception {
        assertThat(stageOf(release)).isEqualTo(Reply.Stage.UNREADABLE);
        assertThat(received()).doesNotContain(item);
        partner.requireInTheNodesLog(release.id());
    }

    private static String received() throws Exception {
        return analyst.get("/api/received").toString();
    }

    private static String state(Heard request) throws Exception {
        return analyst.get("/api/requests/" + request.statement().id().hex())
                .required("state")
                .asString();
    }
}
