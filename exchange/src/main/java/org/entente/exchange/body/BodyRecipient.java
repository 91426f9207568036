package org.entente.exchange.body;

import java.security.MessageDigest;
import java.util.Arrays;
import org.entente.evidence.canonical.Malformed;

/**
 * The public key that bodies for one authority are encrypted to: {@code age1pq1…}, an ML-KEM-768 key followed by an
 * X25519 key, 1,216 bytes (C2SP age, “The MLKEM768-X25519 hybrid post-quantum recipient type”).
 */
public final class BodyRecipient {
    static final String PREFIX = "age1pq";

    private final byte[] publicKey;

    private BodyRecipient(byte[] publicKey) {
        this.publicKey = publicKey;
    }

    /**
     * Reads {@code age1pq1…}.
     *
     * @throws Malformed {@code body.recipient-malformed}: not Bech32, another kind of key, or not a reduced ML-KEM key
     */
    public static BodyRecipient parse(String text) throws Malformed {
        return of(Bech32.decode(PREFIX, text).orElseThrow(() -> new Malformed("body.recipient-malformed")));
    }

    /**
     * Takes the 1,216 bytes of the key, as a party card holds them.
     *
     * @throws Malformed {@code body.recipient-malformed}
     */
    public static BodyRecipient of(byte[] publicKey) throws Malformed {
        if (!HybridKem.isPublicKey(publicKey)) {
            throw new Malformed("body.recipient-malformed");
        }
        return new BodyRecipient(publicKey.clone());
    }

    /** The recipient of a key that was just expanded, and therefore needs no check. */
    static BodyRecipient ofSeed(byte[] seed) {
        return new BodyRecipient(HybridKem.publicKey(seed));
    }

    /** The 1,216 bytes of the key. */
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BodyRecipient that && MessageDigest.isEqual(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }

    /** {@code age1pq1…} */
    @Override
    public String toString() {
        return Bech32.encode(PREFIX, publicKey);
    }
}
