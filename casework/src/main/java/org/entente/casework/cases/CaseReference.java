package org.entente.casework.cases;

import java.nio.charset.StandardCharsets;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;

/**
 * What an authority calls a case: its own number, which names no person and never leaves its party.
 *
 * @param text 1 to 64 letters, digits, space, point, hyphen or slash, beginning and ending with a letter or digit
 */
public record CaseReference(String text) {
    public static final int SALT_BYTES = 32;

    private static final String FORM = "[\\p{L}\\p{N}]([\\p{L}\\p{N} ./-]{0,62}[\\p{L}\\p{N}])?";

    public CaseReference {
        if (!text.matches(FORM)) {
            throw new IllegalArgumentException("not a case reference");
        }
    }

    /** Refuses with {@code casework.reference-malformed}. */
    public static CaseReference parse(String text) throws Malformed {
        if (!text.matches(FORM)) {
            throw new Malformed("casework.reference-malformed");
        }
        return new CaseReference(text);
    }

    /**
     * What statements carry instead: framed SHA-256 (domain {@code entente-case/1}) of the salt and the UTF-8 reference.
     * The same for every statement of a case, and without the salt nobody can try out references.
     *
     * @param salt 32 random bytes, drawn once for each case and partner, so that two partners cannot compare cases either
     */
    public Digest digest(byte[] salt) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes, not " + salt.length);
        }
        return Digest.framed("entente-case/1", salt, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return text;
    }
}
