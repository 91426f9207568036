package org.entente.node.act;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
 * @param act the name of the act that it is a draft of
 * @param memory what the node remembers and never says: the hit that a request is about, sealed blinds
 * @param approvals verified approvals, oldest first
 * @param said the statement, once it was said
 */
public record Draft(
        String act,
        Message message,
        Between between,
        ObjectNode memory,
        List<Statement> approvals,
        Optional<Digest> said) {

    /**
     * Who says it to whom, and when.
     *
     * @param approvers pseudonyms of the officers whose approvals it needs, all of them
     */
    public record Between(Actor from, Actor to, Set<String> approvers, Instant at) {
        public Between {
            approvers = Set.copyOf(approvers);
        }
    }

    public Draft {
        memory = memory.deepCopy();
        approvals = List.copyOf(approvals);
    }

    /** A draft that nobody has approved yet. */
    public static Draft fresh(String act, Message message, Between between, ObjectNode memory) {
        return new Draft(act, message, between, memory, List.of(), Optional.empty());
    }

    /** The same with one more approval. */
    Draft with(Statement approval) {
        List<Statement> more = new ArrayList<>(approvals);
        more.add(approval);
        return new Draft(act, message, between, memory, more, said);
    }

    /** The same, said as this statement. */
    Draft saidAs(Digest statement) {
        return new Draft(act, message, between, memory, approvals, Optional.of(statement));
    }

    /** Whether every officer whose approval it needs has given it. */
    public boolean approvedByAll() {
        return approvals.stream()
                .map(Statement::kid)
                .collect(Collectors.toSet())
                .equals(between.approvers());
    }

    /** What officers sign. */
    public Digest subject() {
        return statementDraft().approvalSubject();
    }

    StatementDraft statementDraft() {
        return message.draft(between.from(), between.to(), between.at());
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
        var approvers = json.putArray("approvers");
        between.approvers().stream().sorted().forEach(approvers::add);
        json.put("approvals", approvals.size());
        var approvedBy = json.putArray("approvedBy");
        approvals.stream().map(Statement::kid).sorted().forEach(approvedBy::add);
        said.ifPresent(statement -> json.put("statement", statement.hex()));
        return json;
    }
}
