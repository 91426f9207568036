package org.entente.node.run;

import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.decision.Obligation;
import org.entente.node.export.ExportDesk;
import org.entente.node.ledger.Statements;
import org.entente.node.party.Parties;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows where items went that left a node in a file: here, and at the partners. From this they are called back. */
final class ExportViews {
    private ExportViews() {}

    static ObjectNode of(Parties parties, Statements statements, ExportDesk desk, AuthorityCode authority) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode exported = json.putArray("exported");
        ArrayNode told = json.putArray("told");
        for (Parties.Partner partner : parties.partners()) {
            for (Statements.Entry entry : statements.ofKind(partner.code(), Kind.ITEM_EXPORTED.word())) {
                Onward.ItemExported message = (Onward.ItemExported) entry.message();
                if (entry.outgoing() && entry.statement().from().equals(authority)) {
                    ObjectNode one = exported(entry, message, answer(statements, entry));
                    desk.find(entry.statement().id()).ifPresent(approved -> add(one, approved));
                    exported.add(one);
                } else if (!entry.outgoing()
                        && entry.statement().to().filter(authority::equals).isPresent()) {
                    told.add(exported(entry, message, answer(statements, entry)));
                }
            }
        }
        return json;
    }

    private static ObjectNode exported(Statements.Entry entry, Onward.ItemExported message, String answer) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("statement", entry.statement().id().hex())
                .put("release", message.release().hex())
                .put("by", entry.statement().from().text())
                .put("originator", entry.statement().to().map(Actor::text).orElse(""))
                .put("purpose", message.purpose().code())
                .put("caseDigest", message.caseDigest().hex())
                .put("at", UtcSeconds.print(entry.statement().at()))
                .put("answer", answer);
        for (JsonNode owed : message.sent().recordJson().path("obligations")) {
            if (owed.path("duty").asString("").equals(Obligation.Duty.ERASE_BY.word())) {
                json.put("eraseBy", owed.path("term").asString(""));
            }
        }
        ArrayNode officers = json.putArray("officers");
        message.sent()
                .actJson()
                .path("approvers")
                .forEach(approver -> officers.add(approver.path("officer").asString("")));
        return json;
    }

    private static void add(ObjectNode json, ExportDesk.Approved approved) {
        json.put("case", approved.caseReference());
        approved.file()
                .ifPresent(left -> json.putObject("file")
                        .put("digest", left.file().hex())
                        .put("officer", left.officer())
                        .put("at", UtcSeconds.print(UtcSeconds.whole(left.at()))));
    }

    private static String answer(Statements statements, Statements.Entry entry) {
        String answer = "under-way";
        for (Statements.Entry reply : statements.answers(entry.statement().id())) {
            boolean byTheOther = reply.outgoing() != entry.outgoing();
            if (byTheOther && reply.message() instanceof Reply.Refused) {
                return "refused";
            }
            if (byTheOther && reply.message() instanceof Reply.Receipt) {
                answer = "received";
            }
        }
        return answer;
    }
}
