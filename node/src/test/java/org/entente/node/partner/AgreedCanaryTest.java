package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.entente.evidence.canonical.Digest;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The partner told two canaries to oversight, and keeps only one of them in its index: an ordinary probe brings it to light. */
@Timeout(180)
class AgreedCanaryTest {
    private static final int STANDS = 7;
    private static final int MISSING = IndexInHand.COMPANIES + 3;
    private static final int NEVER_ASKED = 8;

    @TempDir
    Path folder;

    @Test
    void theLastProbeSaysWhetherThePartnerKeepsWhatWasAgreed() throws Exception {
        try (Encounter encounter = Encounter.begin(folder);
                OfficerClient oversight = encounter
                        .node()
                        .client(
                                encounter.node().enrol("uif-oversight", "O", NodeOnTrial.UIF, Role.OVERSIGHT),
                                Language.ENGLISH)) {
            PartnerInHand partner = encounter.partner();
            IndexInHand index = IndexInHand.announce(partner, encounter.understanding());
            partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                    && receipt.statement().equals(index.statement())
                    && receipt.stage() == Reply.Stage.OPENED);
            for (int number : new int[] {STANDS, MISSING, NEVER_ASKED}) {
                oversight.post(
                        "/api/canaries/agreed",
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("partner", PartnerInHand.FINCEN.text())
                                .put("category", Understanding.LISTED.code())
                                .put("type", "rfc")
                                .put("value", IndexInHand.rfc(number)));
            }
            Digest probe = probe(encounter, index);
            JsonNode agreed = oversight.get("/api/canaries").path("agreed");
            assertThat(agreed).hasSize(3);
            for (JsonNode one : agreed) {
                String value = one.path("value").asString();
                if (value.equals(IndexInHand.rfc(NEVER_ASKED))) {
                    assertThat(one.has("lastProbe")).isFalse();
                } else {
                    assertThat(one.path("lastProbe").path("statement").asString())
                            .isEqualTo(probe.hex());
                    assertThat(one.path("lastProbe").path("hit").asBoolean())
                            .isEqualTo(value.equals(IndexInHand.rfc(STANDS)));
                }
            }
        }
    }

    private static Digest probe(Encounter encounter, IndexInHand index) throws Exception {
        OfficerClient analyst = encounter.officer(Role.ANALYST);
        analyst.post(
                "/api/cases",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("reference", "UIF-2026-1")
                        .put(
                                "memorandum",
                                encounter.understanding().memorandum().digest().hex())
                        .put("purpose", Understanding.LAUNDERING.code()));
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("case", "UIF-2026-1")
                .put("index", index.statement().hex())
                .put("justification", "Oversight wants the index tried.")
                .put("legalBasis", "LFPIORPI");
        var identifiers = facts.putArray("identifiers");
        for (int number : new int[] {STANDS, MISSING}) {
            identifiers.addObject().put("type", "rfc").put("value", IndexInHand.rfc(number));
        }
        Digest probe =
                Digest.parse(analyst.act("probe", facts).required("statement").asString());
        PartnerInHand partner = encounter.partner();
        index.answer(partner.await(heard -> heard.message() instanceof Comparison.ProbeAsked));
        partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                && receipt.stage() == Reply.Stage.OPENED
                && !receipt.statement().equals(index.statement()));
        return probe;
    }
}
