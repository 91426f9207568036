package org.entente.evidence.bundle;

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

/**
 * One party's log as a bundle shows it.
 *
 * @param origin the log's name; see {@link org.entente.evidence.log.LogNames#relationship}
 * @param checkpoint the note: signed by the log, cosigned by the counterpart
 * @param inclusions for each statement of the bundle, in the bundle's order, where it stands in the log
 */
public record LogEvidence(String origin, String checkpoint, List<InclusionProof> inclusions) {
    private static final int PATH_MAX = 63;

    public LogEvidence {
        inclusions = List.copyOf(inclusions);
    }

    ObjectNode json() {
        ObjectNode log =
                JsonNodeFactory.instance.objectNode().put("origin", origin).put("checkpoint", checkpoint);
        ArrayNode array = log.putArray("inclusions");
        for (InclusionProof inclusion : inclusions) {
            ArrayNode path = array.addObject().put("index", inclusion.index()).putArray("path");
            inclusion.path().forEach(hash -> path.add(hash.hex()));
        }
        return log;
    }

    static LogEvidence read(Members log, int statements) throws Malformed {
        String origin = log.text("origin");
        String checkpoint = log.text("checkpoint");
        List<InclusionProof> inclusions = new ArrayList<>();
        for (JsonNode node : log.array("inclusions", statements, statements)) {
            Members inclusion = Members.of(node, "inclusions");
            long index = inclusion.integer("index", 0, Long.MAX_VALUE);
            List<Digest> path = new ArrayList<>();
            for (JsonNode hash : inclusion.array("path", 0, PATH_MAX)) {
                path.add(Digest.parse(hash.isString() ? hash.stringValue() : ""));
            }
            inclusion.end();
            inclusions.add(new InclusionProof(index, path));
        }
        log.end();
        return new LogEvidence(origin, checkpoint, inclusions);
    }
}
