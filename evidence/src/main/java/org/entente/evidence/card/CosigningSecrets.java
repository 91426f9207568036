package org.entente.evidence.card;

import java.security.SecureRandom;

/** The secret halves of {@link CosigningKeys}. Prints as {@code [redacted]}. */
public record CosigningSecrets(Ed25519SecretKey ed25519, MlDsa44SecretKey mlDsa44) {
    public static CosigningSecrets generate(SecureRandom random) {
        return new CosigningSecrets(Ed25519SecretKey.generate(random), MlDsa44SecretKey.generate(random));
    }

    /** Two seeds of 32 bytes each. */
    public static CosigningSecrets ofSeeds(byte[] ed25519, byte[] mlDsa44) {
        return new CosigningSecrets(Ed25519SecretKey.ofSeed(ed25519), MlDsa44SecretKey.ofSeed(mlDsa44));
    }

    public CosigningKeys publicKeys() {
        return new CosigningKeys(ed25519.publicKey(), mlDsa44.publicKey());
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
