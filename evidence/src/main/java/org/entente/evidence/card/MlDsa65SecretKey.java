package org.entente.evidence.card;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;

/** An ML-DSA-65 key pair rebuilt from its 32-byte seed; one half of {@link SecretKeys}. See {@link MlDsa}. */
final class MlDsa65SecretKey {
    static final int SEED_LENGTH = MlDsa.SEED_LENGTH;

    private final byte[] seed;
    private final PrivateKey key;
    private final MlDsa65PublicKey publicKey;

    MlDsa65SecretKey(byte[] seed) {
        this.seed = seed.clone();
        KeyPair pair = MlDsa.ML_DSA_65.pair(this.seed);
        this.key = pair.getPrivate();
        this.publicKey = MlDsa65PublicKey.of(pair.getPublic());
    }

    MlDsa65PublicKey publicKey() {
        return publicKey;
    }

    byte[] sign(byte[] message) {
        return MlDsa.ML_DSA_65.sign(key, message);
    }

    byte[] seed() {
        return seed.clone();
    }

    boolean sameAs(MlDsa65SecretKey that) {
        return MessageDigest.isEqual(seed, that.seed);
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
