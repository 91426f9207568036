package org.entente.memorandum.negotiation;

import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.signing.Signer;

/** A party that negotiates: it remembers what it said last. */
final class Delegation {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Signer signer;
    private Optional<Digest> last = Optional.empty();

    Delegation(String code) {
        this.signer = new Signer(code);
    }

    PartyCode code() {
        return signer.code();
    }

    PartyCard card() {
        return signer.card();
    }

    Statement byRoot(StatementDraft draft) {
        return signer.byRoot(draft);
    }

    Statement byStatementKeys(StatementDraft draft) {
        return signer.byStatementKeys(draft);
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
            Move move = Move.read(byStatementKeys(Move.draft(negotiation, code(), said, last, NOON)), card());
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
}
