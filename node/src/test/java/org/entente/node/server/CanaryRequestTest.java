package org.entente.node.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.partner.Encounter;
import org.entente.node.partner.PartnerInHand;
import org.entente.node.partner.Understanding;
import org.entente.node.trial.Companies;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sixty companies and one canary stand in an index of 64 entries, and the partner asks for what stands behind each of the 64. One question of them raises an alarm; the
 * partner cannot tell which.
 */
@Timeout(240)
class CanaryRequestTest {
    private static final Category COMPANY = new Category("company");
    private static final int ENTRIES = 64;

    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static Credential overseer;
    private static OfficerClient oversight;
    private static OfficerClient legal;
    private static OfficerClient liaison;
    private static JsonNode canary;
    private static final List<Statement> REQUESTS = new ArrayList<>();

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder.resolve("node"));
        legal = encounter.officer(Role.LEGAL);
        liaison = encounter.officer(Role.LIAISON);
        overseer = encounter.node().enrol("uif-oversight", "Oversight", NodeOnTrial.FGR, Role.OVERSIGHT);
        oversight = encounter.node().client(overseer, Language.ENGLISH);
        Path list = Files.writeString(folder.resolve("companies.csv"), Companies.csv(60));
        encounter
                .officer(Role.ANALYST)
                .upload(
                        "/api/loads?format=csv&column=rfc&type=rfc&obtainedIn=MX&purposes=money-laundering"
                                + "&authority=MX/UIF&obtainedBy=MX/UIF",
                        list);
        canary = legal.post("/api/canaries", facts("rfc", 1)).path("planted").path(0);
        Digest index = announce();
        for (int position = 0; position < ENTRIES; position++) {
            Statement request = request(index, position);
            encounter.partner().say(request);
            REQUESTS.add(request);
        }
        for (Statement request : REQUESTS) {
            encounter
                    .partner()
                    .await(heard -> heard.message() instanceof Reply.Receipt receipt
                            && receipt.statement().equals(request.id())
                            && receipt.stage() == Reply.Stage.OPENED);
        }
    }

    @AfterAll
    static void end() {
        oversight.close();
        encounter.close();
    }

    private static ObjectNode facts(String type, int count) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("category", COMPANY.code())
                .put("type", type)
                .put("count", count);
    }

    private static Digest announce() throws Exception {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("partner", PartnerInHand.FINCEN.text())
                .put(
                        "memorandum",
                        encounter.understanding().memorandum().digest().hex())
                .put("category", COMPANY.code())
                .put("purpose", Understanding.LAUNDERING.code());
        Digest index =
                Digest.parse(liaison.act("index", facts).required("statement").asString());
        Comparison.IndexAnnounced announced = (Comparison.IndexAnnounced) encounter
                .partner()
                .await(heard -> heard.statement().id().equals(index))
                .message();
        assertThat(announced.commitment().paddedSize()).isEqualTo(ENTRIES);
        return index;
    }

    private static Statement request(Digest index, int position) throws Exception {
        PartnerInHand partner = encounter.partner();
        Instant at = Instant.now();
        Digest caseDigest = Digest.of(new byte[] {(byte) position});
        Act act = new Act.Request(
                new Circumstances(PartnerInHand.FINCEN, NodeOnTrial.UIF, Understanding.LAUNDERING, COMPANY, at),
                Grounds.approvedBy(Encounter.ANALYST.approver()).forCase(caseDigest.hex(), "31 U.S.C. 310"));
        Handover.ItemRequested message = new Handover.ItemRequested(
                new Handover.ItemRequested.Subject(
                        COMPANY,
                        Understanding.LAUNDERING,
                        caseDigest,
                        Handover.Urgency.ROUTINE,
                        new Handover.Hit(index, position)),
                partner.bring("Needed for the case.".getBytes(StandardCharsets.UTF_8), NodeOnTrial.UIF),
                encounter.understanding().permit(act));
        return partner.sign(partner.draft(message, at), message, Encounter.ANALYST);
    }

    @Test
    void oneQuestionRaisesTheAlarmForOversightAndLegalAlone() throws Exception {
        for (OfficerClient entitled : List.of(oversight, legal)) {
            JsonNode alarms = entitled.get("/api/canaries/alarms").path("alarms");
            assertThat(alarms).hasSize(1);
            assertThat(alarms.path(0).path("canary")).isEqualTo(canary.path("canary"));
            assertThat(alarms.path(0).path("partner").asString()).isEqualTo(PartnerInHand.FINCEN.text());
            assertThat(REQUESTS)
                    .extracting(request -> request.id().hex())
                    .contains(alarms.path(0).path("statement").asString());
            assertThat(alarms.toString()).doesNotContain(canary.path("value").asString());
        }
        try (OfficerClient elsewhere = encounter
                .node()
                .client(encounter.node().enrol("fgr-legal", "Legal", NodeOnTrial.FGR, Role.LEGAL), Language.ENGLISH)) {
            assertThat(elsewhere.get("/api/canaries/alarms").path("alarms")).isEmpty();
            assertThat(elsewhere.get("/api/canaries").path("planted")).isEmpty();
            assertThat(elsewhere.get("/api/canaries").toString()).doesNotContain("uif-legal");
            assertThatExceptionOfType(NodeRefusal.class)
                    .isThrownBy(() -> elsewhere.post(
                            "/api/canaries/" + canary.path("canary").asLong() + "/withdrawal", object()))
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(404));
            assertThatExceptionOfType(NodeRefusal.class)
                    .isThrownBy(() -> elsewhere.post("/api/canaries/999999/withdrawal", object()))
                    .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(404));
        }
    }

    @Test
    void theSameRequestOnceMoreRaisesNoSecondAlarm() throws Exception {
        for (Statement request : REQUESTS) {
            encounter.partner().tell(request);
        }
        Statement request = REQUESTS.getFirst();
        assertThat(count("duty where done_at is null")).isZero();
        assertThat(count("canary_alarm")).isEqualTo(1);
        assertThat(answers(request)).hasSize(2);
    }

    @Test
    void whatThePartnerHearsHasTheSameShapeForAllEntries() {
        List<String> ordinary = answers(REQUESTS.getFirst());
        assertThat(ordinary).hasSize(2).allMatch(answer -> answer.contains("receipt"));
        assertThat(REQUESTS).allSatisfy(request -> assertThat(answers(request)).isEqualTo(ordinary));
    }

    @Test
    void theOfficerWhoDecidesSeesARequestThatIsNotDescribed() throws Exception {
        String statement = oversight
                .get("/api/canaries/alarms")
                .path("alarms")
                .path(0)
                .path("statement")
                .asString();
        JsonNode request = liaison.get("/api/requests/" + statement);
        assertThat(request.path("state").asString()).isEqualTo("asked");
        assertThat(request.has("candidate")).isFalse();
        assertThat(request.path("facts").asString()).isEqualTo("Needed for the case.");
        int described = 0;
        for (JsonNode one : liaison.get("/api/requests").path("requests")) {
            described += one.has("candidate") ? 1 : 0;
        }
        assertThat(described).as("three more are entries that only pad").isEqualTo(60);
        for (OfficerClient officer : List.of(liaison, encounter.officer(Role.ANALYST))) {
            assertRefused(() -> officer.get("/api/canaries"));
            assertRefused(() -> officer.get("/api/canaries/alarms"));
            assertRefused(() -> officer.post("/api/canaries", facts("rfc", 1)));
            assertRefused(() -> officer.post("/api/canaries/1/withdrawal", object()));
            assertRefused(() -> officer.post("/api/canaries/agreed", object()));
        }
        assertRefused(() -> legal.post("/api/canaries/agreed", object()));
        assertThat(encounter.requireBundle()).isNotNull();
        assertThat(new String(legal.download("/api/bundles/" + PartnerInHand.US.text()), StandardCharsets.ISO_8859_1))
                .doesNotContain(canary.path("value").asString());
    }

    @Test
    void theFirstScreenShowsItToThoseWhoMayKnow() throws Exception {
        try (Browser browser = new Browser(encounter.node().port())) {
            signIn(browser, overseer);
            String english = browser.get("/", "Accept-Language", "en").body();
            assertThat(english)
                    .contains("One alarm")
                    .doesNotContain(canary.path("value").asString());
            assertThat(browser.get("/", "Accept-Language", "es").body()).contains("Una alarma");
        }
        Credential other = encounter.node().enrol("uif-liaison-2", "Liaison", NodeOnTrial.UIF, Role.LIAISON);
        try (Browser browser = new Browser(encounter.node().port())) {
            signIn(browser, other);
            assertThat(browser.get("/", "Accept-Language", "en").body()).doesNotContain("One alarm");
        }
    }

    @Test
    void whoeverIsShownValuesIsNoted() throws Exception {
        long before = count("canary_reading where officer = 'uif-oversight'");
        JsonNode shown = oversight.get("/api/canaries");
        assertThat(shown.path("planted").path(0).path("value")).isEqualTo(canary.path("value"));
        assertThat(count("canary_reading where officer = 'uif-oversight'")).isEqualTo(before + 1);
        assertThat(shown.path("readings").toString()).contains("uif-oversight").contains("uif-legal");
    }

    @Test
    void whatIsNotWellFormedIsRefused() {
        assertProblem("match.type-unknown", facts("pigeon", 1));
        assertProblem("canary.type-unsupported", facts("passport", 1));
        assertProblem("json.integer-expected", facts("rfc", 0));
        assertProblem("json.integer-expected", facts("rfc", 101));
        assertProblem("canary.category-empty", facts("rfc", 1).put("category", "firearm"));
        assertProblem("json.member-unknown", facts("rfc", 1).put("values", "X"));
    }

    @Test
    void oversightEntersWhatAPartnerToldIt() throws Exception {
        ObjectNode told = object().put("partner", PartnerInHand.FINCEN.text())
                .put("category", "public-list-entry")
                .put("type", "ein")
                .put("value", "95-4227517");
        oversight.post("/api/canaries/agreed", told);
        oversight.post("/api/canaries/agreed", told);
        JsonNode agreed = oversight.get("/api/canaries").path("agreed");
        assertThat(agreed).hasSize(1);
        assertThat(agreed.path(0).path("value").asString()).isEqualTo("954227517");
        assertThat(agreed.path(0).has("lastProbe")).isFalse();
        assertThatExceptionOfType(NodeRefusal.class)
                .isThrownBy(() ->
                        oversight.post("/api/canaries/agreed", told.deepCopy().put("partner", "FR/TRACFIN")))
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(404));
    }

    private interface Call {
        void make() throws Exception;
    }

    private static void assertRefused(Call call) {
        assertThatExceptionOfType(NodeRefusal.class).isThrownBy(call::make).satisfies(refusal -> {
            assertThat(refusal.status()).isEqualTo(403);
            assertThat(refusal.code()).isEqualTo("officer.role-lacks");
        });
    }

    private static void assertProblem(String code, ObjectNode facts) {
        assertThatExceptionOfType(NodeRefusal.class)
                .isThrownBy(() -> legal.post("/api/canaries", facts))
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Everything that was said in answer to a request, in its order: each text with other digits, and how long its signatures are. */
    private static List<String> answers(Statement request) {
        return encounter
                .node()
                .database()
                .client()
                .sql("select bytes from statement where answers = ? order by recorded_at")
                .param(request.id().bytes())
                .query((row, number) -> shape(row.getBytes("bytes")))
                .list();
    }

    /** The count of a log grows with every statement, and takes more digits with it. */
    private static String shape(byte[] statement) {
        try {
            JsonNode jws = CanonicalJson.parse(statement, 1 << 20);
            String said = new String(Base64Text.parseUrl(jws.path("payload").asString()), StandardCharsets.UTF_8);
            StringBuilder shape =
                    new StringBuilder(said.replaceAll("[0-9a-f]{64}", "digest").replaceAll("[0-9]+", "0"));
            jws.path("signatures")
                    .forEach(one -> shape.append(' ')
                            .append(one.path("signature").asString().length()));
            return shape.toString();
        } catch (Malformed e) {
            throw new IllegalStateException(e);
        }
    }

    private static long count(String from) {
        return encounter
                .node()
                .database()
                .client()
                .sql("select count(*) from " + from)
                .query(Long.class)
                .single();
    }

    private static void signIn(Browser browser, Credential officer) throws Exception {
        String form = Browser.formToken(browser.get("/sign-in").body());
        HttpResponse<String> answer = browser.submit(
                "/sign-in", Map.of("_csrf", form, "token", officer.token().text()));
        assertThat(answer.statusCode()).isEqualTo(303);
    }
}
