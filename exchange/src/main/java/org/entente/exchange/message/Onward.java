package org.entente.exchange.message;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.memorandum.item.Purpose;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a receiver tells the originator of what it does with an item, so that both know where the item went and it can be called back from
 * there. It hands over nothing, so it is heard while the memorandum rests, too.
 */
public sealed interface Onward extends Message {

    /**
     * The content of a released item leaves the receiver's node in a file.
     *
     * @param release the statement by which the item came
     * @param caseDigest the salted digest of the receiver's case for which it leaves
     */
    record ItemExported(Digest release, Purpose purpose, Digest caseDigest, SentDecision sent) implements Onward {

        @Override
        public Kind kind() {
            return Kind.ITEM_EXPORTED;
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(release);
        }

        @Override
        public Optional<SentDecision> decision() {
            return Optional.of(sent);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = JsonNodeFactory.instance
                    .objectNode()
                    .put("answers", release.hex())
                    .put("purpose", purpose.code())
                    .put("case", caseDigest.hex());
            content.set("decision", sent.json());
            return content;
        }

        static ItemExported read(Members members) throws Malformed {
            return new ItemExported(
                    members.digest("answers"),
                    Purpose.parse(members.text("purpose")),
                    members.digest("case"),
                    SentDecision.read(members.members("decision")));
        }
    }

    /** The day from which the retention of a released item counts, in both nodes alike: that of its release, which is the day of its decision. */
    static LocalDate receivedOn(Handover.ItemReleased released) throws Malformed {
        Instant at = UtcSeconds.parse(released.sent().actJson().path("at").asString(""));
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
