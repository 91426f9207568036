package org.entente.memorandum.negotiation;

import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.item.Word;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a party has said in a negotiation, read from a verified statement: there is no other way to have one.
 *
 * <p>A party speaks here with its statement keys and never with its root. To negotiate is not to consent to be bound: the root signs
 * the settled whole and nothing less, so no root signature ever stands under a single clause that somebody could show for more than
 * it is, and the root stays offline through the many rounds that a text takes.
 *
 * <p>Each statement names the one that its party said before it in the same negotiation. So the order of a party's own statements is
 * in what it signed, not in clocks or in the order of arrival, and one that was held back on the way is missed.
 */
public final class Move {
    private final Digest id;
    private final PartyCode party;
    private final Negotiation negotiation;
    private final Said said;
    private final Optional<Digest> after;

    private Move(Digest id, PartyCode party, Negotiation negotiation, Said said, Optional<Digest> after) {
        this.id = id;
        this.party = party;
        this.negotiation = negotiation;
        this.said = said;
        this.after = after;
    }

    /**
     * What a party is to sign in order to say it.
     *
     * @param after what it said last in this negotiation; see {@link Table#last}
     */
    public static StatementDraft draft(
            Negotiation negotiation, PartyCode party, Said said, Optional<Digest> after, Instant at) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        negotiation.write(content);
        said.write(content);
        after.ifPresent(earlier -> content.put("after", earlier.hex()));
        return StatementDraft.of(said.kind().word(), party, at, content);
    }

    /**
     * Reads what was said.
     *
     * @param card the card of the party that is said to speak
     * @throws Malformed {@code memorandum.negotiation.wrong-kind}, {@code memorandum.signing.not-the-party},
     *     {@code memorandum.negotiation.wrong-key}, {@code memorandum.negotiation.expires}, {@code memorandum.negotiation.…-malformed},
     *     {@code memorandum.negotiation.digest-differs}, {@code memorandum.negotiation.head-differs} or {@code json.…}
     */
    public static Move read(Statement statement, PartyCard card) throws Malformed {
        Said.Kind kind = Word.find(Said.Kind.class, statement.kind())
                .orElseThrow(() -> new Malformed("memorandum.negotiation.wrong-kind", statement.kind()));
        if (!statement.from().equals(card.party())) {
            throw new Malformed(
                    "memorandum.signing.not-the-party",
                    statement.from().text(),
                    card.party().text());
        }
        if (!statement.signedBy(card)) {
            throw new Malformed(
                    "memorandum.negotiation.wrong-key",
                    kind.word(),
                    card.party().text());
        }
        if (statement.expires().isPresent()) {
            throw new Malformed(
                    "memorandum.negotiation.expires", kind.word(), card.party().text());
        }
        Members content = Members.of(statement.content(), "content");
        Negotiation negotiation = Negotiation.read(content);
        Said said = Said.read(kind, content);
        Optional<Digest> after = content.has("after") ? Optional.of(content.digest("after")) : Optional.empty();
        content.end();
        requireHead(negotiation, said);
        return new Move(statement.id(), card.party(), negotiation, said, after);
    }

    /** A head names the memorandum and the version that are negotiated. */
    private static void requireHead(Negotiation negotiation, Said said) throws Malformed {
        if (said instanceof Said.Proposed proposed && said.part().equals(Part.HEAD)) {
            var head = proposed.text().json();
            if (!head.required("memorandum").stringValue().equals(negotiation.memorandum())
                    || !head.required("version").stringValue().equals(Integer.toString(negotiation.version()))) {
                throw new Malformed(
                        "memorandum.negotiation.head-differs",
                        negotiation.memorandum(),
                        Integer.toString(negotiation.version()));
            }
        }
    }

    /** The statement's id. */
    public Digest id() {
        return id;
    }

    public PartyCode party() {
        return party;
    }

    public Negotiation negotiation() {
        return negotiation;
    }

    public Said said() {
        return said;
    }

    /** What the same party said before. */
    public Optional<Digest> after() {
        return after;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Move that && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return party + " " + said.kind().word() + " " + said.part() + " " + id;
    }
}
