package org.entente.node.officer;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.entente.evidence.canonical.Digest;

/**
 * A bearer token: 32 random bytes as text, shown once. The node keeps its SHA-256 alone; with 256 bits of randomness
 * behind it a slow hash would add nothing.
 */
public record Token(String text) {
    private static final int BYTES = 32;

    public static Token generate(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Token("ent_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public Digest hash() {
        return Digest.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "[redacted]";
    }
}
