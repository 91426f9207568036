package org.entente.evidence.card;

import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The two public keys with which a party cosigns the checkpoints of other parties' logs, both always. ML-DSA-44 is the
 * algorithm that C2SP tlog-cosignature names beside Ed25519.
 */
public record CosigningKeys(Ed25519PublicKey ed25519, MlDsa44PublicKey mlDsa44) {
    /** {@code {"ed25519": base64url, "mlDsa44": base64url}}. */
    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ed25519", ed25519.text())
                .put("mlDsa44", mlDsa44.text());
    }

    /** Reads the object that {@link #json()} writes; both keys are required. */
    static CosigningKeys read(Members members) throws Malformed {
        if (!members.has("ed25519") || !members.has("mlDsa44")) {
            throw new Malformed("key.cosigning-algorithm-missing");
        }
        CosigningKeys keys = new CosigningKeys(
                Ed25519PublicKey.parse(members.text("ed25519")), MlDsa44PublicKey.parse(members.text("mlDsa44")));
        members.end();
        return keys;
    }
}
