package org.entente.evidence.card;

import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Malformed;

/**
 * An Ed25519 public key (RFC 8032), 32 bytes.
 *
 * <p>Verifiers of Ed25519 differ in the corner cases, and evidence that two honest verifiers judge differently is none.
 * The criteria here leave no corner: the key A and the signature's R are canonical encodings of points in the prime-order
 * subgroup and not the identity, S is below the group order, and SB = R + kA. Every signature that passes is accepted by
 * all the verifiers compared in <a href="https://hdevalence.ca/blog/2020-10-04-its-25519am">Henry de Valence's survey</a>.
 *
 * <p>R is checked apart because BouncyCastle's verification multiplies the equation by a scalar that it chooses for
 * speed (Pornin, "Optimized lattice basis reduction", 2020), and by an even one for some messages: a low-order component of
 * R would pass or not by chance. Once A and R are in the prime-order subgroup every such multiple says the same.
 */
public final class Ed25519PublicKey implements VerificationKey {
    /** Length of the key in bytes. */
    public static final int LENGTH = 32;

    /** Length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 64;

    private final byte[] bytes;
    private final Ed25519.PublicPoint point;

    private Ed25519PublicKey(byte[] bytes, Ed25519.PublicPoint point) {
        this.bytes = bytes;
        this.point = point;
    }

    /** Reads 32 bytes; refuses non-canonical encodings, points off the curve and points outside the prime-order subgroup. */
    public static Ed25519PublicKey parse(byte[] bytes) throws Malformed {
        byte[] copy = bytes.clone();
        Ed25519.PublicPoint point = copy.length == LENGTH ? Ed25519.validatePublicKeyFullExport(copy, 0) : null;
        if (point == null) {
            throw new Malformed("key.ed25519-refused");
        }
        return new Ed25519PublicKey(copy, point);
    }

    /** Reads unpadded base64url. */
    public static Ed25519PublicKey parse(String text) throws Malformed {
        return parse(Base64Text.parseUrl(text));
    }

    /** Not constant-time: everything here is public. */
    @Override
    public boolean verifies(byte[] message, byte[] signature) {
        return signature.length == SIGNATURE_LENGTH
                && Ed25519.validatePublicKeyFull(signature, 0)
                && Ed25519.verify(signature, 0, point, message, 0, message.length);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Unpadded base64url. */
    public String text() {
        return Base64Text.url(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ed25519PublicKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return text();
    }
}
