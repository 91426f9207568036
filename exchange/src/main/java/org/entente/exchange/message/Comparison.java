package org.entente.exchange.message;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.exchange.body.BodyReference;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finding what both hold: an index is announced, a probe asks with a blinded batch, its answer carries the evaluated one.
 *
 * <p>Comparing two whole lists has no batches of its own. A reconcile is asked and agreed, each with its own legal
 * adviser's approval; then ordinary probes run under it, which name the agreement where others name a case.
 */
public sealed interface Comparison extends Message {
    int BATCH_ELEMENTS_MAX = 65_536;

    /** Where an index lies, as the memorandum names it for each category. */
    enum MatchMode implements Word {
        SHARED_INDEX("shared-index"),
        HOME_INDEX("home-index");

        private final String word;

        MatchMode(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }

    /**
     * What an index answers to.
     *
     * @param purpose empty for any purpose that the memorandum names
     */
    record Scope(Digest memorandum, Category category, Optional<Purpose> purpose) {
        private static final String ANY = "any";

        private void write(ObjectNode content) {
            content.put("memorandum", memorandum.hex())
                    .put("category", category.code())
                    .put("purpose", purpose.map(Purpose::code).orElse(ANY));
        }

        private static Scope read(Members members) throws Malformed {
            String purpose = members.text("purpose");
            return new Scope(
                    members.digest("memorandum"),
                    Category.parse(members.text("category")),
                    purpose.equals(ANY) ? Optional.empty() : Optional.of(Purpose.parse(purpose)));
        }
    }

    /**
     * The life of one key.
     *
     * @param number counts up for each scope
     * @param until when its holder destroys the key at the latest, in whole seconds; the same in all generations
     */
    record Epoch(long number, Instant until) {
        public Epoch {
            Fields.require(number >= 0 && number <= CanonicalJson.INTEGER_MAX, "an epoch is a whole number");
            Fields.require(until.equals(UtcSeconds.whole(until)), "an epoch ends with a second");
        }
    }

    /**
     * The keyed index of one epoch, before any probe of it: its key is one for everybody, and its leaves are fixed.
     *
     * @param commitment what fixes the key and the leaves
     * @param index the index file for {@code shared-index}; the home index never leaves, and has none
     * @param composite the classes of composite keys that stand in the index beside numbers; none unless its holder named
     *     them. A class that the reader does not know is none that it asks about
     */
    record IndexAnnounced(
            Scope scope,
            Epoch epoch,
            MatchMode mode,
            IndexCommitment commitment,
            Optional<BodyReference> index,
            SortedSet<String> composite)
            implements Comparison {
        private static final int COMPOSITE_MAX = 16;

        public IndexAnnounced {
            composite = Collections.unmodifiableSortedSet(new TreeSet<>(composite));
            Fields.require(
                    composite.size() <= COMPOSITE_MAX && composite.stream().allMatch(IndexAnnounced::isClass),
                    "a class of keys is a word, and an index has at most sixteen");
            Fields.require(index.isPresent() == (mode == MatchMode.SHARED_INDEX), "a shared index travels");
        }

        /** An index of numbers only. */
        public IndexAnnounced(
                Scope scope, Epoch epoch, MatchMode mode, IndexCommitment commitment, Optional<BodyReference> index) {
            this(scope, epoch, mode, commitment, index, Collections.emptySortedSet());
        }

        /** 0 for the whole list; then one more for each set of changes within the epoch, under the same key. */
        public int generation() {
            return commitment.generation();
        }

        @Override
        public Kind kind() {
            return Kind.INDEX_ANNOUNCED;
        }

        @Override
        public List<BodyReference> bodies() {
            return index.stream().toList();
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object();
            scope.write(content);
            content.put("epoch", epoch.number()).put("until", UtcSeconds.print(epoch.until()));
            if (generation() > 0) {
                content.put("generation", generation());
            }
            content.put("mode", mode.word())
                    .put("publicKey", commitment.publicKey())
                    .put("paddedSize", commitment.paddedSize())
                    .put("root", commitment.root().hex());
            index.ifPresent(body -> content.set("index", body.json()));
            if (!composite.isEmpty()) {
                composite.forEach(content.putArray("composite")::add);
            }
            return content;
        }

        private static boolean isClass(String word) {
            return word.matches("[a-z][a-z0-9-]{0,31}");
        }

        /** Absent where there is none; else words in ascending order, none twice. */
        private static SortedSet<String> classes(Members members) throws Malformed {
            SortedSet<String> classes = new TreeSet<>();
            if (members.has("composite")) {
                for (JsonNode word : members.array("composite", 1, COMPOSITE_MAX)) {
                    boolean ascends = word.isString()
                            && isClass(word.stringValue())
                            && (classes.isEmpty() || classes.last().compareTo(word.stringValue()) < 0);
                    if (!ascends) {
                        throw new Malformed("exchange.index-classes");
                    }
                    classes.add(word.stringValue());
                }
            }
            return classes;
        }

        static IndexAnnounced read(Members members) throws Malformed {
            Scope scope = Scope.read(members);
            Epoch epoch = new Epoch(
                    members.integer("epoch", 0, CanonicalJson.INTEGER_MAX), UtcSeconds.parse(members.text("until")));
            MatchMode mode = Fields.word(MatchMode.class, members, "mode");
            IndexCommitment commitment = new IndexCommitment(
                    Fields.bytes(members, "publicKey", 32, 32),
                    members.integer("paddedSize", 1, IndexCommitment.PADDED_SIZE_MAX),
                    members.digest("root"),
                    members.has("generation")
                            ? (int) members.integer("generation", 1, IndexCommitment.GENERATIONS_MAX)
                            : 0);
            if (members.has("index") != (mode == MatchMode.SHARED_INDEX)) {
                throw new Malformed("exchange.index-body-mode", mode.word());
            }
            Optional<BodyReference> index =
                    members.has("index") ? Optional.of(BodyReference.read(members.members("index"))) : Optional.empty();
            return new IndexAnnounced(scope, epoch, mode, commitment, index, classes(members));
        }
    }

