package org.entente.memorandum.decision;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.signing.Course;
import org.entente.memorandum.signing.Standing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A decision tied to what it was made from. It travels with the act; the receiver makes the record anew from the act and
 * its own standings, and any difference is refused and kept as evidence.
 *
 * @param inputs digest over the act and over each memorandum's digest and state
 */
public record DecisionRecord(Digest inputs, Decision decision) {

    public static DecisionRecord of(Collection<Standing> standings, Act act) {
        List<Standing> sorted = standings.stream()
                .sorted(Comparator.comparing(
                        standing -> standing.memorandum().digest().hex()))
                .toList();
        ObjectNode inputs = JsonNodeFactory.instance.objectNode();
        inputs.set("act", act.toJson());
        ArrayNode memoranda = inputs.putArray("memoranda");
        sorted.forEach(standing -> memoranda.add(state(standing)));
        return new DecisionRecord(CanonicalJson.digest(inputs), Decider.decide(sorted, act));
    }

    /** Whether the sender's record says the same as this one, in every part. */
    public boolean agreesWith(JsonNode sent) {
        return CanonicalJson.text(sent).equals(CanonicalJson.text(toJson()));
    }

    public ObjectNode toJson() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("inputs", inputs.hex());
        ArrayNode clauses = node.putArray("clauses");
        decision.clauses()
                .forEach(clause -> clauses.addObject()
                        .put("memorandum", clause.memorandum())
                        .put("clause", clause.clause().text()));
        switch (decision) {
            case Decision.Permitted permitted -> {
                node.put("outcome", "permitted");
                ArrayNode owed = node.putArray("obligations");
                permitted
                        .obligations()
                        .forEach(obligation -> owed.addObject()
                                .put("memorandum", obligation.clause().memorandum())
                                .put("clause", obligation.clause().clause().text())
                                .put("duty", obligation.duty().word())
                                .put("term", obligation.term()));
            }
            case Decision.ConsentNeeded consent -> {
                node.put("outcome", "consent-needed");
                ArrayNode from = node.putArray("from");
                consent.from().forEach(authority -> from.add(authority.text()));
                node.set("why", problem(consent.why()));
            }
            case Decision.Refused refused -> {
                node.put("outcome", "refused");
                node.set("why", problem(refused.problem()));
            }
        }
        return node;
    }

    private static ObjectNode problem(Problem problem) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("code", problem.code());
        ArrayNode arguments = node.putArray("arguments");
        problem.arguments().forEach(arguments::add);
        return node;
    }

    private static ObjectNode state(Standing standing) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("digest", standing.memorandum().digest().hex())
                .put("state", standing.word());
        switch (standing) {
            case Standing.Draft _, Standing.Signed _ -> {
                // Nothing is permitted, whoever has signed so far.
            }
            case Standing.InForce inForce -> node.put("since", UtcSeconds.print(inForce.since()));
            case Standing.Suspended suspended -> node.put("by", suspended.by().text());
            case Standing.Withdrawn withdrawn ->
                node.put("by", withdrawn.by().text()).put("ends", UtcSeconds.print(withdrawn.ends()));
            case Standing.Superseded superseded ->
                node.put("by", superseded.by().hex())
                        .put("since", UtcSeconds.print(superseded.since()))
                        .set("before", state(superseded.before()));
        }
        if (standing instanceof Standing.Concluded concluded
                && !concluded.course().clauses().isEmpty()) {
            ArrayNode clauses = node.putArray("clauses");
            concluded.course().clauses().forEach((clause, suspension) -> clauses.add(state(clause, suspension)));
        }
        return node;
    }

    private static ObjectNode state(ClauseNumber clause, Course.Suspension suspension) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("clause", clause.text())
                .put("by", suspension.by().text())
                .put("since", UtcSeconds.print(suspension.since()));
        suspension.resumed().ifPresent(moment -> node.put("resumed", UtcSeconds.print(moment)));
        return node;
    }
}
