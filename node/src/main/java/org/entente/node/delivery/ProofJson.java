package org.entente.node.delivery;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.log.InclusionProof;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Where a statement stands in a partner's log, as it stands on the wire. */
public record ProofJson(Digest statement, InclusionProof proof) {
    private static final int PATH_MAX = 63;

    static ObjectNode write(String statement, InclusionProof proof) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("statement", statement)
                .put("index", proof.index());
        ArrayNode path = json.putArray("path");
        proof.path().forEach(hash -> path.add(hash.hex()));
        return json;
    }

    static ProofJson read(JsonNode node) throws Malformed {
        Members members = Members.of(node, "proof");
        Digest statement = members.digest("statement");
        long index = members.integer("index", 0, Long.MAX_VALUE);
        List<Digest> path = new ArrayList<>();
        for (JsonNode hash : members.array("path", 0, PATH_MAX)) {
            path.add(Digest.parse(hash.asString("")));
        }
        members.end();
        return new ProofJson(statement, new InclusionProof(index, path));
    }
}
