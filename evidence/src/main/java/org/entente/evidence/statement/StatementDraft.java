package org.entente.evidence.statement;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.Actor;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a statement says, before it is signed.
 *
 * @param kind what sort of statement, lower-case words joined by hyphens, at most 64 characters
 * @param from who says it
 * @param to whom it is addressed; empty for a statement that stays inside the party or is addressed to all
 * @param at when it is said, cut to seconds
 * @param expires from when on it counts no more, later than {@code at}
 * @param content what it says, by the rules of its kind; copied in and out
 */
public record StatementDraft(
        String kind, Actor from, Optional<Actor> to, Instant at, Optional<Instant> expires, ObjectNode content) {

    private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int KIND_MAX = 64;
    private static final String APPROVALS = "approvals";

    public StatementDraft {
        at = UtcSeconds.whole(at);
        expires = expires.map(UtcSeconds::whole);
        content = content.deepCopy();
        if (!kind(kind)) {
            throw new IllegalArgumentException("not a kind of statement: " + kind);
        }
        if (expires.isPresent() && !expires.get().isAfter(at)) {
            throw new IllegalArgumentException("expires before it is said");
        }
    }

    /** A statement addressed to nobody in particular, which does not expire. */
    public static StatementDraft of(String kind, Actor from, Instant at, ObjectNode content) {
        return new StatementDraft(kind, from, Optional.empty(), at, Optional.empty(), content);
    }

    public StatementDraft addressedTo(Actor receiver) {
        return new StatementDraft(kind, from, Optional.of(receiver), at, expires, content);
    }

    public StatementDraft expiringAt(Instant moment) {
        return new StatementDraft(kind, from, to, at, Optional.of(moment), content);
    }

    /** The same statement with officers' approvals, as the content's member {@code approvals}. */
    public StatementDraft withApprovals(List<Statement> approvals) {
        ObjectNode approved = content.deepCopy();
        ArrayNode array = approved.putArray(APPROVALS);
        approvals.forEach(approval -> array.add(approval.json()));
        return new StatementDraft(kind, from, to, at, expires, approved);
    }

    @Override
    public ObjectNode content() {
        return content.deepCopy();
    }

    /**
     * What officers sign when they approve this statement: framed SHA-256 (domain {@code entente-approval/1}) of the
     * canonical JSON of kind, from, to and content without its {@code approvals}. The times are left out, because an
     * approval comes before the statement that it approves.
     */
    public Digest approvalSubject() {
        ObjectNode subject = JsonNodeFactory.instance.objectNode();
        subject.put("kind", kind).put("from", from.text());
        to.ifPresent(receiver -> subject.put("to", receiver.text()));
        ObjectNode approved = content.deepCopy();
        approved.remove(APPROVALS);
        subject.set("content", approved);
        return Digest.framed("entente-approval/1", CanonicalJson.encode(subject));
    }

    ObjectNode json() {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        payload.put("v", 1).put("kind", kind).put("from", from.text()).put("at", UtcSeconds.print(at));
        to.ifPresent(receiver -> payload.put("to", receiver.text()));
        expires.ifPresent(moment -> payload.put("expires", UtcSeconds.print(moment)));
        payload.set("content", content.deepCopy());
        return payload;
    }

    static StatementDraft read(ObjectNode payload) throws Malformed {
        Members members = Members.of(payload, "");
        members.integer("v", 1, 1);
        String kind = members.text("kind");
        if (!kind(kind)) {
            throw new Malformed("statement.kind-malformed");
        }
        Actor from = Actor.parse(members.text("from"));
        Optional<String> receiver = members.optionalText("to");
        Optional<Actor> to = receiver.isPresent() ? Optional.of(Actor.parse(receiver.get())) : Optional.empty();
        Instant at = UtcSeconds.parse(members.text("at"));
        Optional<String> limit = members.optionalText("expires");
        Optional<Instant> expires = limit.isPresent() ? Optional.of(UtcSeconds.parse(limit.get())) : Optional.empty();
        ObjectNode content = members.object("content");
        members.end();
        if (expires.isPresent() && !expires.get().isAfter(at)) {
            throw new Malformed("statement.expires-before");
        }
        return new StatementDraft(kind, from, to, at, expires, content);
    }

    private static boolean kind(String text) {
        return text.length() <= KIND_MAX && KIND.matcher(text).matches();
    }
}
