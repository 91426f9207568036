package org.entente.exchange.message;

import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.item.Word;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What a node itself answers to a statement: that it will not act on it, or that it has it. */
public sealed interface Reply extends Message {

    /**
     * Why a node does not act. The words tell what the asker could know anyway, from the memorandum and its own
     * statements; whether something exists, is held or is being looked into is told by none of them.
     */
    enum Reason implements Word {
        /** The memorandum does not permit it; the clause says why when there is one. */
        NOT_PERMITTED("not-permitted"),
        /** The memorandum is not in force between the two. */
        NOT_IN_FORCE("not-in-force"),
        /** The decision that came with it is not what its inputs give. */
        DECISION_DIFFERS("decision-differs"),
        /** The quota is used up; it was charged. */
        QUOTA("quota"),
        /** The index, epoch or statement that it refers to is not, or no longer, in use. */
        OUT_OF_DATE("out-of-date"),
        /** The epoch of the index has ended, and its key is destroyed. */
        EPOCH_ENDED("epoch-ended"),
        /** The body cannot be opened or is not what the statement says. */
        BODY_UNUSABLE("body-unusable"),
        /** An officer's approval is missing or not valid. */
        NOT_APPROVED("not-approved");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /** A statement was received and will have no effect. */
    record Refused(Digest statement, Reason reason, Optional<String> clause) implements Reply {
        public Refused {
            Fields.require(clause.isEmpty() || Fields.isClause(clause.get()), "not a clause");
        }

        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(statement);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object().put("answers", statement.hex()).put("reason", reason.word());
            clause.ifPresent(number -> content.put("clause", number));
            return content;
        }

        static Refused read(Members members) throws Malformed {
            return new Refused(
                    members.digest("answers"),
                    Fields.word(Reason.class, members, "reason"),
                    Fields.optionalClause(members));
        }
    }

    /** How far a statement has come at its receiver. */
    enum Stage implements Word {
        /** The statement and its bodies are durable there. */
        DELIVERED("delivered"),
        /** The authority has opened the body, and envelope and body say the same. */
        OPENED("opened"),
        /** The authority cannot open the body, or envelope and body differ. */
        UNREADABLE("unreadable");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /**
     * Logged by both sides and never receipted itself.
     *
     * @param leaf position of the statement in the receiver's log of the relationship, when the receiver tells it
     */
    record Receipt(Digest statement, Stage stage, Optional<Long> leaf) implements Reply {
        public Receipt {
            Fields.require(
                    leaf.isEmpty() || (leaf.get() >= 0 && leaf.get() <= CanonicalJson.INTEGER_MAX),
                    "a position is a whole number");
        }

        @Override
        public Kind kind() {
            return Kind.RECEIPT;
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(statement);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object().put("answers", statement.hex()).put("stage", stage.word());
            leaf.ifPresent(position -> content.put("leaf", position.longValue()));
            return content;
        }

        static Receipt read(Members members) throws Malformed {
            return new Receipt(
                    members.digest("answers"),
                    Fields.word(Stage.class, members, "stage"),
                    members.has("leaf")
                            ? Optional.of(members.integer("leaf", 0, CanonicalJson.INTEGER_MAX))
                            : Optional.empty());
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
