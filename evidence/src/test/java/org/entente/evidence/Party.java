package org.entente.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.CardAuthority;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.certificate.CertificateChain;

/** A party with all its keys, made from a seed word so that every run has the same ones. */
public final class Party {
    public static final Instant START = Instant.parse("2026-01-31T08:00:00Z");

    private final String word;
    private final PartyCode code;
    private final AuthorityCode authority;

    public Party(String code, String authority, String word) {
        this.word = code + word;
        this.code = new PartyCode(code);
        this.authority = new AuthorityCode(this.code, authority);
    }

    public PartyCode code() {
        return code;
    }

    public AuthorityCode authority() {
        return authority;
    }

    public SecretKeys keys(String purpose) {
        return SecretKeys.ofSeeds(seed(purpose + " ed"), seed(purpose + " ml"));
    }

    public Ed25519SecretKey logKey() {
        return logKey("");
    }

    public Ed25519SecretKey logKey(String generation) {
        return Ed25519SecretKey.ofSeed(seed("log" + generation));
    }

    public CosigningSecrets cosigningKeys() {
        return cosigningKeys("");
    }

    public CosigningSecrets cosigningKeys(String generation) {
        return CosigningSecrets.ofSeeds(seed("cosigning" + generation), seed("cosigning ml" + generation));
    }

    public CardContent content(int serial) {
        return content(serial, "");
    }

    /** What a card says whose working keys are of that generation; the root and the certificate stay. */
    public CardContent content(int serial, String generation) {
        return new CardContent(
                new PartyIdentity(code, "Party " + code, "Parte " + code, "#1a2b3c"),
                serial,
                START,
                new CardKeys(
                        keys("root").publicKeys(),
                        keys("statement" + generation).publicKeys(),
                        logKey(generation).publicKey(),
                        cosigningKeys(generation).publicKeys()),
                List.of(Digest.ofBytes(seed("tls"))),
                List.of(new CardAuthority(
                        authority, "age1pq" + Digest.of(seed("body")).hex())));
    }

    public PartyCard card(int serial) {
        return card(serial, "");
    }

    public PartyCard card(int serial, String generation) {
        return PartyCard.sign(content(serial, generation), keys("root"));
    }

    /** A card whose key for statements is certified. */
    public PartyCard card(int serial, CertificateChain chain) {
        CardContent plain = content(serial);
        CardKeys keys = new CardKeys(
                plain.keys().root(),
                plain.keys().statement(),
                plain.keys().log(),
                plain.keys().cosigning(),
                Optional.of(chain));
        return PartyCard.sign(
                new CardContent(plain.identity(), serial, plain.issuedAt(), keys, plain.tlsPins(), plain.authorities()),
                keys("root"));
    }

    private byte[] seed(String purpose) {
        return Digest.of((word + "/" + purpose).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .bytes();
    }
}
