package org.entente.node.client;

import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.Actor;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.JsonNode;

/** A prepared act as an officer's own program reads it: it signs what it computed, not what it was told to sign. */
final class PreparedAct {
    private PreparedAct() {}

    /**
     * The digest to approve, computed from the kind, sender, receiver and content that the node would say.
     *
     * @throws Malformed {@code approval.subject-differs} when the node names another digest
     */
    static Digest subject(JsonNode prepared) throws Malformed {
        Members said = Members.of(prepared.path("says"), "says");
        Optional<String> to = said.optionalText("to");
        StatementDraft draft = new StatementDraft(
                said.text("kind"),
                Actor.parse(said.text("from")),
                to.isPresent() ? Optional.of(Actor.parse(to.get())) : Optional.empty(),
                Instant.EPOCH,
                Optional.empty(),
                said.object("content"));
        Digest subject = draft.approvalSubject();
        if (!subject.hex().equals(prepared.path("subject").asString(""))) {
            throw new Malformed("approval.subject-differs");
        }
        return subject;
    }
}
