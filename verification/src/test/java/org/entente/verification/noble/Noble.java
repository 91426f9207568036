package org.entente.verification.noble;

import java.io.IOException;
import org.entente.verification.npm.NodeScript;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The libraries of noble under Node.js: a script of ours reads and signs with them.
 *
 * @param script reads what is asked, one after another
 */
record Noble(NodeScript script) {
    static Noble install() throws IOException, InterruptedException {
        return new Noble(NodeScript.install(Noble.class, "noble"));
    }

    /** Has each case judged: what is said of each of its signatures. */
    JsonNode verify(ArrayNode cases) throws IOException, InterruptedException {
        return script.run("verify", cases);
    }

    /** Has each order signed. */
    JsonNode sign(ArrayNode orders) throws IOException, InterruptedException {
        return script.run("sign", orders);
    }

    /** Has the doubles of these bits, 16 hexadecimal digits each, printed by ECMAScript. */
    JsonNode print(ArrayNode bits) throws IOException, InterruptedException {
        return script.run("print", bits);
    }
}
