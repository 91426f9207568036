package org.entente.memorandum.negotiation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.CardContent;
import org.entente.evidence.card.CardKeys;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.PartyIdentity;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;

/** A party that negotiates: it remembers what it said last. Its keys are made from its code, so that every run has the same. */
final class Delegation {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final PartyCode code;
    private final SecretKeys root;
    private final SecretKeys statement;
    private final PartyCard card;
    private Optional<Digest> last = Optional.empty();

    Delegation(String code) {
        this.code = new PartyCode(code);
        this.root = SecretKeys.ofSeeds(seed("root ed"), seed("root ml"));
        this.statement = SecretKeys.ofSeeds(seed("statement ed"), seed("statement ml"));
        this.card = PartyCard.sign(
                new CardContent(
                        new PartyIdentity(this.code, "Party " + code, "Parte " + code, "#1a2b3c"),
                        1,
                        NOON,
                        new CardKeys(
                                root.publicKeys(),
                                statement.publicKeys(),
                                Ed25519SecretKey.ofSeed(seed("log")).publicKey(),
                                Ed25519SecretKey.ofSeed(seed("cosigning")).publicKey()),
                        List.of(Digest.ofBytes(seed("tls"))),
                        List.of()),
                root);
    }

    PartyCode code() {
        return code;
    }

    PartyCard card() {
        return card;
    }

    Statement byRoot(StatementDraft draft) {
        return Statement.sign(draft, root);
    }

    Statement byStatementKeys(StatementDraft draft) {
        return Statement.sign(draft, statement);
    }

    /** Forgets what it said, as somebody does who speaks from an older copy. */
    Delegation from(Optional<Digest> earlier) {
        last = earlier;
        return this;
    }

    Optional<Digest> last() {
        return last;
    }

    Move says(Negotiation negotiation, Said said) {
        try {
            Move move = Move.read(byStatementKeys(Move.draft(negotiation, code, said, last, NOON)), card);
            last = Optional.of(move.id());
            return move;
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    Move proposes(Negotiation negotiation, PartText text) {
        return says(negotiation, new Said.Proposed(text, Optional.empty(), Optional.empty()));
    }

    Move counters(Negotiation negotiation, Move answered, PartText text) {
        return says(negotiation, new Said.Proposed(text, Optional.of(answered.id()), Optional.empty()));
    }

    Move agrees(Negotiation negotiation, Move answered) {
        return says(negotiation, Said.answer(Said.Kind.AGREED, answered, Optional.empty()));
    }

    Move rejects(Negotiation negotiation, Move answered, String reason) {
        return says(negotiation, Said.answer(Said.Kind.REJECTED, answered, Optional.of(reason)));
    }

    Move takesBack(Negotiation negotiation, Move answered) {
        return says(negotiation, Said.answer(Said.Kind.TAKEN_BACK, answered, Optional.empty()));
    }

    private byte[] seed(String purpose) {
        return Digest.of((code.text() + "/" + purpose).getBytes(StandardCharsets.UTF_8))
                .bytes();
    }
}
