package org.entente.evidence.card;

import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two public keys under which one signer's documents are verified, both always: Ed25519, which decades of analysis
 * support, and ML-DSA-65, which a quantum computer does not break.
 */
public record PublicKeys(Ed25519PublicKey ed25519, MlDsa65PublicKey mlDsa65) {
    /**
     * The name of this pair in a statement's header: unpadded base64url of the framed SHA-256 (domain
     * {@code entente-key/1}) of both keys' bytes, 43 characters.
     */
    public String kid() {
        return Base64Text.url(
                Digest.framed("entente-key/1", ed25519.bytes(), mlDsa65.bytes()).bytes());
    }

    /** {@code {"ed25519": base64url, "mlDsa65": base64url}}. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ed25519", ed25519.text())
                .put("mlDsa65", mlDsa65.text());
    }

    /** Reads the object that {@link #json()} writes; both keys are required. */
    public static PublicKeys read(Members members) throws Malformed {
        if (!members.has("ed25519") || !members.has("mlDsa65")) {
            throw new Malformed("key.algorithm-missing");
        }
        PublicKeys keys = new PublicKeys(
                Ed25519PublicKey.parse(members.text("ed25519")), MlDsa65PublicKey.parse(members.text("mlDsa65")));
        members.end();
        return keys;
    }
}
