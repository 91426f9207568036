package org.entente.evidence.card;

import java.security.SecureRandom;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;

/**
 * The secret half of {@link PublicKeys}, as two seeds of 32 bytes, and under which certificate it signs, if under any: a pair has one for good or none. Prints as
 * {@code [redacted]}.
 */
public final class SecretKeys {
    private final Ed25519SecretKey ed25519;
    private final MlDsa65SecretKey mlDsa65;
    private final PublicKeys publicKeys;
    private final Optional<Digest> certificate;

    private SecretKeys(Ed25519SecretKey ed25519, MlDsa65SecretKey mlDsa65) {
        this(ed25519, mlDsa65, new PublicKeys(ed25519.publicKey(), mlDsa65.publicKey()), Optional.empty());
    }

    private SecretKeys(
            Ed25519SecretKey ed25519, MlDsa65SecretKey mlDsa65, PublicKeys publicKeys, Optional<Digest> certificate) {
        this.ed25519 = ed25519;
        this.mlDsa65 = mlDsa65;
        this.publicKeys = publicKeys;
        this.certificate = certificate;
    }

    public static SecretKeys generate(SecureRandom random) {
        byte[] seed = new byte[MlDsa65SecretKey.SEED_LENGTH];
        random.nextBytes(seed);
        return new SecretKeys(Ed25519SecretKey.generate(random), new MlDsa65SecretKey(seed));
    }

    /** Rebuilds the pair; whoever stored the seeds MUST compare {@link #publicKeys()} with the card's. */
    public static SecretKeys ofSeeds(byte[] ed25519Seed, byte[] mlDsa65Seed) {
        return new SecretKeys(Ed25519SecretKey.ofSeed(ed25519Seed), new MlDsa65SecretKey(mlDsa65Seed));
    }

    /**
     * The same keys, which from now on sign statements under the certificate with this SHA-256 thumbprint, or under none.
     *
     * @param thumbprint {@link org.entente.evidence.certificate.CertificateChain#thumbprint()} of the card's chain
     */
    public SecretKeys under(Optional<Digest> thumbprint) {
        return new SecretKeys(ed25519, mlDsa65, publicKeys, thumbprint);
    }

    /** The thumbprint of the certificate under which these keys sign statements. */
    public Optional<Digest> certificate() {
        return certificate;
    }

    public PublicKeys publicKeys() {
        return publicKeys;
    }

    public byte[] signEd25519(byte[] message) {
        return ed25519.sign(message);
    }

    public byte[] signMlDsa65(byte[] message) {
        return mlDsa65.sign(message);
    }

    public byte[] ed25519Seed(SeedAccess access) {
        return ed25519.seed(access);
    }

    public byte[] mlDsa65Seed(SeedAccess access) {
        return mlDsa65.seed();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretKeys that && ed25519.equals(that.ed25519) && mlDsa65.sameAs(that.mlDsa65);
    }

    @Override
    public int hashCode() {
        return publicKeys.hashCode();
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
