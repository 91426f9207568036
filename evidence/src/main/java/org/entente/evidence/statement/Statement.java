package org.entente.evidence.statement;

import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.Jws;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.SecretKeys;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A statement whose two signatures hold. There are two ways to have one: to sign it, and to verify what
 * {@link #parse} read; so code that takes a {@code Statement} never has to ask whether it was verified.
 */
public final class Statement {
    /** The {@code typ} of a statement's headers. */
    public static final String TYPE = "entente-statement+json";

    /** Greatest length of a statement in bytes. */
    public static final int BYTES_MAX = 1 << 20;

    private final StatementDraft said;
    private final Jws jws;

    Statement(StatementDraft said, Jws jws) {
        this.said = said;
        this.jws = jws;
    }

    /**
     * Signs in the name of a party: the header names the statement keys by {@link org.entente.evidence.card.PublicKeys#kid}, and the certificate under which they sign
     * ({@link SecretKeys#certificate}), if they have one.
     */
    public static Statement sign(StatementDraft draft, SecretKeys statementKeys) {
        return sign(draft, statementKeys, statementKeys.publicKeys().kid());
    }

    /** Signs under a given key name: an officer's pseudonym. */
    public static Statement sign(StatementDraft draft, SecretKeys keys, String kid) {
        Optional<Jws.Certification> certification = keys.certificate()
                .map(thumbprint -> new Jws.Certification(thumbprint, draft.at().getEpochSecond()));
        return new Statement(draft, Jws.sign(TYPE, kid, certification, draft.json(), keys));
    }

    /** Reads the one accepted form. */
    public static UnverifiedStatement parse(byte[] bytes) throws Malformed {
        return UnverifiedStatement.of(Jws.parse(bytes, TYPE, BYTES_MAX));
    }

    /** Reads a statement that stands inside another canonical document. */
    public static UnverifiedStatement of(JsonNode document) throws Malformed {
        return UnverifiedStatement.of(Jws.of(document, TYPE));
    }

    /** The statement's name; see {@link Jws#id()}. */
    public Digest id() {
        return jws.id();
    }

    /** The name of the key pair that signed. */
    public String kid() {
        return jws.kid();
    }

    /** The thumbprint of the certificate under which it was signed, if under any. */
    public Optional<Digest> certificate() {
        return jws.certification().map(Jws.Certification::thumbprint);
    }

    public String kind() {
        return said.kind();
    }

    public Actor from() {
        return said.from();
    }

    public Optional<Actor> to() {
        return said.to();
    }

    public Instant at() {
        return said.at();
    }

    public Optional<Instant> expires() {
        return said.expires();
    }

    /** A copy of the content. */
    public ObjectNode content() {
        return said.content();
    }

    /** What officers sign when they approve this statement; see {@link StatementDraft#approvalSubject()}. */
    public Digest approvalSubject() {
        return said.approvalSubject();
    }

    /** Says whether the card's statement keys signed and the card introduces the sender. */
    public boolean signedBy(PartyCard card) {
        return card.introduces(from()) && kid().equals(card.statementKeys().kid());
    }

    /** The statement as it stands inside another document. */
    public ObjectNode json() {
        return jws.json();
    }

    /** The statement's canonical bytes. */
    public byte[] bytes() {
        return jws.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Statement that && id().equals(that.id());
    }

    @Override
    public int hashCode() {
        return id().hashCode();
    }

    @Override
    public String toString() {
        return kind() + " of " + from() + " " + id();
    }
}
