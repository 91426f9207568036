package org.entente.evidence.card;

import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;

/** An ML-DSA-44 key pair rebuilt from its 32-byte seed: a cosigner's key beside its {@link Ed25519SecretKey}. */
public final class MlDsa44SecretKey {
    /** Length of the seed in bytes. */
    public static final int SEED_LENGTH = MlDsa.SEED_LENGTH;

    private final byte[] seed;
    private final PrivateKey key;
    private final MlDsa44PublicKey publicKey;

    private MlDsa44SecretKey(byte[] seed) {
        this.seed = seed;
        KeyPair pair = MlDsa.ML_DSA_44.pair(seed);
        this.key = pair.getPrivate();
        this.publicKey = MlDsa44PublicKey.of(pair.getPublic());
    }

    public static MlDsa44SecretKey generate(SecureRandom random) {
        byte[] seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        return new MlDsa44SecretKey(seed);
    }

    public static MlDsa44SecretKey ofSeed(byte[] seed) {
        return new MlDsa44SecretKey(seed.clone());
    }

    public MlDsa44PublicKey publicKey() {
        return publicKey;
    }

    /** The deterministic variant: the same 2,420 bytes for the same message. */
    public byte[] sign(byte[] message) {
        return MlDsa.ML_DSA_44.sign(key, message);
    }

    public byte[] seed(SeedAccess access) {
        return seed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MlDsa44SecretKey that && MessageDigest.isEqual(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return publicKey.hashCode();
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
