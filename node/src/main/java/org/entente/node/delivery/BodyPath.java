package org.entente.node.delivery;

import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.node.body.PartialBodies;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a body is brought to: {@code /v1/bodies/} and its digest, and for a piece of it
 * {@code /} its total length, {@code /} the piece's offset, {@code /} the piece's digest; and what is answered.
 *
 * @param piece absent for the body as a whole
 */
record BodyPath(Digest body, Optional<PartialBodies.Piece> piece) {
    static final String BODIES = "/v1/bodies/";

    private static final String WHOLE = "whole";
    private static final String PART = "part";
    private static final String NUMBER = "0|[1-9][0-9]{0,15}";
    private static final int ANSWER_BYTES_MAX = 1 << 12;

    /** @throws Malformed {@code body.path-malformed} */
    static BodyPath parse(String path) throws Malformed {
        String[] parts = path.substring(BODIES.length()).split("/", -1);
        Digest body = Digest.parse(parts[0]);
        if (parts.length == 1) {
            return new BodyPath(body, Optional.empty());
        }
        if (parts.length != 4 || !parts[1].matches(NUMBER) || !parts[2].matches(NUMBER)) {
            throw malformed();
        }
        return new BodyPath(
                body,
                Optional.of(new PartialBodies.Piece(
                        body, Long.parseLong(parts[1]), Long.parseLong(parts[2]), Digest.parse(parts[3]))));
    }

    static Malformed malformed() {
        return new Malformed("body.path-malformed");
    }

    static String of(PartialBodies.Piece piece) {
        return BODIES + piece.body().hex() + "/" + piece.total() + "/" + piece.offset() + "/"
                + piece.digest().hex();
    }

    static ObjectNode json(PartialBodies.Standing standing) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("held", standing.held())
                .put("stage", standing.complete() ? WHOLE : PART);
    }

    static PartialBodies.Standing readStanding(byte[] answer) throws Malformed {
        Members members = Members.of(CanonicalJson.parse(answer, ANSWER_BYTES_MAX), "");
        long held = members.integer("held", 0, CanonicalJson.INTEGER_MAX);
        String stage = members.text("stage");
        members.end();
        if (!stage.equals(WHOLE) && !stage.equals(PART)) {
            throw malformed();
        }
        return new PartialBodies.Standing(held, stage.equals(WHOLE));
    }
}
