package org.entente.node.act;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.Actor;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.message.Message;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What would be said, and has not been: its message, between whom, what the node must remember about it, and the
 * approvals that it has.
 *
 * @param memory what the node remembers and never says: the hit that a request is about, sealed blinds
 * @param approvals verified approvals, oldest first
 * @param said the statement, once it was said
 */
public record Draft(
        Message message, Parties between, ObjectNode memory, List<Statement> approvals, Optional<Digest> said) {

    /** Who says it to whom, and which officer prepared it when. */
    public record Parties(Actor from, Actor to, String preparedBy, Instant preparedAt) {}

    public Draft {
        memory = memory.deepCopy();
        approvals = List.copyOf(approvals);
    }

    /** What officers sign. */
    public Digest subject() {
        return statementDraft().approvalSubject();
    }

    private StatementDraft statementDraft() {
        return message.draft(between.from(), between.to(), between.preparedAt());
    }

    /** The draft as officers' programs read it: they compute the subject from {@code says} themselves. */
    public ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("act", message.kind().approvalPurpose());
        json.put("subject", subject().hex());
        json.putObject("says")
                .put("kind", message.kind().word())
                .put("from", between.from().text())
                .put("to", between.to().text())
                .set("content", message.content());
        json.put("preparedBy", between.preparedBy());
        json.put("approvals", approvals.size());
        said.ifPresent(statement -> json.put("statement", statement.hex()));
        return json;
    }
}
