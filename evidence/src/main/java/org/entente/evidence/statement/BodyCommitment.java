package org.entente.evidence.statement;

import java.nio.charset.StandardCharsets;
import org.entente.evidence.canonical.Digest;

/**
 * How a statement commits its sender to the content of a body without showing it: whoever is given salt and content can see that they are
 * what was committed to, and whoever is not learns nothing from the digest, however few contents are possible.
 *
 * <p>{@code SHA-256("entente.body-commitment.v1" ‖ 0x00 ‖ salt ‖ SHA-256(content))}
 */
public final class BodyCommitment {
    /** Length of a salt in bytes. */
    public static final int SALT_BYTES = 32;

    private static final byte[] DOMAIN = "entente.body-commitment.v1\0".getBytes(StandardCharsets.US_ASCII);

    private BodyCommitment() {}

    /**
     * The commitment to a content.
     *
     * @param salt {@value #SALT_BYTES} bytes
     * @param content its SHA-256
     */
    public static Digest of(byte[] salt, Digest content) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has 32 bytes, not " + salt.length);
        }
        return Digest.of(DOMAIN, salt, content.bytes());
    }
}
