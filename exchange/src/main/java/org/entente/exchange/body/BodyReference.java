package org.entente.exchange.body;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What a statement says about the body that travels beside it. Nobody learns anything about the plaintext from it, not
 * even by guessing, once the body is erased: the salt stands inside the body and nowhere else.
 *
 * @param ciphertext SHA-256 of the encrypted file, 64 lower-case hexadecimal digits; also the file's name at rest
 * @param bytes length of the encrypted file, at least 1
 * @param commitment the salted commitment to the plaintext, 64 lower-case hexadecimal digits:
 *     {@code SHA-256("entente.body-commitment.v1" ‖ 0x00 ‖ salt ‖ SHA-256(content))}, salt of 32 bytes
 */
public record BodyReference(String ciphertext, long bytes, String commitment) {
    static final int SALT_BYTES = 32;

    private static final byte[] DOMAIN = "entente.body-commitment.v1\0".getBytes(StandardCharsets.US_ASCII);

    public BodyReference {
        requireDigest(ciphertext);
        requireDigest(commitment);
        if (bytes < 1) {
            throw new IllegalArgumentException("a body has at least one byte, not " + bytes);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime lacks SHA-256", e);
        }
    }

    static String commitment(byte[] salt, byte[] contentDigest) {
        MessageDigest hash = sha256();
        hash.update(DOMAIN);
        hash.update(salt);
        return hexadecimal(hash.digest(contentDigest));
    }

    static String hexadecimal(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static void requireDigest(String digest) {
        if (!digest.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256 digest: " + digest);
        }
    }
}
