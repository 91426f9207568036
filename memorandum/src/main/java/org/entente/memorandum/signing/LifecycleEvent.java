package org.entente.memorandum.signing;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a party has declared about a memorandum, read from a verified statement: there is no other way to have one.
 *
 * <p>Party roots sign, resume and withdraw (rule "keys of a kind"). A suspension is also accepted under the party's
 * statement keys: it must hold at once, also when the officers who keep the root are asleep, and it only ever narrows.
 */
public final class LifecycleEvent {
    /** What was declared. A signature that is not the first one is what people call a countersignature. */
    public enum Kind implements Word {
        SIGNED("memorandum-signed"),
        SUSPENDED("memorandum-suspended"),
        RESUMED("memorandum-resumed"),
        WITHDRAWN("memorandum-withdrawn");

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

    private static final int CLAUSES_MAX = 1_000;

    private final Kind kind;
    private final PartyCode party;
    private final Digest memorandum;
    private final Instant at;
    private final SortedSet<ClauseNumber> clauses;

    private LifecycleEvent(Kind kind, PartyCode party, Digest memorandum, Instant at, SortedSet<ClauseNumber> clauses) {
        this.kind = kind;
        this.party = party;
        this.memorandum = memorandum;
        this.at = at;
        this.clauses = Collections.unmodifiableSortedSet(clauses);
    }

    /** What a party is to sign in order to declare it about the whole memorandum. */
    public static StatementDraft draft(Kind kind, Memorandum memorandum, PartyCode party, Instant at) {
        return StatementDraft.of(kind.word(), party, at, content(memorandum));
    }

    /**
     * What a party is to sign in order to suspend or resume some clauses by themselves.
     *
     * @param clauses at least one
     */
    public static StatementDraft draft(
            Kind kind, Memorandum memorandum, SortedSet<ClauseNumber> clauses, PartyCode party, Instant at) {
        if (clauses.isEmpty() || clauses.size() > CLAUSES_MAX || !mayNameClauses(kind)) {
            throw new IllegalArgumentException("only suspending and resuming name clauses, and at least one");
        }
        ObjectNode content = content(memorandum);
        ArrayNode numbers = content.putArray("clauses");
        clauses.forEach(clause -> numbers.add(clause.text()));
        return StatementDraft.of(kind.word(), party, at, content);
    }

    private static ObjectNode content(Memorandum memorandum) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("memorandum", memorandum.id())
                .put("version", memorandum.version())
                .put("digest", memorandum.digest().hex());
    }

    private static boolean mayNameClauses(Kind kind) {
        return switch (kind) {
            case SUSPENDED, RESUMED -> true;
            case SIGNED, WITHDRAWN -> false;
        };
    }

    /**
     * Reads a declaration.
     *
     * @param card the pinned card of the party that is said to declare
     * @throws Malformed {@code memorandum.signing.wrong-kind}, {@code memorandum.signing.not-the-party},
     *     {@code memorandum.signing.wrong-key}, {@code memorandum.signing.clauses-unsorted},
     *     {@code memorandum.clause-number.malformed} or {@code json.…}
     */
    public static LifecycleEvent read(Statement statement, PartyCard card) throws Malformed {
        Kind kind = Word.find(Kind.class, statement.kind())
                .orElseThrow(() -> new Malformed("memorandum.signing.wrong-kind", statement.kind()));
        if (!statement.from().equals(card.party())) {
            throw new Malformed(
                    "memorandum.signing.not-the-party",
                    statement.from().text(),
                    card.party().text());
        }
        boolean byRoot = statement.kid().equals(card.root().kid());
        boolean byStatementKeys = statement.signedBy(card);
        if (!byRoot && !(kind == Kind.SUSPENDED && byStatementKeys)) {
            throw new Malformed(
                    "memorandum.signing.wrong-key", kind.word(), card.party().text());
        }
        Members content = Members.of(statement.content(), "content");
        content.line("memorandum", 160);
        content.integer("version", 1, 999_999);
        Digest digest = content.digest("digest");
        SortedSet<ClauseNumber> clauses =
                mayNameClauses(kind) && content.has("clauses") ? clauses(content) : new TreeSet<>();
        content.end();
        return new LifecycleEvent(kind, card.party(), digest, statement.at(), clauses);
    }

    private static SortedSet<ClauseNumber> clauses(Members content) throws Malformed {
        SortedSet<ClauseNumber> clauses = new TreeSet<>();
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

    public Kind kind() {
        return kind;
    }

    public PartyCode party() {
        return party;
    }

    public Digest memorandum() {
        return memorandum;
    }

    public Instant at() {
        return at;
    }

    /** The clauses that it is about; none when it is about the whole. */
    public SortedSet<ClauseNumber> clauses() {
        return clauses;
    }

    @Override
    public String toString() {
        return kind.word() + " by " + party + " at " + at;
    }
}
