package org.entente.node.delivery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.SignedNote;
import tools.jackson.databind.JsonNode;

/** What a partner gives back of this node's log, as it came: nothing of it is believed yet. */
final class Returned {
    private Returned() {}

    /**
     * The newest head that the partner says it has cosigned, how many entries it keeps, and what else it has of the
     * relationship.
     */
    record Head(Optional<String> checkpoint, long mirrored, List<Digest> beyond) {
        static final Head NONE = new Head(Optional.empty(), 0, List.of());

        /** Which incarnation of the log the head names; it MUST name one. */
        String origin() throws Malformed {
            return Checkpoint.parse(SignedNote.parse(checkpoint.orElseThrow()).text())
                    .origin();
        }

        static Head read(byte[] bytes) throws Malformed {
            Members members = Members.of(CanonicalJson.parse(bytes, KeptDesk.ANSWER_BYTES_MAX), "kept");
            Head head = new Head(
                    members.has("checkpoint") ? Optional.of(members.text("checkpoint")) : Optional.empty(),
                    members.integer("mirrored", 0, CanonicalJson.INTEGER_MAX),
                    digests(members, "beyond", KeptDesk.BEYOND_MAX));
            members.end();
            return head;
        }
    }

    static List<Digest> readEntries(byte[] bytes) throws Malformed {
        Members members = Members.of(CanonicalJson.parse(bytes, KeptDesk.ANSWER_BYTES_MAX), "kept");
        List<Digest> entries = digests(members, "statements", KeptDesk.ENTRIES_MAX);
        members.end();
        return entries;
    }

    /** Statements, and which of them the partner had refused. */
    record Statements(List<JsonNode> documents, Set<Digest> refused) {
        static Statements read(byte[] bytes) throws Malformed {
            Members members = Members.of(CanonicalJson.parse(bytes, KeptDesk.ANSWER_BYTES_MAX), "kept");
            List<JsonNode> documents = new ArrayList<>();
            for (JsonNode document : members.array("statements", 0, KeptDesk.STATEMENTS_MAX)) {
                documents.add(document);
            }
            Statements statements =
                    new Statements(documents, new HashSet<>(digests(members, "refused", KeptDesk.STATEMENTS_MAX)));
            members.end();
            return statements;
        }
    }

    private static List<Digest> digests(Members members, String name, int most) throws Malformed {
        List<Digest> digests = new ArrayList<>();
        for (JsonNode hex : members.array(name, 0, most)) {
            digests.add(Digest.parse(hex.asString("")));
        }
        return digests;
    }
}
