package org.entente.exchange.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.exchange.delivery.Lane.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A node's answer about one statement, as it stands on the wire. */
public final class AnswerJson {
    private static final int ARGUMENTS_MAX = 16;

    private AnswerJson() {}

    public static ObjectNode write(Answer answer) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("statement", answer.statement().hex());
        switch (answer) {
            case Answer.Acknowledged acknowledged -> json.put("outcome", "acknowledged");
            case Answer.RefusedForGood refused -> {
                json.put("outcome", "refused").put("code", refused.problem().code());
                ArrayNode arguments = json.putArray("arguments");
                refused.problem().arguments().forEach(arguments::add);
            }
            case Answer.Later later ->
                json.put("outcome", "later")
                        .put("seconds", Math.max(1, later.notBefore().toSeconds()));
        }
        return json;
    }

    public static Answer read(JsonNode node) throws Malformed {
        Members members = Members.of(node, "answer");
        Digest statement = members.digest("statement");
        String outcome = members.text("outcome");
        Answer answer = switch (outcome) {
            case "acknowledged" -> new Answer.Acknowledged(statement);
            case "refused" -> new Answer.RefusedForGood(statement, problem(members));
            case "later" -> new Answer.Later(statement, Duration.ofSeconds(members.integer("seconds", 1, 3600)));
            default -> throw new Malformed("link.answer-malformed");
        };
        members.end();
        return answer;
    }

    private static Problem problem(Members members) throws Malformed {
        String code = members.text("code");
        if (!code.matches("[a-z0-9]+([.-][a-z0-9]+)*") || code.length() > 100) {
            throw new Malformed("link.answer-malformed");
        }
        List<String> arguments = new ArrayList<>();
        for (JsonNode argument : members.array("arguments", 0, ARGUMENTS_MAX)) {
            arguments.add(argument.asString(""));
        }
        return new Problem(code, arguments);
    }
}
