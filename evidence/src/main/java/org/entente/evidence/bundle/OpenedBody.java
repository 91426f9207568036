package org.entente.evidence.bundle;

import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The content of a body that a statement names, in the clear, with the salt that shows that it is what its sender committed to.
 *
 * @param statement that names the body
 * @param ciphertext by which the statement names it
 * @param salt of the commitment
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by what it is a body of, never by its bytes.
public record OpenedBody(Digest statement, Digest ciphertext, byte[] salt, byte[] content) {
    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("statement", statement.hex())
                .put("ciphertext", ciphertext.hex())
                .put("salt", Base64Text.padded(salt))
                .put("content", Base64Text.padded(content));
    }

    static OpenedBody read(Members body) throws Malformed {
        OpenedBody read = new OpenedBody(
                body.digest("statement"),
                body.digest("ciphertext"),
                Base64Text.parsePadded(body.text("salt")),
                Base64Text.parsePadded(body.text("content")));
        body.end();
        return read;
    }
}
