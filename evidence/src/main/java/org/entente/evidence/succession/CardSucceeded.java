package org.entente.evidence.succession;

import java.time.Instant;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A party replaces its card: the content of a statement of kind {@code card-succeeded}, signed by the root, said to every
 * partner alike.
 *
 * @param card the whole new card, whose own root signatures hold
 */
public record CardSucceeded(PartyCard card) {
    public static final String KIND = "card-succeeded";

    public StatementDraft draft(Instant at) {
        return StatementDraft.of(KIND, card.party(), at, content());
    }

    public ObjectNode content() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.set("card", card.json());
        return content;
    }

    /** Reads the content, and verifies the card under the root that the card itself names. */
    public static CardSucceeded read(Members content) throws Malformed {
        return new CardSucceeded(PartyCard.of(content.object("card")));
    }

    /** Reads what a verified statement of this kind says. */
    public static CardSucceeded read(Statement statement) throws Malformed {
        Members content = Members.of(statement.content(), "content");
        CardSucceeded read = read(content);
        content.end();
        return read;
    }
}
