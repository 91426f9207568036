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
 * @param anchors what others than the two parties say about the log, from its smaller checkpoints to its larger ones
 */
public record LogEvidence(String origin, String checkpoint, List<InclusionProof> inclusions, List<LogAnchor> anchors) {
    /** Greatest number of anchors of one log. */
    public static final int ANCHORS_MAX = 64;

    static final int PATH_MAX = 63;

    public LogEvidence {
        inclusions = List.copyOf(inclusions);
        anchors = List.copyOf(anchors);
    }

    /** A log for which the two parties alone vouch. */
    public LogEvidence(String origin, String checkpoint, List<InclusionProof> inclusions) {
        this(origin, checkpoint, inclusions, List.of());
    }

    ObjectNode json() {
        ObjectNode log =
                JsonNodeFactory.instance.objectNode().put("origin", origin).put("checkpoint", checkpoint);
        ArrayNode array = log.putArray("inclusions");
        for (InclusionProof inclusion : inclusions) {
            ArrayNode path = array.addObject().put("index", inclusion.index()).putArray("path");
            inclusion.path().forEach(hash -> path.add(hash.hex()));
        }
        if (!anchors.isEmpty()) {
            ArrayNode anchorArray = log.putArray("anchors");
            anchors.forEach(anchor -> anchorArray.add(anchor.json()));
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
            inclusions.add(new InclusionProof(index, path(inclusion)));
            inclusion.end();
        }
        List<LogAnchor> anchors = new ArrayList<>();
        if (log.has("anchors")) {
            for (JsonNode node : log.array("anchors", 1, ANCHORS_MAX)) {
                anchors.add(LogAnchor.read(Members.of(node, "anchors")));
            }
        }
        log.end();
        return new LogEvidence(origin, checkpoint, inclusions, anchors);
    }

    static List<Digest> path(Members proof) throws Malformed {
        List<Digest> path = new ArrayList<>();
        for (JsonNode hash : proof.array("path", 0, PATH_MAX)) {
            path.add(Digest.parse(hash.isString() ? hash.stringValue() : ""));
        }
        return path;
    }
}
