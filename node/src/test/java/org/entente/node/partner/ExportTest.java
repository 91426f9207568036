package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.bundle.Bundle;
import org.entente.evidence.bundle.BundleOutcome;
import org.entente.evidence.bundle.BundleReport;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PinnedCards;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Contents of released items leave in a bundle when the memorandum, an officer and the state of the item let them, and not otherwise. */
@Timeout(300)
class ExportTest {
    private static final String BUNDLES = "/api/bundles/" + PartnerInHand.US.text();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;
    private static OfficerClient liaison;
    private static Probed probed;

    @BeforeAll
    static void begin() throws Exception {
        Path text = Files.writeString(
                folder.resolve("freely.yaml"),
                Files.readString(Understanding.text()).replace("export: with consent", "export: freely"));
        encounter = Encounter.beginUnder(folder.resolve("home"), text);
        partner = encounter.partner();
        liaison = encounter.officer(Role.LIAISON);
        probed = Probed.companies(encounter, 10);
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    @Test
    void whatTheMemorandumLetsLeaveIsVerifiedOfflineAndListedForRecall() throws Exception {
        Statement release = probed.release(0, Probed.CASE);
        JsonNode offered = offered(release.id());
        assertThat(offered.path("exportable").asBoolean()).isTrue();

        Digest export = approve(release.id(), liaison);
        Statement said =
                partner.await(heard -> heard.statement().id().equals(export)).statement();
        assertThat(said.to()).contains(PartnerInHand.FINCEN);
        Onward.ItemExported told = (Onward.ItemExported) Message.read(said);
        assertThat(told.release()).isEqualTo(release.id());
        assertThat(CanonicalJson.text(said.content())).doesNotContain("NADIE").doesNotContain(Probed.CASE);
        assertThat(refusal(export).code()).isEqualTo("export.under-way");

        receive(export);
        byte[] file = awaitFile(export);
        BundleReport report = verified(file);
        assertThat(report.within().bodies()).hasSize(1);
        assertThat(report.statements()
                        .get(report.within().bodies().getFirst().place())
                        .id())
                .isEqualTo(release.id());
        assertThat(report.statements()).extracting(Statement::id).contains(export);
        assertThat(content(file, 0)).contains("NADIE 0");

        JsonNode listed = exported(export);
        assertThat(listed.at("/file/digest").asString())
                .isEqualTo(Digest.of(file).hex());
        assertThat(listed.at("/file/officer").asString()).isEqualTo("uif-liaison");
        assertThat(listed.path("case").asString()).isEqualTo(Probed.CASE);
        assertThat(listed.path("eraseBy").asString())
                .isEqualTo(LocalDate.ofInstant(release.at(), ZoneOffset.UTC)
                        .plusYears(5)
                        .toString());
        assertThat(listed.at("/officers/0").asString()).isEqualTo("uif-liaison");
        assertThat(listed.path("answer").asString()).isEqualTo("received");
        assertThat(refusal(export).code()).isEqualTo("export.given-already");
    }

    @Test
    void aBundleThatAsksForNoBodyShowsNone() throws Exception {
        probed.release(1, Probed.CASE);
        assertThat(encounter.requireBundle().within().bodies()).isEmpty();
    }

    @Test
    void whatMayNotLeaveIsNamedWithTheReason() throws Exception {
        Probed.openCase(encounter, "UIF-2026-2");
        Statement other = probed.release(2, "UIF-2026-2");
        JsonNode bodies = liaison.get(BUNDLES + "/bodies?case=" + Probed.CASE).path("bodies");
        assertThat(bodies.valueStream()
                        .filter(body -> !body.path("exportable").asBoolean())
                        .map(body -> body.path("kind").asString() + " "
                                + body.path("code").asString()))
                .contains(
                        "probe-asked export.sealed-to-partner",
                        "item-requested export.sealed-to-partner",
                        "probe-answered export.no-envelope");
        assertThat(bodies.valueStream().map(body -> body.path("statement").asString()))
                .doesNotContain(other.id().hex());
        assertThat(prepareRefusal(other.id(), liaison, Probed.CASE).code()).isEqualTo("export.other-case");
        Digest export = approve(other.id(), liaison, "UIF-2026-2");
        assertThat(refusal(export).status()).isEqualTo(404);
    }

    @Test
    void withoutThatOfficersApprovalThereIsNoFile() throws Exception {
        Statement release = probed.release(3, Probed.CASE);
        JsonNode prepared = liaison.post("/api/acts/export", facts(release.id(), Probed.CASE));
        for (Digest none :
                List.of(release.id(), Digest.parse(prepared.required("subject").asString()))) {
            assertThat(refusal(none).status()).isEqualTo(404);
        }
        Digest export = approve(release.id(), liaison);
        receive(export);
        assertThat(refusal(encounter.officer(Role.LEGAL), export).status()).isEqualTo(404);
        OfficerClient analyst = encounter.officer(Role.ANALYST);
        assertThat(refusal(analyst, export).code()).isEqualTo("officer.role-lacks");
        assertThat(prepareRefusal(release.id(), analyst, Probed.CASE).code()).isEqualTo("officer.role-lacks");
        assertThat(catchThrowableOfType(NodeRefusal.class, () -> analyst.get(BUNDLES + "/bodies?case=" + Probed.CASE))
                        .code())
                .isEqualTo("officer.role-lacks");
    }

    @Test
    void whatWasNotTakenInDoesNotLeave() throws Exception {
        Statement release = probed.releaseAnother(8, Probed.CASE);
        assertThat(offered(release.id()).path("code").asString()).isEqualTo("export.not-taken-in");
        assertThat(prepareRefusal(release.id(), liaison, Probed.CASE).code()).isEqualTo("export.not-taken-in");
    }

    @Test
    void anotherAuthoritysItemDoesNotLeave() throws Exception {
        Statement release = probed.release(9, Probed.CASE);
        Credential credential = encounter.node().enrol("fgr-liaison", "fgr", NodeOnTrial.FGR, Role.LIAISON);
        try (OfficerClient other = encounter.node().client(credential, Language.ENGLISH)) {
            other.post(
                    "/api/cases",
                    object().put("reference", "FGR-2026-1")
                            .put(
                                    "memorandum",
                                    encounter
                                            .understanding()
                                            .memorandum()
                                            .digest()
                                            .hex())
                            .put("purpose", Understanding.LAUNDERING.code()));
            for (Digest notTheirs : List.of(release.id(), Digest.of())) {
                assertThat(prepareRefusal(notTheirs, other, "FGR-2026-1").code())
                        .isEqualTo("export.not-received");
            }
            assertThat(prepareRefusal(release.id(), other, Probed.CASE).code()).isEqualTo("casework.case-unknown");
            assertThat(other.get("/api/exports").path("exported")).isEmpty();
            Digest export = approve(release.id(), liaison);
            receive(export);
            NodeRefusal refusal = catchThrowableOfType(
                    NodeRefusal.class,
                    () -> other.download(BUNDLES, wanted(export).put("case", "FGR-2026-1")));
            assertThat(refusal.status()).isEqualTo(404);
        }
    }

    @Test
    void whatTheOriginatorRefusesDoesNotLeave() throws Exception {
        Digest export = approve(probed.release(4, Probed.CASE).id(), liaison);
        receive(export);
        partner.say(new Reply.Refused(export, Reply.Reason.NOT_PERMITTED, Optional.of("3.1")));
        NodeRefusal refusal = refusal(export);
        assertThat(refusal.code()).isEqualTo("export.originator-refuses");
        assertThat(refusal).hasMessageContaining("3.1");
        assertThat(exported(export).path("answer").asString()).isEqualTo("refused");
        assertThat(exported(export).has("file")).isFalse();
    }

    @Test
    void whatACourtHoldsOrWhatIsOverItsTermDoesNotLeaveEvenIfItWasApproved() throws Exception {
        Statement release = probed.release(5, Probed.CASE);
        Digest export = approve(release.id(), liaison);
        receive(export);
        OfficerClient legal = encounter.officer(Role.LEGAL);
        long number = legal.post(
                        "/api/holds",
                        object().put("statement", release.id().hex())
                                .put("court", "Juzgado Primero")
                                .put("instrument", "7/2026")
                                .put(
                                        "review",
                                        LocalDate.now(ZoneOffset.UTC)
                                                .plusYears(1)
                                                .toString()))
                .at("/holds/0/number")
                .asLong();
        assertThat(refusal(export).code()).isEqualTo("export.held");
        assertThat(offered(release.id()).path("code").asString()).isEqualTo("export.held");
        assertThat(prepareRefusal(release.id(), liaison, Probed.CASE).code()).isEqualTo("export.held");
        await(() -> encounter
                        .node()
                        .database()
                        .client()
                        .sql("update body_term set last_day = current_date - 2 where statement = ?")
                        .param(release.id().bytes())
                        .update()
                == 1);
        legal.post("/api/holds/" + number + "/lift", object().put("reason", "The order was lifted."));
        assertThat(refusal(export).code()).isIn("export.term-over", "export.erased");
        await(() -> refusal(export).code().equals("export.erased"));
        assertThat(prepareRefusal(release.id(), liaison, Probed.CASE).code()).isEqualTo("export.erased");
    }

    @Test
    void twoItemsLeaveInOneFileAndNoneTwice() throws Exception {
        Digest one = approve(probed.release(6, Probed.CASE).id(), liaison);
        Statement second = probed.release(7, Probed.CASE);
        Digest two = approve(second.id(), liaison);
        Thread.sleep(1_100); // the same act in another second is another one
        Digest again = approve(second.id(), liaison);
        receive(one);
        receive(two);
        receive(again);
        assertThat(refusal(two, again).code()).isEqualTo("export.twice");
        byte[] file = awaitFile(two, one);
        assertThat(verified(file).within().bodies()).hasSize(2);
        assertThat(content(file, 0) + content(file, 1)).contains("NADIE 6", "NADIE 7");
        assertThat(refusal(again, one).code()).isEqualTo("export.given-already");
        assertThat(exported(again).has("file")).isFalse();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode facts(Digest release, String reference) {
        return object().put("case", reference).put("release", release.hex());
    }

    private static Digest approve(Digest release, OfficerClient officer) throws Exception {
        return approve(release, officer, Probed.CASE);
    }

    private static Digest approve(Digest release, OfficerClient officer, String reference) throws Exception {
        return Digest.parse(officer.act("export", facts(release, reference))
                .required("statement")
                .asString());
    }

    private static NodeRefusal prepareRefusal(Digest release, OfficerClient officer, String reference) {
        return catchThrowableOfType(
                NodeRefusal.class, () -> officer.post("/api/acts/export", facts(release, reference)));
    }

    /** The originator's node has it, and says so. */
    private static void receive(Digest export) throws Exception {
        partner.await(heard -> heard.statement().id().equals(export));
        partner.say(new Reply.Receipt(export, Reply.Stage.DELIVERED, Optional.of(0L)));
    }

    private static ObjectNode wanted(Digest... exports) {
        ObjectNode wanted = object().put("case", Probed.CASE);
        List.of(exports).forEach(export -> wanted.withArray("exports").add(export.hex()));
        return wanted;
    }

    private static NodeRefusal refusal(Digest... exports) {
        return refusal(liaison, exports);
    }

    private static NodeRefusal refusal(OfficerClient officer, Digest... exports) {
        NodeRefusal refusal = catchThrowableOfType(NodeRefusal.class, () -> officer.download(BUNDLES, wanted(exports)));
        assertThat(refusal).isNotNull();
        return refusal;
    }

    private static byte[] awaitFile(Digest... exports) throws Exception {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            partner.haveLogCosigned();
            try {
                return liaison.download(BUNDLES, wanted(exports));
            } catch (NodeRefusal refused) {
                assertThat(refused.code()).isEqualTo("export.under-way");
                assertThat(Instant.now()).isBefore(end);
                Thread.sleep(200);
            }
        }
    }

    private static BundleReport verified(byte[] file) throws Exception {
        PinnedCards pins = PinnedCards.of(List.of(encounter.node().card(), partner.card()));
        BundleOutcome outcome = BundleVerification.verify(file, pins);
        assertThat(outcome).isInstanceOf(BundleOutcome.Verified.class);
        return outcome.report().orElseThrow();
    }

    private static String content(byte[] file, int body) throws Exception {
        String base64 = CanonicalJson.parseCanonical(file, Bundle.BYTES_MAX)
                .at("/content/bodies/" + body + "/content")
                .asString();
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static JsonNode offered(Digest release) throws Exception {
        return one(liaison.get(BUNDLES + "/bodies?case=" + Probed.CASE).path("bodies"), release);
    }

    private static JsonNode exported(Digest export) throws Exception {
        return one(liaison.get("/api/exports").path("exported"), export);
    }

    private static JsonNode one(JsonNode all, Digest statement) {
        return all.valueStream()
                .filter(one -> one.path("statement").asString().equals(statement.hex()))
                .findFirst()
                .orElseThrow();
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
}
