package org.entente.evidence.card;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.certificate.CertificateChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A party card whose root signatures hold: what another party pins once, by fingerprint, and trusts from then on.
 *
 * <p>The card proves that whoever holds the root keys wrote it. That the root is the party's is what people compare: the
 * fingerprint, read to each other over a channel that they trust already.
 */
public final class PartyCard {
    /** The {@code typ} of a card's headers. */
    public static final String TYPE = "entente-card+json";

    /** Greatest length of a card in bytes. */
    public static final int BYTES_MAX = 1 << 19;

    private final CardContent content;
    private final Jws jws;

    private PartyCard(CardContent content, Jws jws) {
        this.content = content;
        this.jws = jws;
    }

    /** Signs a card; the content's root keys must be those of the secret keys. */
    public static PartyCard sign(CardContent content, SecretKeys root) {
        if (!content.keys().root().equals(root.publicKeys())) {
            throw new IllegalArgumentException("the card names another root");
        }
        return new PartyCard(content, Jws.sign(TYPE, root.publicKeys().kid(), content.json(), root));
    }

    /** Reads a card and verifies its root's two signatures. */
    public static PartyCard parse(byte[] bytes) throws Malformed {
        return verified(Jws.parse(bytes, TYPE, BYTES_MAX));
    }

    /** Reads a card that stands inside another canonical document. */
    public static PartyCard of(JsonNode document) throws Malformed {
        return verified(Jws.of(document, TYPE));
    }

    private static PartyCard verified(Jws jws) throws Malformed {
        CardContent content = CardContent.read(jws.payload());
        PublicKeys root = content.keys().root();
        jws.verify(root, root.kid());
        jws.requireCertificate(Optional.empty());
        return new PartyCard(content, jws);
    }

    public CardContent content() {
        return content;
    }

    public PartyCode party() {
        return content.identity().code();
    }

    public int serial() {
        return content.serial();
    }

    public Instant issuedAt() {
        return content.issuedAt();
    }

    public PublicKeys root() {
        return content.keys().root();
    }

    public PublicKeys statementKeys() {
        return content.keys().statement();
    }

    /** Who certified the Ed25519 key of the statement keys, if anybody did. */
    public Optional<CertificateChain> certificates() {
        return content.keys().certificates();
    }

    public Ed25519PublicKey logKey() {
        return content.keys().log();
    }

    public CosigningKeys cosigningKeys() {
        return content.keys().cosigning();
    }

    public Optional<CardAuthority> authority(AuthorityCode code) {
        return content.authorities().stream()
                .filter(authority -> authority.code().equals(code))
                .findFirst();
    }

    /** Says whether the card introduces the actor: the party itself, or one of its authorities. */
    public boolean introduces(Actor actor) {
        return switch (actor) {
            case PartyCode party -> party.equals(party());
            case AuthorityCode authority -> authority(authority).isPresent();
        };
    }

    /** SHA-256 over the signed payload's identity: differs for every other card, whoever signed it. */
    public Digest digest() {
        return jws.id();
    }

    /**
     * What people compare: framed SHA-256 (domain {@code entente-root/1}) over the party's code and its root's public
     * keys. It stays the same for as long as the root does.
     */
    public Digest fingerprint() {
        return Digest.framed(
                "entente-root/1",
                party().text().getBytes(StandardCharsets.US_ASCII),
                root().ed25519().bytes(),
                root().mlDsa65().bytes());
    }

    /** The fingerprint in sixteen groups of four digits, to be read aloud. */
    public String fingerprintText() {
        return fingerprint().hex().replaceAll("(.{4})(?=.)", "$1 ");
    }

    /** The card as it stands inside another document. */
    public ObjectNode json() {
        return jws.json();
    }

    /** The card's file: canonical bytes. */
    public byte[] bytes() {
        return jws.bytes();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartyCard that && digest().equals(that.digest());
    }

    @Override
    public int hashCode() {
        return digest().hashCode();
    }

    @Override
    public String toString() {
        return party() + " card " + serial();
    }
}
