package org.entente.evidence.bundle;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.time.TimeStamp;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A checkpoint of a log for which somebody else than its two parties vouches: a witness, who cosigned it, or a time-stamp
 * authority. It is of the same tree as the bundle's checkpoint or of an earlier one, and covers the statements below its
 * size.
 *
 * @param checkpoint the note: signed by the log, with the cosignatures that there are
 * @param consistency the proof of RFC 9162 from this checkpoint to the one of the bundle
 * @param stamps tokens of RFC 3161 over the checkpoint's text; each at most {@link TimeStamp#BYTES_MAX} bytes
 */
public record LogAnchor(String checkpoint, List<Digest> consistency, List<byte[]> stamps) {
    private static final int STAMPS_MAX = 8;

    public LogAnchor {
        consistency = List.copyOf(consistency);
        stamps = List.copyOf(stamps);
    }

    /** The anchor as a bundle and the peer link carry it. */
    public ObjectNode json() {
        ObjectNode anchor = JsonNodeFactory.instance.objectNode().put("checkpoint", checkpoint);
        ArrayNode path = anchor.putArray("path");
        consistency.forEach(hash -> path.add(hash.hex()));
        ArrayNode tokens = anchor.putArray("stamps");
        stamps.forEach(token -> tokens.add(Base64Text.padded(token)));
        return anchor;
    }

    /** Reads the object that {@link #json()} writes. */
    public static LogAnchor read(Members anchor) throws Malformed {
        String checkpoint = anchor.text("checkpoint");
        List<Digest> consistency = LogEvidence.path(anchor);
        List<byte[]> stamps = new ArrayList<>();
        for (JsonNode token : anchor.array("stamps", 0, STAMPS_MAX)) {
            stamps.add(Base64Text.parsePadded(token.isString() ? token.stringValue() : ""));
        }
        anchor.end();
        return new LogAnchor(checkpoint, consistency, stamps);
    }
}
