package org.entente.evidence.card;

import java.security.MessageDigest;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.entente.evidence.canonical.Malformed;

/** An Ed25519 key pair rebuilt from its 32-byte seed: of a log, of a cosigner, or one half of {@link SecretKeys}. */
public final class Ed25519SecretKey {
    /** Length of the seed in bytes. */
    public static final int SEED_LENGTH = 32;

    private final byte[] seed;
    private final byte[] publicBytes = new byte[Ed25519PublicKey.LENGTH];
    private final Ed25519PublicKey publicKey;

    private Ed25519SecretKey(byte[] seed) {
        this.seed = seed;
        Ed25519.generatePublicKey(seed, 0, publicBytes, 0);
        try {
            this.publicKey = Ed25519PublicKey.parse(publicBytes);
        } catch (Malformed impossible) {
            throw new IllegalStateException("a clamped scalar gives a point of the prime-order subgroup", impossible);
        }
    }

    public static Ed25519SecretKey generate(SecureRandom random) {
        byte[] seed = new byte[SEED_LENGTH];
        random.nextBytes(seed);
        return new Ed25519SecretKey(seed);
    }

    public static Ed25519SecretKey ofSeed(byte[] seed) {
        if (seed.length != SEED_LENGTH) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes");
        }
        return new Ed25519SecretKey(seed.clone());
    }

    public Ed25519PublicKey publicKey() {
        return publicKey;
    }

    /** Signs as RFC 8032 section 5.1.6 says: the same 64 bytes for the same message, in constant time. */
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519PublicKey.SIGNATURE_LENGTH];
        Ed25519.sign(seed, 0, publicBytes, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    public byte[] seed(SeedAccess access) {
        return seed.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519SecretKey that && MessageDigest.isEqual(seed, that.seed);
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
