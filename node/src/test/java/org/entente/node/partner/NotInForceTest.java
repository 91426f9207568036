package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.signing.Declaration;
import org.entente.memorandum.signing.LifecycleEvent;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a partner does under a memorandum that is not in force here has no effect, and people read why. */
@Timeout(180)
class NotInForceTest {
    @TempDir
    static Path folder;

    @Test
    void nothingFollowsFromAMemorandumThatThisPartyHasNotSigned() throws Exception {
        try (NodeOnTrial node = NodeOnTrial.start(folder);
                PartnerInHand partner = PartnerInHand.pinnedBy(node);
                OfficerClient legal =
                        node.client(node.enrol("uif-legal", "Luz", NodeOnTrial.UIF, Role.LEGAL), Language.ENGLISH)) {
            partner.say(Encounter.ANALYST.appointment());
            Instant since = UtcSeconds.whole(Instant.now());
            Understanding imagined = Understanding.imagined(since);
            requireRefused(partner, legal, request(partner, imagined, "nothing of it is here"));

            legal.upload("/api/memoranda", Understanding.text());
            requireRefused(partner, legal, request(partner, imagined, "a draft"));

            partner.say(Statement.sign(
                    LifecycleEvent.draft(signature(imagined.memorandum()), PartnerInHand.US, since), partner.root()));
            requireRefused(partner, legal, request(partner, imagined, "signed by the partner alone"));

            ObjectNode ours = JsonNodeFactory.instance.objectNode();
            ours.set(
                    "statement",
                    Statement.sign(
                                    LifecycleEvent.draft(
                                            signature(imagined.memorandum()),
                                            node.card().party(),
                                            since),
                                    node.root())
                            .json());
            legal.post("/api/memoranda/" + imagined.memorandum().digest().hex() + "/declarations", ours);
            Statement effective = request(partner, imagined, "in force");
            partner.say(effective);
            partner.await(heard -> heard.message() instanceof Reply.Receipt receipt
                    && receipt.statement().equals(effective.id())
                    && receipt.stage() == Reply.Stage.OPENED);
            assertThat(legal.get("/api/requests").toString())
                    .contains(effective.id().hex());
        }
    }

    private static Statement request(PartnerInHand partner, Understanding understanding, String facts)
            throws Exception {
        Digest reference = Digest.of(facts.getBytes(StandardCharsets.UTF_8));
        Instant at = Instant.now();
        Act act = new Act.Request(
                new Circumstances(
                        PartnerInHand.FINCEN, NodeOnTrial.UIF, Understanding.LAUNDERING, Understanding.LISTED, at),
                Grounds.approvedBy(Encounter.ANALYST.approver()).forCase(reference.hex(), "31 USC 5318"));
        Handover.ItemRequested asked = new Handover.ItemRequested(
                new Handover.ItemRequested.Subject(
                        Understanding.LISTED,
                        Understanding.LAUNDERING,
                        reference,
                        Handover.Urgency.ROUTINE,
                        new Handover.Hit(reference, 0)),
                partner.bring(facts.getBytes(StandardCharsets.UTF_8), NodeOnTrial.UIF),
                understanding.permit(act));
        return partner.sign(partner.draft(asked, at), asked, Encounter.ANALYST);
    }

    private static void requireRefused(PartnerInHand partner, OfficerClient legal, Statement request) throws Exception {
        partner.say(request);
        Heard refusal = partner.await(heard -> heard.message() instanceof Reply.Refused refused
                && refused.statement().equals(request.id()));
        assertThat(((Reply.Refused) refusal.message()).reason()).isEqualTo(Reply.Reason.DECISION_DIFFERS);
        assertThat(legal.get("/api/requests").toString())
                .doesNotContain(request.id().hex());
        assertThat(summary(legal, refusal.statement().id())).isEqualTo("decision differs");
        partner.requireInTheNodesLog(request.id(), refusal.statement().id());
    }

    private static String summary(OfficerClient legal, Digest statement) throws Exception {
        for (JsonNode entry : legal.get("/api/timeline").path("statements")) {
            if (entry.path("id").asString("").equals(statement.hex())) {
                return entry.path("summary").asString("");
            }
        }
        return "";
    }

    private static Declaration signature(Memorandum memorandum) {
        return Declaration.signature(memorandum, RenderedText.both(memorandum));
    }
}
