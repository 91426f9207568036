package org.entente.exchange.body;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Locale;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.SeedAccess;

/**
 * The secret key that opens bodies: a seed of 32 bytes, {@code AGE-SECRET-KEY-PQ-1…}. It prints as {@code [redacted]};
 * {@link #text} is the one way to it, for who holds the token.
 */
public final class BodyIdentity {
    static final String PREFIX = "AGE-SECRET-KEY-PQ-";

    private final byte[] seed;
    private final BodyRecipient recipient;

    private BodyIdentity(byte[] seed) {
        this.seed = seed;
        this.recipient = BodyRecipient.ofSeed(seed);
    }

    /** A new key: 32 bytes of the given randomness. */
    public static BodyIdentity generate(SecureRandom random) {
        byte[] seed = new byte[HybridKem.SEED_BYTES];
        random.nextBytes(seed);
        return new BodyIdentity(seed);
    }

    /** The key that a key store holds as 32 raw bytes. */
    public static BodyIdentity ofSeed(byte[] seed) {
        if (seed.length != HybridKem.SEED_BYTES) {
            throw new IllegalArgumentException("a seed has 32 bytes, not " + seed.length);
        }
        return new BodyIdentity(seed.clone());
    }

    /**
     * Reads {@code AGE-SECRET-KEY-PQ-1…}.
     *
     * @throws Malformed {@code body.identity-malformed}; the text is never repeated in the problem
     */
    public static BodyIdentity parse(String text) throws Malformed {
        byte[] seed = Bech32.decode(PREFIX.toLowerCase(Locale.ROOT), text)
                .filter(content -> content.length == HybridKem.SEED_BYTES)
                .orElseThrow(() -> new Malformed("body.identity-malformed"));
        return new BodyIdentity(seed);
    }

    public BodyRecipient recipient() {
        return recipient;
    }

    /** The secret as text, upper case, {@code AGE-SECRET-KEY-PQ-1…}. */
    public String text(SeedAccess access) {
        return Bech32.encode(PREFIX.toLowerCase(Locale.ROOT), seed).toUpperCase(Locale.ROOT);
    }

    byte[] seed() {
        return seed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BodyIdentity that && MessageDigest.isEqual(seed, that.seed);
    }

    @Override
    public int hashCode() {
        return recipient.hashCode();
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
