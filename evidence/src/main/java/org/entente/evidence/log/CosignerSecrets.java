package org.entente.evidence.log;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.MlDsa44SecretKey;
import org.entente.evidence.card.PartyCode;

/** The secret half of a {@link Cosigner}. Prints as {@code [redacted]}. */
public final class CosignerSecrets {
    /** A key and what signs with it. */
    private record Signer(NoteKey key, UnaryOperator<byte[]> sign) {}

    private final String name;
    private final List<Signer> signers;

    private CosignerSecrets(String name, List<Signer> signers) {
        this.name = name;
        this.signers = signers;
    }

    /** A party, which cosigns with both keys. */
    public static CosignerSecrets of(PartyCode party, CosigningSecrets keys) {
        return of(LogNames.cosigner(party), keys.ed25519(), keys.mlDsa44());
    }

    public static CosignerSecrets of(String name, Ed25519SecretKey ed25519) {
        return new CosignerSecrets(name, List.of(signer(name, ed25519)));
    }

    public static CosignerSecrets of(String name, Ed25519SecretKey ed25519, MlDsa44SecretKey mlDsa44) {
        Signer second = new Signer(NoteKey.cosigner(name, mlDsa44.publicKey()), mlDsa44::sign);
        return new CosignerSecrets(name, List.of(signer(name, ed25519), second));
    }

    private static Signer signer(String name, Ed25519SecretKey ed25519) {
        return new Signer(NoteKey.cosigner(name, ed25519.publicKey()), ed25519::sign);
    }

    public Cosigner cosigner() {
        return new Cosigner(name, signers.stream().map(Signer::key).toList());
    }

    /**
     * One signature for each key: at that time this was the largest consistent tree that the cosigner had seen. Whoever
     * calls this MUST have stored the checkpoint as the last cosigned one first.
     *
     * @param at after 1970 began; whole seconds of it count
     */
    public List<NoteSignature> cosign(Checkpoint checkpoint, Instant at) {
        return signers.stream()
                .map(signer -> Cosignatures.sign(signer.key, checkpoint, at, signer.sign))
                .toList();
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
