package org.entente.evidence.succession;

import java.time.Instant;
import java.util.Locale;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A party's log of a relationship ends where it is, and goes on under the name of its next incarnation: the content of a
 * statement of kind {@code log-reopened}. Whether it counts is judged by {@link Reopening}.
 *
 * @param origin the incarnation that is closed: nothing is signed under this name any more
 * @param next the one that takes its place
 * @param place where this declaration stands in the next one
 * @param keeps the leading entries that stand in the next one as they stood in the closed one
 * @param closed the newest head of the closed one that the counterpart has cosigned; of size 0 if there is none
 * @param reason why the closed one cannot be gone on with
 */
public record LogReopened(String origin, String next, long place, Extent keeps, Extent closed, Reason reason) {
    public static final String KIND = "log-reopened";

    /** The first entries of a log, by their root. */
    public record Extent(long size, Digest root) {
        public static final Extent NOTHING = new Extent(0, MerkleHash.empty());

        public static Extent of(Checkpoint head) {
            return new Extent(head.size(), head.root());
        }

        ObjectNode json() {
            return JsonNodeFactory.instance.objectNode().put("size", size).put("root", root.hex());
        }

        static Extent read(Members members) throws Malformed {
            Extent extent = new Extent(members.integer("size", 0, CanonicalJson.INTEGER_MAX), members.digest("root"));
            members.end();
            if (extent.size == 0 && !extent.equals(NOTHING)) {
                throw new Malformed("checkpoint.empty-root");
            }
            return extent;
        }
    }

    /** What stands in the way of going on with a log. */
    public enum Reason {
        /** Statements that were exchanged stood in no head that was cosigned. */
        TAIL_UNWITNESSED,
        /** The counterpart cosigned entries that it has not read. */
        MIRROR_SHORT,
        /** The bytes of a statement that the log names are nowhere. */
        STATEMENT_MISSING,
        /** A statement that the log names does not verify. */
        STATEMENT_REFUSED,
        /** Other entries were shown at the same places. */
        DIVERGED,
        /** The head that was cosigned is of another history than what is here. */
        OTHER_HISTORY,
        /** What the counterpart keeps does not give the root that it cosigned. */
        ROOT_OTHER;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        private static Reason parse(String word) throws Malformed {
            for (Reason reason : values()) {
                if (reason.word().equals(word)) {
                    return reason;
                }
            }
            throw new Malformed("reopening.reason-unknown");
        }
    }

    public LogReopened {
        if (!isCoherent(place, keeps, closed)) {
            throw new IllegalArgumentException("not what a log can keep");
        }
    }

    private static boolean isCoherent(long place, Extent keeps, Extent closed) {
        return place >= keeps.size && (keeps.size != closed.size || keeps.root.equals(closed.root));
    }

    /** How many entries that were cosigned do not stand at their places any more. */
    public long lost() {
        return Math.max(0, closed.size - keeps.size);
    }

    public StatementDraft draft(PartyCode owner, PartyCode counterpart, Instant at) {
        return StatementDraft.of(KIND, owner, at, content()).addressedTo(counterpart);
    }

    public ObjectNode content() {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("origin", origin)
                .put("next", next)
                .put("place", place);
        content.set("keeps", keeps.json());
        content.set("closed", closed.json());
        return content.put("reason", reason.word());
    }

    public static LogReopened read(Members content) throws Malformed {
        String origin = name(content, "origin");
        String next = name(content, "next");
        long place = content.integer("place", 0, CanonicalJson.INTEGER_MAX);
        Extent keeps = Extent.read(content.members("keeps"));
        Extent closed = Extent.read(content.members("closed"));
        Reason reason = Reason.parse(content.text("reason"));
        if (!isCoherent(place, keeps, closed)) {
            throw new Malformed("reopening.contradictory");
        }
        return new LogReopened(origin, next, place, keeps, closed, reason);
    }

    private static String name(Members content, String member) throws Malformed {
        String name = content.text(member);
        if (!NoteKey.wellNamed(name)) {
            throw new Malformed("reopening.name-malformed");
        }
        return name;
    }

    /** Reads what a verified statement of this kind says. */
    public static LogReopened read(Statement statement) throws Malformed {
        Members content = Members.of(statement.content(), "content");
        LogReopened read = read(content);
        content.end();
        return read;
    }
}
