package org.entente.node.partner;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.officer.Role;
import org.entente.node.client.OfficerClient;
import org.entente.node.language.Language;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A partner that claims to have seen more of the node's log than there is: only the node's own signature proves it. */
@Timeout(180)
class ClaimTest {
    @TempDir
    private Path folder;

    @Test
    void inventedClaimsStopNothing() throws Exception {
        Digest invented = Digest.of(new byte[] {1});
        try (NodeOnTrial node = NodeOnTrial.start(folder);
                PartnerInHand partner = PartnerInHand.claiming(invented, Optional.empty(), node)) {
            partner.awaitAsked(2);
            assertThat(stopped(node)).isEmpty();
            node.enrol("uif-analyst", "Ana", NodeOnTrial.UIF, Role.ANALYST);
        }
    }

    @Test
    void neitherDoStatementsInTheNodesNameThatAnotherSigned() throws Exception {
        try (NodeOnTrial node = NodeOnTrial.start(folder)) {
            Statement forged = inTheNodesName(SecretKeys.generate(new java.security.SecureRandom()));
            try (PartnerInHand partner = PartnerInHand.claiming(forged.id(), Optional.of(forged.json()), node)) {
                partner.awaitAsked(2);
                assertThat(stopped(node)).isEmpty();
            }
        }
    }

    @Test
    void norDoesWhatTheNodeSaidToSomebodyElse() throws Exception {
        try (NodeOnTrial node = NodeOnTrial.start(folder)) {
            Statement foreign = Statement.sign(
                    pulse().addressedTo(new PartyCode("GT")), node.keys().statement());
            try (PartnerInHand partner = PartnerInHand.claiming(foreign.id(), Optional.of(foreign.json()), node)) {
                partner.awaitAsked(2);
                assertThat(stopped(node)).isEmpty();
            }
        }
    }

    @Test
    void whatTheNodeItselfSignedAndDoesNotKnowRestsTheRelationship() throws Exception {
        try (NodeOnTrial node = NodeOnTrial.start(folder)) {
            Statement lost = inTheNodesName(node.keys().statement());
            try (PartnerInHand partner = PartnerInHand.claiming(lost.id(), Optional.of(lost.json()), node)) {
                partner.awaitAsked(2);
                assertThat(stopped(node)).isEqualTo("link.restoring");
            }
        }
    }

    private static Statement inTheNodesName(SecretKeys keys) {
        return Statement.sign(pulse(), keys);
    }

    private static StatementDraft pulse() {
        return StatementDraft.of(
                "pulse", NodeOnTrial.UIF, Instant.parse("2026-01-01T00:00:00Z"), JsonNodeFactory.instance.objectNode());
    }

    /** Why the relationship rests; empty when it does not. */
    private static String stopped(NodeOnTrial node) throws Exception {
        try (OfficerClient administrator = node.client(node.administrator(), Language.ENGLISH)) {
            JsonNode partner =
                    administrator.get("/api/partners").path("partners").get(0);
            return partner.path("stopped").path("code").asString("");
        }
    }
}
