package org.entente.evidence.succession;

import java.time.Instant;
import java.util.Locale;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A party takes a key back: the content of a statement of kind {@code key-revoked}, signed by the root, said to every
 * partner alike. Why it was taken back is for people: it counts from its place in the log on in either case.
 *
 * @param key the key
 * @param reason why it may be used no more
 */
public record KeyRevoked(KeyName key, Reason reason) {
    public static final String KIND = "key-revoked";

    /** Why a key may be used no more. */
    public enum Reason {
        /** It has served its time, and nobody else is known to have had it. */
        RETIRED,
        /** Somebody else has or may have it. */
        COMPROMISED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static Reason parse(String word) throws Malformed {
            for (Reason reason : values()) {
                if (reason.word().equals(word)) {
                    return reason;
                }
            }
            throw new Malformed("succession.word-malformed");
        }
    }

    public StatementDraft draft(PartyCode party, Instant at) {
        return StatementDraft.of(KIND, party, at, content());
    }

    public ObjectNode content() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("use", key.use().word())
                .put("key", key.name())
                .put("reason", reason.word());
    }

    public static KeyRevoked read(Members content) throws Malformed {
        return new KeyRevoked(
                KeyName.parse(content.text("use"), content.text("key")), Reason.parse(content.text("reason")));
    }

    /** Reads what a verified statement of this kind says. */
    public static KeyRevoked read(Statement statement) throws Malformed {
        Members content = Members.of(statement.content(), "content");
        KeyRevoked read = read(content);
        content.end();
        return read;
    }
}
