package org.entente.evidence.card;

import java.util.Collection;
import java.util.List;
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
        return trust(List.of(card));
    }

    /**
     * What the pinned cards say of a party's cards of consecutive serial numbers under one root, of which the last is in
     * force: that depends on where among them the pinned one is.
     */
    public Trust trust(List<PartyCard> succession) {
        PartyCard last = succession.getLast();
        PartyCard pinned = cards.get(last.party());
        if (pinned == null) {
            return Trust.UNKNOWN;
        }
        if (pinned.equals(last)) {
            return Trust.PINNED;
        }
        boolean contradicts = !pinned.root().equals(last.root())
                || succession.stream().anyMatch(card -> card.serial() == pinned.serial() && !card.equals(pinned));
        if (contradicts) {
            return Trust.CONTRADICTING;
        }
        return last.serial() > pinned.serial() ? Trust.SUCCESSION : Trust.SUPERSEDED;
    }
}
