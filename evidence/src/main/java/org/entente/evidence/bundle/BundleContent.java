package org.entente.evidence.bundle;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.statement.Statement;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a bundle holds, all of it still as documents that somebody has to verify.
 *
 * @param cards the cards of the two parties, in the order of their codes
 * @param memorandum the memorandum under which they acted; opaque here
 * @param statements the signed statements, an answer never before what it answers
 * @param logs the two parties' logs, in the order of the cards
 * @param bodies contents of bodies that statements name; a bundle without any has no member for them
 */
record BundleContent(
        List<JsonNode> cards,
        JsonNode memorandum,
        List<JsonNode> statements,
        List<LogEvidence> logs,
        List<OpenedBody> bodies) {
    static final int STATEMENTS_MAX = 20_000;
    static final int BODIES_MAX = 20_000;

    BundleContent {
        cards = List.copyOf(cards);
        statements = List.copyOf(statements);
        logs = List.copyOf(logs);
        bodies = List.copyOf(bodies);
    }

    static BundleContent of(Bundle.Exchange exchange) {
        return new BundleContent(
                exchange.cards().stream().<JsonNode>map(PartyCard::json).toList(),
                exchange.memorandum(),
                exchange.statements().stream().<JsonNode>map(Statement::json).toList(),
                exchange.logs(),
                exchange.bodies());
    }

    ObjectNode json() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        ArrayNode cardArray = content.putArray("cards");
        cards.forEach(cardArray::add);
        content.set("memorandum", memorandum);
        ArrayNode statementArray = content.putArray("statements");
        statements.forEach(statementArray::add);
        ArrayNode logArray = content.putArray("logs");
        logs.forEach(log -> logArray.add(log.json()));
        if (!bodies.isEmpty()) {
            ArrayNode bodyArray = content.putArray("bodies");
            bodies.forEach(body -> bodyArray.add(body.json()));
        }
        return content;
    }

    /** What the seal signs: framed SHA-256 (domain {@code entente-bundle/1}) of the content's canonical bytes. */
    static Digest digest(JsonNode content) {
        return Digest.framed("entente-bundle/1", CanonicalJson.encode(content));
    }

    static BundleContent read(Members content) throws Malformed {
        List<JsonNode> cards = list(content.array("cards", 2, 2));
        JsonNode memorandum = content.object("memorandum");
        List<JsonNode> statements = list(content.array("statements", 1, STATEMENTS_MAX));
        List<LogEvidence> logs = new ArrayList<>();
        for (JsonNode log : content.array("logs", 2, 2)) {
            logs.add(LogEvidence.read(Members.of(log, "logs"), statements.size()));
        }
        List<OpenedBody> bodies = new ArrayList<>();
        if (content.has("bodies")) {
            for (JsonNode body : content.array("bodies", 1, BODIES_MAX)) {
                bodies.add(OpenedBody.read(Members.of(body, "bodies")));
            }
        }
        content.end();
        return new BundleContent(cards, memorandum, statements, logs, bodies);
    }

    private static List<JsonNode> list(ArrayNode array) {
        List<JsonNode> list = new ArrayList<>();
        array.forEach(list::add);
        return list;
    }
}
