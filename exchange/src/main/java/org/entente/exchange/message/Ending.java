package org.entente.exchange.message;

import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.Role;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The end of what was made for comparing. It only takes away, so it has its effect while the memorandum rests, too. */
public sealed interface Ending extends Message {

    /** Why an epoch has ended. */
    enum Why implements Word {
        /** The moment has come that its announcement named. */
        TERM("term"),
        /** The memorandum has ended. */
        MEMORANDUM("memorandum"),
        /** An officer of the holder has ended it, and approves this statement. */
        OFFICER("officer"),
        /** The holder no longer has the key. */
        KEY_LOST("key-lost");

        private final String word;

        Why(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /**
     * The holder of an index has destroyed the key of its epoch; nothing is evaluated under it any more.
     *
     * @param index the announcement of the whole list
     * @param publicKey of the key that was destroyed, 32 bytes as base64url
     */
    record EpochEnded(Digest index, String publicKey, Why why) implements Ending {
        public EpochEnded {
            Fields.require(publicKey.matches("[A-Za-z0-9_-]{43}"), "a public key has 32 bytes");
        }

        @Override
        public Kind kind() {
            return Kind.EPOCH_ENDED;
        }

        /** Officers approve what they order; what had to come, the node says by itself. */
        @Override
        public Set<Role> approvers() {
            return why == Why.OFFICER ? kind().approvers() : Set.of();
        }

        @Override
        public ObjectNode content() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("index", index.hex())
                    .put("publicKey", publicKey)
                    .put("why", why.word());
        }

        static EpochEnded read(Members members) throws Malformed {
            return new EpochEnded(
                    members.digest("index"),
                    Fields.bytes(members, "publicKey", 32, 32),
                    Fields.word(Why.class, members, "why"));
        }
    }

    /**
     * The reader of a shared index has erased its copy, in all generations.
     *
     * @param index the announcement of the whole list
     * @param generations how many generations it had, the whole list included
     */
    record IndexErased(Digest index, int generations) implements Ending {
        public IndexErased {
            Fields.require(
                    generations >= 1 && generations <= Comparison.IndexCommitment.GENERATIONS_MAX + 1,
                    "an epoch has 1 to 1,025 generations");
        }

        @Override
        public Kind kind() {
            return Kind.INDEX_ERASED;
        }

        @Override
        public ObjectNode content() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("index", index.hex())
                    .put("generations", generations);
        }

        static IndexErased read(Members members) throws Malformed {
            return new IndexErased(members.digest("index"), (int)
                    members.integer("generations", 1, Comparison.IndexCommitment.GENERATIONS_MAX + 1));
        }
    }
}
