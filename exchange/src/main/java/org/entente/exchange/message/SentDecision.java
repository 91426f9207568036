package org.entente.exchange.message;

import java.nio.charset.StandardCharsets;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.DecisionRecord;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The sender's decision as it was sent: the act with every fact that it was decided from, and what came out. Nothing in it is
 * believed; the receiver reads the act with the joint authorisations that it has verified itself, decides on it again
 * and compares. Kept as canonical text, so that it is immutable and compares by what it says.
 *
 * @param act canonical JSON of an {@link Act}
 * @param record canonical JSON of a {@link DecisionRecord}
 */
public record SentDecision(String act, String record) {
    static final int CHARACTERS_MAX = 64 * 1024;

    public SentDecision {
        Fields.require(act.length() <= CHARACTERS_MAX && record.length() <= CHARACTERS_MAX, "a decision is too long");
    }

    /** The decision of this node about an act. */
    public static SentDecision of(Act act, DecisionRecord record) {
        if (!(record.decision() instanceof Decision.Permitted)) {
            throw new IllegalArgumentException("nothing is sent that was not permitted");
        }
        return new SentDecision(CanonicalJson.text(act.toJson()), CanonicalJson.text(record.toJson()));
    }

    /** {@code {"act": {…}, "record": {…}}}. */
    ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("act", parse(act));
        node.set("record", parse(record));
        return node;
    }

    static SentDecision read(Members members) throws Malformed {
        String act = CanonicalJson.text(members.object("act"));
        String record = CanonicalJson.text(members.object("record"));
        members.end();
        if (act.length() > CHARACTERS_MAX || record.length() > CHARACTERS_MAX) {
            throw new Malformed("exchange.decision-too-long", Integer.toString(CHARACTERS_MAX));
        }
        return new SentDecision(act, record);
    }

    /** The act as JSON, of which nothing is known but that it is an object. */
    public ObjectNode actJson() {
        return parse(act);
    }

    /** The record as JSON, for comparison and for nothing else. */
    public ObjectNode recordJson() {
        return parse(record);
    }

    private static ObjectNode parse(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return (ObjectNode) CanonicalJson.parse(bytes, 4 * CHARACTERS_MAX);
        } catch (Malformed impossible) {
            throw new IllegalStateException("written by ourselves", impossible);
        }
    }
}