    /**
     * The cryptographic side of an announced index.
     *
     * @param publicKey the VOPRF public key, 32 bytes as base64url
     * @param paddedSize how many entries the index shows, padding included
     * @param root binds every byte of the index and every record behind it
     * @param generation 0 for the whole list; then one more for each set of changes within the epoch, under the same key
     */
    record IndexCommitment(String publicKey, long paddedSize, Digest root, int generation) {
        /** An epoch has at most as many sets of changes. */
        public static final int GENERATIONS_MAX = 1_024;

        static final long PADDED_SIZE_MAX = 1L << 40;

        public IndexCommitment {
            Fields.require(publicKey.matches("[A-Za-z0-9_-]{43}"), "a public key has 32 bytes");
            Fields.require(paddedSize >= 1 && paddedSize <= PADDED_SIZE_MAX, "an index has entries");
            Fields.require(generation >= 0 && generation <= GENERATIONS_MAX, "a generation is 0 to 1,024");
        }

        /** Of a whole list. */
        public IndexCommitment(String publicKey, long paddedSize, Digest root) {
            this(publicKey, paddedSize, root, 0);
        }
    }

    /**
     * One party proposes to compare two whole lists that are public or so agreed. Its own legal adviser approves here, the
     * other's in {@link ReconcileAgreed}.
     *
     * @param index the announced index that the probes will be looked up in
     */
    record ReconcileAsked(Digest memorandum, Category category, Purpose purpose, Digest index) implements Comparison {
        @Override
        public Kind kind() {
            return Kind.RECONCILE_ASKED;
        }

        @Override
        public ObjectNode content() {
            return object().put("memorandum", memorandum.hex())
                    .put("category", category.code())
                    .put("purpose", purpose.code())
                    .put("index", index.hex());
        }

        static ReconcileAsked read(Members members) throws Malformed {
            return new ReconcileAsked(
                    members.digest("memorandum"),
                    Category.parse(members.text("category")),
                    Purpose.parse(members.text("purpose")),
                    members.digest("index"));
        }
    }

    /**
     * The other party agrees: with the first approval in the question and the second here, the act has all that it needs, and
     * is decided.
     */
    record ReconcileAgreed(Digest asked, SentDecision sent) implements Comparison {
        @Override
        public Kind kind() {
            return Kind.RECONCILE_AGREED;
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(asked);
        }

        @Override
        public Optional<SentDecision> decision() {
            return Optional.of(sent);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object().put("answers", asked.hex());
            content.set("decision", sent.json());
            return content;
        }

        static ReconcileAgreed read(Members members) throws Malformed {
            return new ReconcileAgreed(members.digest("answers"), SentDecision.read(members.members("decision")));
        }
    }

    /** What a probe is for: one case, an agreed reconcile, or a watch. */
    sealed interface Ground {
        /**
         * For a case of the asking authority.
         *
         * @param digest the case's salted digest; its reference is nobody else's business
         */
        record UnderCase(Digest digest) implements Ground {}

        /**
         * For an agreed reconcile.
         *
         * @param agreed the {@code reconcile-agreed} statement
         */
        record UnderReconcile(Digest agreed) implements Ground {}

        /**
         * One round of a standing question.
         *
         * @param asked the {@code watch-asked} statement
         */
        record UnderWatch(Digest asked) implements Ground {}

        private void write(ObjectNode content) {
            switch (this) {
                case UnderCase under -> content.put("case", under.digest().hex());
                case UnderReconcile under ->
                    content.put("reconcile", under.agreed().hex());
                case UnderWatch under -> content.put("watch", under.asked().hex());
            }
        }

        private static Ground read(Members members) throws Malformed {
            List<String> named =
                    Stream.of("case", "reconcile", "watch").filter(members::has).toList();
            if (named.size() != 1) {
                throw new Malformed("exchange.ground-one");
            }
            return switch (named.getFirst()) {
                case "case" -> new UnderCase(members.digest("case"));
                case "reconcile" -> new UnderReconcile(members.digest("reconcile"));
                default -> new UnderWatch(members.digest("watch"));
            };
        }
    }

