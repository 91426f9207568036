package org.entente.node.check;

import java.util.HashSet;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.evidence.succession.CardHistory;
import org.entente.evidence.succession.KeyName;
import org.entente.node.party.Parties;

/**
 * One party's cards in one log, folded anew from its statements while the log is read from left to right; only the first card is taken from
 * what is stored, since people compared it. At the end the tables must say the same.
 */
final class FoldedCards {
    private final Parties parties;
    private final PartyCode party;
    private final String origin;
    private CardHistory history;

    FoldedCards(Parties parties, PartyCode party, String origin) {
        this.parties = parties;
        this.party = party;
        this.origin = origin;
        this.history = CardHistory.of(parties.history(party, origin).cards().getFirst());
    }

    /** The card of a statement's place, as far as the log was read. */
    PartyCard cardFor(UnverifiedStatement statement, long place) throws Malformed {
        return history.cardFor(statement, place);
    }

    /** Takes the next statement of this party. */
    void take(Statement statement, long place) {
        if (CardHistory.concerns(statement) && history.take(statement, place) instanceof CardHistory.Taken taken) {
            history = taken.next();
        }
    }

    /**
     * Cards whose log key may have signed, and whose cosigning keys may have cosigned, a checkpoint of this size: the one of that place, or a
     * later one, if it was made or cosigned anew after that.
     */
    List<PartyCard> cardsFrom(long size) {
        return parties.history(party, origin).cards().stream()
                .filter(card -> card.serial() >= history.cardAt(size).serial())
                .toList();
    }

    /** Whether a key may still be used for a checkpoint of this size. */
    boolean counts(KeyName key, long size) {
        return !history.isRevoked(key, size);
    }

    /**
     * Requires that the tables hold what was folded.
     *
     * @param closed whether the log goes on as another incarnation, which may bring further cards
     * @throws Malformed {@code check.cards-other}
     */
    void requireStored(boolean closed) throws Malformed {
        CardHistory stored = parties.history(party, origin);
        boolean same = stored.held().equals(history.held())
                && new HashSet<>(stored.revocations()).equals(new HashSet<>(history.revocations()))
                && (closed
                        || party.equals(parties.own().party())
                        || parties.card(party).filter(history.latest()::equals).isPresent());
        if (!same) {
            throw new Malformed("check.cards-other", origin, party.text());
        }
    }
}
