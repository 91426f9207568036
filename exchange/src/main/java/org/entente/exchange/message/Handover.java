package org.entente.exchange.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.exchange.body.BodyReference;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Word;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** From a request to what was handed over. */
public sealed interface Handover extends Message {

    /** How soon an answer is needed; the answer terms of Directive (EU) 2023/977, article 5, are the model. */
    enum Urgency implements Word {
        /** Eight hours. */
        URGENT("urgent"),
        /** Three days. */
        PRIORITY("priority"),
        /** Seven days. */
        ROUTINE("routine");

        private final String word;

        Urgency(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /**
     * A leaf of an announced index that a probe has hit.
     *
     * @param index the {@code index-announced} statement
     * @param position of the leaf, from 0
     */
    record Hit(Digest index, long position) {
        public Hit {
            Fields.require(position >= 0 && position <= CanonicalJson.INTEGER_MAX, "a position is a whole number");
        }

        private ObjectNode json() {
            return object().put("index", index.hex()).put("position", position);
        }

        private static Hit read(Members members) throws Malformed {
            Hit hit = new Hit(members.digest("index"), members.integer("position", 0, CanonicalJson.INTEGER_MAX));
            members.end();
            return hit;
        }
    }

    /**
     * Asks for the record behind a hit.
     *
     * @param subject what is asked for, why and how soon
     * @param facts what the responder's officer must know in order to decide, and nothing that the statement may not say
     */
    record ItemRequested(Subject subject, BodyReference facts, SentDecision sent) implements Handover {

        /**
         * What is asked for, and why.
         *
         * @param caseDigest the salted digest of the asking authority's case
         */
        public record Subject(Category category, Purpose purpose, Digest caseDigest, Urgency urgency, Hit hit) {}

        @Override
        public Kind kind() {
            return Kind.ITEM_REQUESTED;
        }

        @Override
        public List<BodyReference> bodies() {
            return List.of(facts);
        }

        @Override
        public Optional<SentDecision> decision() {
            return Optional.of(sent);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object().put("category", subject.category().code())
                    .put("purpose", subject.purpose().code())
                    .put("case", subject.caseDigest().hex())
                    .put("urgency", subject.urgency().word());
            content.set("hit", subject.hit().json());
            content.set("facts", facts.json());
            content.set("decision", sent.json());
            return content;
        }

        static ItemRequested read(Members members) throws Malformed {
            Subject subject = new Subject(
                    Category.parse(members.text("category")),
                    Purpose.parse(members.text("purpose")),
                    members.digest("case"),
                    Fields.word(Urgency.class, members, "urgency"),
                    Hit.read(members.members("hit")));
            return new ItemRequested(
                    subject,
                    BodyReference.read(members.members("facts")),
                    SentDecision.read(members.members("decision")));
        }
    }

    /** What an officer answers to a request. */
    enum Verdict implements Word {
        APPROVED("approved"),
        REFUSED("refused");

        private final String word;

        Verdict(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /**
     * The requested authority's officer has decided.
     *
     * @param clause the clause that allows or refuses; a refusal under no clause names none
     */
    record RequestDecided(Digest request, Verdict verdict, Optional<String> clause) implements Handover {
        public RequestDecided {
            Fields.require(clause.isEmpty() || Fields.isClause(clause.get()), "not a clause");
        }

        @Override
        public Kind kind() {
            return Kind.REQUEST_DECIDED;
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(request);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object().put("answers", request.hex()).put("verdict", verdict.word());
            clause.ifPresent(number -> content.put("clause", number));
            return content;
        }

        static RequestDecided read(Members members) throws Malformed {
            return new RequestDecided(
                    members.digest("answers"),
                    Fields.word(Verdict.class, members, "verdict"),
                    Fields.optionalClause(members));
        }
    }

    /**
     * An item is handed over.
     *
     * @param envelope what both nodes need in order to decide, without subject data
     * @param item the item itself, encrypted to the requesting authority
     * @param files evidence that belongs to the item, at most {@value #FILES_MAX}, encrypted likewise; what they are called and of which
     *     kind they are stands in the item's body, in this order
     * @param opening opens the hit's leaf, so that neither bait nor denial is possible: 1 to 8,192 bytes as base64url, in
     *     the form that the index's own specification defines
     */
    record ItemReleased(
            Digest request,
            Envelope envelope,
            BodyReference item,
            List<BodyReference> files,
            String opening,
            SentDecision sent)
            implements Handover {
        public static final int FILES_MAX = 16;

        static final int OPENING_BYTES_MAX = 8192;

        public ItemReleased {
            files = List.copyOf(files);
            Fields.require(files.size() <= FILES_MAX, "at most 16 files are released with an item");
            Fields.require(areDistinct(item, files), "each body is named once");
            Fields.require(opening.matches("[A-Za-z0-9_-]{2,10923}"), "an opening has 1 to 8,192 bytes");
        }

        @Override
        public Kind kind() {
            return Kind.ITEM_RELEASED;
        }

        @Override
        public List<BodyReference> bodies() {
            return Stream.concat(Stream.of(item), files.stream()).toList();
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(request);
        }

        @Override
        public Optional<SentDecision> decision() {
            return Optional.of(sent);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object().put("answers", request.hex());
            content.set("envelope", envelope.toJson());
            content.set("item", item.json());
            if (!files.isEmpty()) {
                ArrayNode array = content.putArray("files");
                files.forEach(file -> array.add(file.json()));
            }
            content.put("opening", opening);
            content.set("decision", sent.json());
            return content;
        }

        static ItemReleased read(Members members) throws Malformed {
            BodyReference item = BodyReference.read(members.members("item"));
            return new ItemReleased(
                    members.digest("answers"),
                    Envelope.fromJson(members.node("envelope")),
                    item,
                    files(item, members),
                    Fields.bytes(members, "opening", 1, OPENING_BYTES_MAX),
                    SentDecision.read(members.members("decision")));
        }

        private static List<BodyReference> files(BodyReference item, Members members) throws Malformed {
            List<BodyReference> files = new ArrayList<>();
            if (members.has("files")) {
                for (JsonNode file : members.array("files", 1, FILES_MAX)) {
                    files.add(BodyReference.read(Members.of(file, "files")));
                }
            }
            if (!areDistinct(item, files)) {
                throw new Malformed("exchange.body-named-twice");
            }
            return files;
        }

        private static boolean areDistinct(BodyReference item, List<BodyReference> files) {
            return Stream.concat(Stream.of(item), files.stream())
                            .map(BodyReference::ciphertext)
                            .distinct()
                            .count()
                    == 1 + files.size();
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
