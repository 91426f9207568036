package org.entente.exchange.body;

import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a statement says about the body that travels beside it. Nobody learns anything about the plaintext from it, not
 * even by guessing, once the body is erased: the salt stands inside the body and nowhere else.
 *
 * @param ciphertext SHA-256 of the encrypted file, which is also the file's name at rest
 * @param bytes length of the encrypted file, 1 to 2^53 - 1
 * @param commitment the salted commitment to the plaintext:
 *     {@code SHA-256("entente.body-commitment.v1" ‖ 0x00 ‖ salt ‖ SHA-256(content))}, salt of 32 bytes
 */
public record BodyReference(Digest ciphertext, long bytes, Digest commitment) {
    public BodyReference {
        if (bytes < 1 || bytes > CanonicalJson.INTEGER_MAX) {
            throw new IllegalArgumentException("a body has 1 to 2^53 - 1 bytes, not " + bytes);
        }
    }

    /** {@code {"bytes": number, "ciphertext": hexadecimal, "commitment": hexadecimal}}. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ciphertext", ciphertext.hex())
                .put("bytes", bytes)
                .put("commitment", commitment.hex());
    }

    /** Reads the object that {@link #json()} writes. */
    public static BodyReference read(Members members) throws Malformed {
        BodyReference reference = new BodyReference(
                members.digest("ciphertext"),
                members.integer("bytes", 1, CanonicalJson.INTEGER_MAX),
                members.digest("commitment"));
        members.end();
        return reference;
    }
}
