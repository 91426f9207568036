package org.entente.exchange.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyIdentity;
import org.entente.exchange.body.SeededRandom;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Samples;

/** Two parties with cards and keys, always the same. */
public final class Parties {
    public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    public static final AuthorityCode UIF = new AuthorityCode(Samples.MX, "UIF");
    public static final AuthorityCode FINCEN = new AuthorityCode(Samples.US, "FINCEN");

    static final SecretKeys MX_ROOT = SecretKeys.generate(new SeededRandom(21));
    static final SecretKeys MX_KEYS = SecretKeys.generate(new SeededRandom(22));
    public static final PartyCard MX_CARD = card(Samples.MX, UIF, MX_ROOT, MX_KEYS);
    static final SecretKeys US_KEYS = SecretKeys.generate(new SeededRandom(32));
    public static final PartyCard US_CARD =
            card(Samples.US, FINCEN, SecretKeys.generate(new SeededRandom(31)), US_KEYS);

    private Parties() {}

    /** Said by the Mexican unit to the United States' one. */
    static Statement fromMx(Message message, Instant at) {
        return Statement.sign(message.draft(UIF, FINCEN, at), MX_KEYS);
    }

    static Arrival arrival(Statement statement) {
        return new Arrival(Samples.MX, statement, false, Set.of());
    }

    private static PartyCard card(PartyCode party, AuthorityCode authority, SecretKeys root, SecretKeys statement) {
        SeededRandom random = new SeededRandom(party.hashCode());
        CardKeys keys = new CardKeys(
                root.publicKeys(),
                statement.publicKeys(),
                Ed25519SecretKey.generate(random).publicKey(),
                CosigningSecrets.generate(random).publicKeys());
        List<CardAuthority> authorities = new ArrayList<>();
        authorities.add(new CardAuthority(
                authority, BodyIdentity.generate(random).recipient().toString()));
        return PartyCard.sign(
                new CardContent(
                        new PartyIdentity(party, party.text(), party.text(), "#006847"),
                        1,
                        NOON,
                        keys,
                        List.of(Digest.of(new byte[] {1})),
                        authorities),
                root);
    }
}
