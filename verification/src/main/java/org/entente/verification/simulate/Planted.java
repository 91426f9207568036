package org.entente.verification.simulate;

import java.time.Duration;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.Reception;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The reception with the bugs that are planted in front of it; without one it is the reception. */
final class Planted {
    private static final Duration EARLY = Duration.ofMillis(40);

    private Planted() {}

    static Lane.Answer receive(
            SimulatedNode node, Store store, Reception reception, PartyCode caller, JsonNode document)
            throws Malformed {
        if (node.has(Flaw.STRIPPED_SIGNATURE_TAKEN)
                && document instanceof ObjectNode statement
                && statement.get("signatures") instanceof ArrayNode signatures
                && signatures.size() == 1) {
            Digest invented = Digest.of(document.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            node.world().watch().unverified(node, invented);
            return new Lane.Answer.Acknowledged(invented);
        }
        if (node.has(Flaw.SPEAKER_NOT_COMPARED)) {
            UnverifiedStatement claimed = Statement.of(document);
            return reception.receive(claimed.claimedFrom().party(), document).answer();
        }
        if (node.has(Flaw.ACKNOWLEDGED_EARLY)) {
            UnverifiedStatement claimed = Statement.of(document);
            node.later(EARLY, () -> {
                try {
                    reception.receive(caller, document);
                } catch (Malformed malformed) {
                    node.say("refuses too late: " + malformed.problem());
                }
            });
            return new Lane.Answer.Acknowledged(claimed.id());
        }
        return reception.receive(caller, document).answer();
    }
}
