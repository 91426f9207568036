package org.entente.evidence.card;

import java.util.Locale;

/** What the pinned cards say of a card. */
public enum Trust {
    /** The very card that is pinned. */
    PINNED,
    /** Signed by the pinned card's root, with a higher serial number: it takes the pinned one's place. */
    SUCCESSION,
    /** Signed by the pinned card's root, with a lower serial number: it was in force once. */
    SUPERSEDED,
    /** No card of that party is pinned. */
    UNKNOWN,
    /** Another root than the pinned one, or two different cards of one serial number: somebody deceives. */
    CONTRADICTING;

    /** The word for reports, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Only what is pinned, or follows from it, counts as the party's. */
    public boolean trusted() {
        return this == PINNED || this == SUCCESSION;
    }
}
