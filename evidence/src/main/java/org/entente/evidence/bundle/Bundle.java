package org.entente.evidence.bundle;

import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The evidence of an exchange between two parties in one file: their cards, the memorandum, the statements, and for each
 * of both logs the cosigned checkpoint that covers them; and, where that was asked for and allowed, contents of bodies. The file is canonical JSON, and a seal signed by the party that
 * wrote it covers every byte that no other signature covers; so there is no byte that can change unnoticed.
 */
public final class Bundle {
    /** The format's name, in every file. */
    public static final String FORMAT = "entente-bundle/1";

    /** The kind of the statement that seals a bundle. */
    public static final String SEAL_KIND = "bundle-sealed";

    /** Greatest length of a file in bytes. */
    public static final int BYTES_MAX = 64 << 20;

    private final BundleContent content;
    private final JsonNode contentJson;
    private final JsonNode seal;

    private Bundle(BundleContent content, JsonNode contentJson, JsonNode seal) {
        this.content = content;
        this.contentJson = contentJson;
        this.seal = seal;
    }

    /**
     * The proof of one exchange, before it is sealed.
     *
     * @param bodies contents of bodies that the statements name, in their order
     */
    public record Exchange(
            List<PartyCard> cards,
            JsonNode memorandum,
            List<Statement> statements,
            List<LogEvidence> logs,
            List<OpenedBody> bodies) {
        public Exchange {
            cards = List.copyOf(cards);
            statements = List.copyOf(statements);
            logs = List.copyOf(logs);
            bodies = List.copyOf(bodies);
        }

        /** Without any body. */
        public Exchange(
                List<PartyCard> cards, JsonNode memorandum, List<Statement> statements, List<LogEvidence> logs) {
            this(cards, memorandum, statements, logs, List.of());
        }
    }

    /**
     * Seals an exchange. Nothing is verified here: run {@link BundleVerification#verify} over {@link #bytes()} before the
     * file is given to anybody.
     *
     * @param exporter the party, or the authority of it, that writes the file
     * @param statementKeys the statement keys of that party
     */
    public static Bundle seal(Exchange exchange, Actor exporter, Instant at, SecretKeys statementKeys) {
        BundleContent content = BundleContent.of(exchange);
        ObjectNode json = content.json();
        ObjectNode sealed = JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("digest", BundleContent.digest(json).hex());
        Statement seal = Statement.sign(StatementDraft.of(SEAL_KIND, exporter, at, sealed), statementKeys);
        return new Bundle(content, json, seal.json());
    }

    /** Reads a file's form; what it says is verified by {@link BundleVerification}. */
    static Bundle parse(byte[] bytes) throws Malformed {
        Members document = Members.of(CanonicalJson.parseCanonical(bytes, BYTES_MAX), "");
        if (!document.text("format").equals(FORMAT)) {
            throw new Malformed("bundle.format", FORMAT);
        }
        ObjectNode content = document.object("content");
        Bundle bundle =
                new Bundle(BundleContent.read(Members.of(content, "content")), content, document.object("seal"));
        document.end();
        return bundle;
    }

    /** The file. */
    public byte[] bytes() {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        document.set("content", contentJson);
        document.set("seal", seal);
        return CanonicalJson.encode(document);
    }

    BundleContent content() {
        return content;
    }

    JsonNode contentJson() {
        return contentJson;
    }

    JsonNode seal() {
        return seal;
    }
}
