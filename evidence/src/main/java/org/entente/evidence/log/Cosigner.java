package org.entente.evidence.log;

import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.MlDsa44PublicKey;
import org.entente.evidence.card.PartyCard;

/**
 * Who cosigns: a name, and the keys that sign under it. Its word counts when the cosignature of <em>each</em> of its keys
 * holds, so that neither algorithm alone can speak for it and neither can be stripped off.
 *
 * @param name the name of each key
 * @param keys one or two: Ed25519, ML-DSA-44, or both in this order
 */
public record Cosigner(String name, List<NoteKey> keys) {
    public Cosigner {
        keys = List.copyOf(keys);
        List<NoteKey.Type> types = keys.stream().map(NoteKey::type).toList();
        List<NoteKey.Type> ordered = Stream.of(NoteKey.Type.COSIGNER_ED25519, NoteKey.Type.COSIGNER_ML_DSA_44)
                .filter(types::contains)
                .toList();
        if (keys.isEmpty()
                || !types.equals(ordered)
                || keys.stream().anyMatch(key -> !key.name().equals(name))) {
            throw new IllegalArgumentException("not the keys of one cosigner");
        }
    }

    /** The party as its card shows it: with both keys. */
    public static Cosigner of(PartyCard card) {
        return of(
                LogNames.cosigner(card.party()),
                card.cosigningKeys().ed25519(),
                card.cosigningKeys().mlDsa44());
    }

    /** A cosigner with the one key of tlog-cosignature's first version. */
    public static Cosigner of(String name, Ed25519PublicKey ed25519) {
        return new Cosigner(name, List.of(NoteKey.cosigner(name, ed25519)));
    }

    /** A cosigner that cosigns with both keys, always. */
    public static Cosigner of(String name, Ed25519PublicKey ed25519, MlDsa44PublicKey mlDsa44) {
        return new Cosigner(name, List.of(NoteKey.cosigner(name, ed25519), NoteKey.cosigner(name, mlDsa44)));
    }
}