    /**
     * A blinded batch.
     *
     * @param elements how many, padding included: 1 to 65,536
     * @param digest SHA-256 of the blinded elements, in order
     * @param inputs Merkle root of the commitments to the inputs, which oversight may have opened
     * @param blinded the elements themselves
     * @param justification why, in words, for the responder's officers and for oversight; can be erased
     */
    record Batch(int elements, Digest digest, Digest inputs, BodyReference blinded, BodyReference justification) {
        public Batch {
            Fields.require(elements >= 1 && elements <= BATCH_ELEMENTS_MAX, "a batch has 1 to 65,536 elements");
        }

        private ObjectNode json() {
            ObjectNode node = object().put("elements", elements)
                    .put("digest", digest.hex())
                    .put("inputs", inputs.hex());
            node.set("blinded", blinded.json());
            node.set("justification", justification.json());
            return node;
        }

        private static Batch read(Members members) throws Malformed {
            Batch batch = new Batch(
                    (int) members.integer("elements", 1, BATCH_ELEMENTS_MAX),
                    members.digest("digest"),
                    members.digest("inputs"),
                    BodyReference.read(members.members("blinded")),
                    BodyReference.read(members.members("justification")));
            members.end();
            return batch;
        }
    }

    /**
     * Asks which of some identifiers the other side holds too.
     *
     * @param index the announced index whose key is asked for
     */
    record ProbeAsked(Ground ground, Category category, Purpose purpose, Digest index, Batch batch, SentDecision sent)
            implements Comparison {
        @Override
        public Kind kind() {
            return Kind.PROBE_ASKED;
        }

        @Override
        public List<BodyReference> bodies() {
            return List.of(batch.blinded(), batch.justification());
        }

        /** Under a reconcile, the legal advisers' approvals of it stand in the place of an own one; under a watch, those of the watch. */
        @Override
        public Set<Role> approvers() {
            return ground instanceof Ground.UnderCase ? kind().approvers() : Set.of();
        }

        @Override
        public Optional<SentDecision> decision() {
            return Optional.of(sent);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object();
            ground.write(content);
            content.put("category", category.code())
                    .put("purpose", purpose.code())
                    .put("index", index.hex());
            content.set("batch", batch.json());
            content.set("decision", sent.json());
            return content;
        }

        static ProbeAsked read(Members members) throws Malformed {
            return new ProbeAsked(
                    Ground.read(members),
                    Category.parse(members.text("category")),
                    Purpose.parse(members.text("purpose")),
                    members.digest("index"),
                    Batch.read(members.members("batch")),
                    SentDecision.read(members.members("decision")));
        }
    }

    /**
     * A standing question: probes that name it where others name a case, one in each round, all of one size.
     *
     * @param matter what they are about
     * @param justification why, in words, for the responder's officers and for oversight; can be erased
     */
    record WatchAsked(Matter matter, Pace pace, BodyReference justification, SentDecision sent) implements Comparison {

        /**
         * What a watch is about.
         *
         * @param caseDigest the case's salted digest
         * @param index the announced index that the first round asks; later ones may ask those that follow it in the same scope
         */
        public record Matter(Digest caseDigest, Category category, Purpose purpose, Digest index) {}

        @Override
        public Kind kind() {
            return Kind.WATCH_ASKED;
        }

        @Override
        public List<BodyReference> bodies() {
            return List.of(justification);
        }

        @Override
        public Optional<SentDecision> decision() {
            return Optional.of(sent);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object().put("case", matter.caseDigest.hex())
                    .put("category", matter.category.code())
                    .put("purpose", matter.purpose.code())
                    .put("index", matter.index.hex());
            content.set("pace", pace.json());
            content.set("justification", justification.json());
            content.set("decision", sent.json());
            return content;
        }

        static WatchAsked read(Members members) throws Malformed {
            return new WatchAsked(
                    new Matter(
                            members.digest("case"),
                            Category.parse(members.text("category")),
                            Purpose.parse(members.text("purpose")),
                            members.digest("index")),
                    Pace.read(members.members("pace")),
                    BodyReference.read(members.members("justification")),
                    SentDecision.read(members.members("decision")));
        }
    }

    /** The evaluated batch with its proof, in the body; nothing in the statement tells how many hits there were. */
    record ProbeAnswered(Digest asked, BodyReference evaluated, SentDecision sent) implements Comparison {
        @Override
        public Kind kind() {
            return Kind.PROBE_ANSWERED;
        }

        @Override
        public List<BodyReference> bodies() {
            return List.of(evaluated);
        }

        @Override
        public Optional<Digest> answers() {
            return Optional.of(asked);
        }

        @Override
        public Optional<SentDecision> decision() {
            return Optional.of(sent);
        }

        @Override
        public ObjectNode content() {
            ObjectNode content = object().put("answers", asked.hex());
            content.set("evaluated", evaluated.json());
            content.set("decision", sent.json());
            return content;
        }

        static ProbeAnswered read(Members members) throws Malformed {
            return new ProbeAnswered(
                    members.digest("answers"),
                    BodyReference.read(members.members("evaluated")),
                    SentDecision.read(members.members("decision")));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
