package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.witness.Misbehaviour;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.link.PeerAnswer;
import org.entente.node.link.PeerCall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A partner whose log shows two histories is not talked to any more until an administrator says otherwise, each time. */
@Timeout(180)
class LinkStopTest {
    @TempDir
    private static Path folder;

    @Test
    void twoHistoriesStopTheLinkUntilAnAdministratorLetsItGoOn() throws Exception {
        try (Encounter encounter = Encounter.begin(folder);
                OfficerClient administrator =
                        encounter.node().client(encounter.node().administrator(), Language.ENGLISH)) {
            PartnerInHand partner = encounter.partner();
            OfficerClient legal = encounter.officer(Role.LEGAL);
            partner.haveLogCosigned();
            assertThat(stopped(legal).isMissingNode()).isTrue();
            assertThat(proofs(legal)).isEmpty();
            assertThatExceptionOfType(NodeRefusal.class)
                    .isThrownBy(() -> resume(administrator))
                    .matches(refusal -> refusal.code().equals("link.not-stopped"));

            for (int time = 0; time < 2; time++) {
                assertThat(partner.showAnotherHistory()).isEqualTo(422);
                assertThat(stopped(legal).path("code").asString("")).isEqualTo("link.two-histories");
                requireProved(partner, encounter, proofs(legal));
                Statement held = partner.sign(Colleague.of("fincen-held-" + time, PartnerInHand.FINCEN, Role.ANALYST)
                        .appointment());
                for (PeerAnswer.Answered refused : List.of(
                        bring(partner, held),
                        partner.call("PUT", "/v1/bodies/" + "0".repeat(64), new PeerCall.Body.None()))) {
                    assertThat(refused.status()).isEqualTo(422);
                    assertThat(new String(refused.bytes(), StandardCharsets.UTF_8))
                            .contains("link.stopped");
                }
                assertThatExceptionOfType(NodeRefusal.class)
                        .isThrownBy(() -> resume(legal))
                        .matches(refusal -> refusal.code().equals("officer.role-lacks"));
                assertThat(stopped(legal).isMissingNode()).isFalse();
                resume(administrator);
                assertThat(stopped(legal).isMissingNode()).isTrue();
                partner.say(held);
            }
        }
    }

    private static PeerAnswer.Answered bring(PartnerInHand partner, Statement statement) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        request.putArray("statements").add(statement.json());
        return partner.call(
                "POST", "/v1/statements", new PeerCall.Body.Bytes("application/json", CanonicalJson.encode(request)));
    }

    private static JsonNode stopped(OfficerClient officer) throws Exception {
        return officer.get("/api/partners").path("partners").get(0).path("stopped");
    }

    private static JsonNode proofs(OfficerClient officer) throws Exception {
        return officer.get("/api/logs/US/misbehaviour").path("proofs");
    }

    private static void resume(OfficerClient officer) throws Exception {
        officer.post(
                "/api/partners/US/resume",
                JsonNodeFactory.instance.objectNode().put("reason", "their operator restored a backup and told us"));
    }

    private static void requireProved(PartnerInHand partner, Encounter encounter, JsonNode proofs) throws Exception {
        assertThat(proofs).hasSize(1);
        KnownLog log = KnownLog.of(
                LogNames.relationship(PartnerInHand.US, encounter.node().card().party(), 1),
                partner.card().logKey());
        assertThat(Misbehaviour.parse(CanonicalJson.encode(proofs.get(0))).judge(log))
                .isInstanceOf(Misbehaviour.SplitView.class);
    }
}
