package org.entente.node.party;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.CardAuthority;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.node.keys.NodeKeys;

/** Cards of invented parties. */
public final class Cards {
    private Cards() {}

    /** A first card under a new root, with a certificate of its own. */
    public static PartyCard of(PartyCode party, NodeKeys keys, SecureRandom random) {
        byte[] certificate = new byte[32];
        random.nextBytes(certificate);
        return of(party, 1, keys, SecretKeys.generate(random), List.of(Digest.ofBytes(certificate)));
    }

    public static PartyCard of(PartyCode party, int serial, NodeKeys keys, SecretKeys root, List<Digest> tlsPins) {
        return PartyCard.sign(
                new CardContent(
                        new PartyIdentity(party, party.text(), party.text(), "#336699"),
                        serial,
                        Instant.EPOCH,
                        new CardKeys(
                                root.publicKeys(),
                                keys.statement().publicKeys(),
                                keys.log().publicKey(),
                                keys.cosigning().publicKeys()),
                        tlsPins,
                        keys.bodies().entrySet().stream()
                                .map(body -> new CardAuthority(
                                        body.getKey(),
                                        body.getValue().recipient().toString()))
                                .toList()),
                root);
    }
}
