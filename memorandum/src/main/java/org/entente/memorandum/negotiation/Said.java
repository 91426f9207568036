package org.entente.memorandum.negotiation;

import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.item.Word;
import tools.jackson.databind.node.ObjectNode;

/** What one statement says about one part. */
public sealed interface Said {
    /** Greatest length of a reason in UTF-16 units. */
    int REASON_CHARACTERS_MAX = 500;

    /** What can be said. */
    enum Kind implements Word {
        PROPOSED("part-proposed"),
        AGREED("part-agreed"),
        REJECTED("part-rejected"),
        TAKEN_BACK("part-taken-back");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The statement's kind. */
        @Override
        public String word() {
            return word;
        }
    }

    Kind kind();

    Part part();

    /** Of the text that is proposed, or answered: who agrees names the very words. */
    Digest digest();

    /** The statement that it answers. */
    Optional<Digest> answers();

    Optional<String> reason();

    /**
     * A text is proposed.
     *
     * @param answers the other party's proposal to which it is a counter-proposal, if it is one
     */
    record Proposed(PartText text, Optional<Digest> answers, Optional<String> reason) implements Said {
        @Override
        public Kind kind() {
            return Kind.PROPOSED;
        }

        @Override
        public Part part() {
            return text.part();
        }

        @Override
        public Digest digest() {
            return text.digest();
        }
    }

    /**
     * A statement is agreed with or rejected, or one's own is taken back.
     *
     * @param answered another party's proposal; to take back, an own proposal, agreement or rejection
     */
    record Answered(Kind kind, Part part, Digest digest, Digest answered, Optional<String> reason) implements Said {
        public Answered {
            if (kind == Kind.PROPOSED) {
                throw new IllegalArgumentException("a proposal has a text");
            }
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(answered);
        }
    }

    /** Whether a text can be given as a reason: bounded, and with nothing in it that hides or turns what people read. */
    static boolean isReason(String text) {
        return PartText.plain(text, REASON_CHARACTERS_MAX);
    }

    /** An answer to a statement. */
    static Said answer(Kind kind, Move answered, Optional<String> reason) {
        return new Answered(kind, answered.said().part(), answered.said().digest(), answered.id(), reason);
    }

    static Said read(Kind kind, Members content) throws Malformed {
        Part part = Part.parse(content.text("part"));
        Digest digest = content.digest("digest");
        Optional<Digest> answers = kind != Kind.PROPOSED || content.has("answers")
                ? Optional.of(content.digest("answers"))
                : Optional.empty();
        Optional<String> reason =
                content.has("reason") ? Optional.of(content.line("reason", REASON_CHARACTERS_MAX)) : Optional.empty();
        if (reason.isPresent() && !isReason(reason.get())) {
            throw new Malformed("json.line-refused", "content.reason", Integer.toString(REASON_CHARACTERS_MAX));
        }
        if (kind != Kind.PROPOSED) {
            return new Answered(kind, part, digest, answers.orElseThrow(), reason);
        }
        PartText text = PartText.read(part, content.node("content"));
        if (!text.digest().equals(digest)) {
            throw new Malformed("memorandum.negotiation.digest-differs", part.text());
        }
        return new Proposed(text, answers, reason);
    }

    default void write(ObjectNode content) {
        content.put("part", part().text()).put("digest", digest().hex());
        if (this instanceof Proposed proposed) {
            content.set("content", proposed.text().json());
        }
        answers().ifPresent(id -> content.put("answers", id.hex()));
        reason().ifPresent(text -> content.put("reason", text));
    }
}
