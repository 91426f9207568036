package org.entente.memorandum.signing;

import java.time.Instant;
import java.util.Optional;
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

    private final Declaration declaration;
    private final PartyCode party;
    private final Instant at;

    private LifecycleEvent(Declaration declaration, PartyCode party, Instant at) {
        this.declaration = declaration;
        this.party = party;
        this.at = at;
    }

    /** What a party is to sign in order to declare it. */
    public static StatementDraft draft(Declaration declaration, PartyCode party, Instant at) {
        return StatementDraft.of(declaration.kind().word(), party, at, declaration.content());
    }

    /** What a party is to sign in order to suspend, resume or leave the whole. */
    public static StatementDraft draft(Kind kind, Memorandum memorandum, PartyCode party, Instant at) {
        return draft(Declaration.of(kind, memorandum, new TreeSet<>()), party, at);
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
        Declaration declaration = Declaration.read(kind, content);
        content.end();
        return new LifecycleEvent(declaration, card.party(), statement.at());
    }

    public Kind kind() {
        return declaration.kind();
    }

    public PartyCode party() {
        return party;
    }

    public Digest memorandum() {
        return declaration.digest();
    }

    public Instant at() {
        return at;
    }

    /** The clauses that it is about; none when it is about the whole. */
    public SortedSet<ClauseNumber> clauses() {
        return declaration.clauses();
    }

    /** The texts that were read before signing; there exactly in a signature. */
    public Optional<SignedTexts> texts() {
        return declaration.texts();
    }

    @Override
    public String toString() {
        return kind().word() + " by " + party + " at " + at;
    }
}
