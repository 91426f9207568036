package org.entente.exchange.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
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

    /** Why bodies were erased. */
    enum Cause implements Word {
        /** The last day has passed that the retention of a released item gives. */
        RETENTION_ENDED("retention-ended"),
        /** Every item that was released on a request was erased, or may be. */
        REQUEST_OVER("request-over"),
        /** A proceeding between the two authorities ended in its erasure: it was called back, or found wrong. */
        PROCEEDING("proceeding");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /**
     * The receiver of these statements has destroyed their bodies, and what it had taken from them, before it said so.
     *
     * @param erased 1 to {@value #STATEMENTS_MAX}, each statement once, in ascending order
     */
    record ErasureAttested(List<Erased> erased) implements Ending {
        public static final int STATEMENTS_MAX = 256;
        /** A released item and its files. */
        public static final int BODIES_MAX = 1 + Handover.ItemReleased.FILES_MAX;

        public ErasureAttested {
            erased = List.copyOf(erased);
            Fields.require(
                    !erased.isEmpty()
                            && erased.size() <= STATEMENTS_MAX
                            && ascend(erased.stream()
                                    .map(one -> one.statement().hex())
                                    .toList()),
                    "1 to 256 statements are named, each once, in ascending order");
        }

        /**
         * All bodies of one statement.
         *
         * @param bodies their ciphertexts' digests, each once, in ascending order
         */
        public record Erased(Digest statement, Cause why, List<Digest> bodies) {
            public Erased {
                bodies = List.copyOf(bodies);
                Fields.require(
                        !bodies.isEmpty()
                                && bodies.size() <= BODIES_MAX
                                && ascend(bodies.stream().map(Digest::hex).toList()),
                        "1 to 17 bodies are named, each once, in ascending order");
            }

            private static Erased read(Members members) throws Malformed {
                Digest statement = members.digest("statement");
                Cause why = Fields.word(Cause.class, members, "why");
                List<Digest> bodies = new ArrayList<>();
                for (JsonNode body : members.array("bodies", 1, BODIES_MAX)) {
                    bodies.add(Digest.parse(body.asString("")));
                }
                members.end();
                requireAscending(bodies.stream().map(Digest::hex).toList(), "bodies");
                return new Erased(statement, why, bodies);
            }
        }

        private static boolean ascend(List<String> all) {
            for (int i = 1; i < all.size(); i++) {
                if (all.get(i - 1).compareTo(all.get(i)) >= 0) {
                    return false;
                }
            }
            return true;
        }

        private static void requireAscending(List<String> all, String member) throws Malformed {
            if (!ascend(all)) {
                throw new Malformed("exchange.not-ascending", member);
            }
        }

        @Override
        public Kind kind() {
            return Kind.ERASURE_ATTESTED;
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = JsonNodeFactory.instance.objectNode();
            ArrayNode array = content.putArray("erased");
            for (Erased one : erased) {
                ArrayNode bodies = array.addObject()
                        .put("statement", one.statement().hex())
                        .put("why", one.why().word())
                        .putArray("bodies");
                one.bodies().forEach(body -> bodies.add(body.hex()));
            }
            return content;
        }

        static ErasureAttested read(Members members) throws Malformed {
            List<Erased> erased = new ArrayList<>();
            for (JsonNode one : members.array("erased", 1, STATEMENTS_MAX)) {
                erased.add(Erased.read(Members.of(one, "erased")));
            }
            requireAscending(erased.stream().map(one -> one.statement().hex()).toList(), "erased");
            return new ErasureAttested(erased);
        }
    }
}
