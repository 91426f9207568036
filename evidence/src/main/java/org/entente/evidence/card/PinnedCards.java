package org.entente.evidence.card;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The cards that somebody has compared with their parties and decided to trust, at most one of each party. */
public final class PinnedCards {
    private final Map<PartyCode, PartyCard> cards = new TreeMap<>();

    private PinnedCards() {}

    /**
     * Pins these cards.
     *
     * @throws IllegalArgumentException for two cards of one party
     */
    public static PinnedCards of(Collection<PartyCard> cards) {
        PinnedCards pinned = new PinnedCards();
        for (PartyCard card : cards) {
            if (pinned.cards.put(card.party(), card) != null) {
                throw new IllegalArgumentException("two cards of " + card.party());
            }
        }
        return pinned;
    }

    public static PinnedCards none() {
        return new PinnedCards();
    }

    public Optional<PartyCard> card(PartyCode party) {
        return Optional.ofNullable(cards.get(party));
    }

    public Trust trust(PartyCard card) {
        PartyCard pinned = cards.get(card.party());
        if (pinned == null) {
            return Trust.UNKNOWN;
        }
        if (pinned.equals(card)) {
            return Trust.PINNED;
        }
        if (!pinned.root().equals(card.root()) || pinned.serial() == card.serial()) {
            return Trust.CONTRADICTING;
        }
        return card.serial() > pinned.serial() ? Trust.SUCCESSION : Trust.SUPERSEDED;
    }
}
