package org.entente.memorandum.signing;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is said about a memorandum, as the content of a statement. Who says it, and whether they may, is the statement's ({@link LifecycleEvent}).
 *
 * @param memorandum its id among people, for example {@code MX-US/2025-09}
 * @param version of the text under that id
 * @param digest of its canonical form
 * @param clauses what is suspended or resumed by itself; none when it is about the whole
 * @param texts what was read before signing; there exactly in a signature
 */
public record Declaration(
        LifecycleEvent.Kind kind,
        String memorandum,
        int version,
        Digest digest,
        SortedSet<ClauseNumber> clauses,
        Optional<SignedTexts> texts) {
    private static final int ID_CHARACTERS_MAX = 160;
    private static final int VERSION_MAX = 999_999;
    private static final int CLAUSES_MAX = 1_000;

    public Declaration {
        clauses = Collections.unmodifiableSortedSet(new TreeSet<>(clauses));
        if (texts.isPresent() != (kind == LifecycleEvent.Kind.SIGNED)) {
            throw new IllegalArgumentException("a signature says which texts were read, and nothing else does");
        }
        if (!clauses.isEmpty() && !mayNameClauses(kind)) {
            throw new IllegalArgumentException("only suspending and resuming name clauses");
        }
        if (clauses.size() > CLAUSES_MAX || version < 1 || version > VERSION_MAX) {
            throw new IllegalArgumentException("versions count from 1, and clauses end somewhere");
        }
    }

    /** The signature under a memorandum. */
    public static Declaration signature(Memorandum memorandum, SignedTexts texts) {
        return new Declaration(
                LifecycleEvent.Kind.SIGNED,
                memorandum.id(),
                memorandum.version(),
                memorandum.digest(),
                new TreeSet<>(),
                Optional.of(texts));
    }

    /**
     * Anything else that is said.
     *
     * @param clauses none when it is about the whole
     */
    public static Declaration of(LifecycleEvent.Kind kind, Memorandum memorandum, SortedSet<ClauseNumber> clauses) {
        return new Declaration(
                kind, memorandum.id(), memorandum.version(), memorandum.digest(), clauses, Optional.empty());
    }

    /**
     * Reads what a statement of that kind says; what else stands there is the caller's to refuse.
     *
     * @throws Malformed {@code memorandum.signing.clauses-unsorted}, {@code memorandum.clause-number.malformed} or
     *     {@code json.…}
     */
    public static Declaration read(LifecycleEvent.Kind kind, Members content) throws Malformed {
        String memorandum = content.line("memorandum", ID_CHARACTERS_MAX);
        int version = (int) content.integer("version", 1, VERSION_MAX);
        Digest digest = content.digest("digest");
        SortedSet<ClauseNumber> clauses = mayNameClauses(kind) ? clauses(content) : new TreeSet<>();
        Optional<SignedTexts> texts = kind == LifecycleEvent.Kind.SIGNED
                ? Optional.of(SignedTexts.read(content.members("texts")))
                : Optional.empty();
        return new Declaration(kind, memorandum, version, digest, clauses, texts);
    }

    /** The content of the statement. */
    public ObjectNode content() {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("memorandum", memorandum)
                .put("version", version)
                .put("digest", digest.hex());
        if (!clauses.isEmpty()) {
            ArrayNode numbers = content.putArray("clauses");
            clauses.forEach(clause -> numbers.add(clause.text()));
        }
        texts.ifPresent(signed -> content.set("texts", signed.json()));
        return content;
    }

    private static boolean mayNameClauses(LifecycleEvent.Kind kind) {
        return switch (kind) {
            case SUSPENDED, RESUMED -> true;
            case SIGNED, WITHDRAWN -> false;
        };
    }

    /**
     * Reads the member {@code clauses}, each once in the order of their numbers; none when it is not there, which means the whole.
     *
     * @throws Malformed as {@link #read}
     */
    public static SortedSet<ClauseNumber> clauses(Members content) throws Malformed {
        SortedSet<ClauseNumber> clauses = new TreeSet<>();
        if (!content.has("clauses")) {
            return clauses;
        }
        for (JsonNode number : content.array("clauses", 1, CLAUSES_MAX)) {
            if (!number.isString()) {
                throw new Malformed("json.text-expected", "content.clauses");
            }
            ClauseNumber clause = ClauseNumber.parse(number.stringValue());
            if (!clauses.isEmpty() && clauses.last().compareTo(clause) >= 0) {
                throw new Malformed("memorandum.signing.clauses-unsorted", clause.text());
            }
            clauses.add(clause);
        }
        return clauses;
    }
}
