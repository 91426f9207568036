package org.entente.evidence.succession;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.CosigningKeys;
import org.entente.evidence.card.PartyCard;

/**
 * How a revocation names a key of a card.
 *
 * @param use what the key is for
 * @param name unpadded base64url of the framed SHA-256 (domain {@code entente-key/1}) of the key's bytes, of both keys of
 *     a pair in the order of the card; of a link certificate its pin, in hexadecimal
 */
public record KeyName(KeyUse use, String name) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{43}|[0-9a-f]{64}");

    public KeyName {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not the name of a key");
        }
    }

    static KeyName parse(String use, String name) throws Malformed {
        if (!NAME.matcher(name).matches()) {
            throw new Malformed("succession.word-malformed");
        }
        return new KeyName(KeyUse.parse(use), name);
    }

    public static KeyName statement(PartyCard card) {
        return new KeyName(KeyUse.STATEMENT, card.statementKeys().kid());
    }

    public static KeyName log(PartyCard card) {
        return new KeyName(KeyUse.LOG, framed(card.logKey().bytes()));
    }

    public static KeyName cosigning(PartyCard card) {
        CosigningKeys keys = card.cosigningKeys();
        return new KeyName(
                KeyUse.COSIGNING, framed(keys.ed25519().bytes(), keys.mlDsa44().bytes()));
    }

    public static KeyName link(Digest pin) {
        return new KeyName(KeyUse.LINK, pin.hex());
    }

    /** Every key of a card that can be revoked. */
    public static List<KeyName> of(PartyCard card) {
        List<KeyName> names = new ArrayList<>(List.of(statement(card), log(card), cosigning(card)));
        card.content().tlsPins().forEach(pin -> names.add(link(pin)));
        return names;
    }

    private static String framed(byte[]... keys) {
        return Base64Text.url(Digest.framed("entente-key/1", keys).bytes());
    }
}
