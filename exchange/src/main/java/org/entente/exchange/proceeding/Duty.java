package org.entente.exchange.proceeding;

import org.entente.evidence.card.PartyCode;

/** Who must act next in a proceeding, and how. */
public record Duty(PartyCode who, Step step) {
    /** What is to be done. */
    public enum Step {
        /** The asked party's officer decides. */
        DECIDE,
        /** The asked party hands over what it approved. */
        RELEASE,
        /** The asked party's node evaluates the batch, or refuses. */
        ANSWER,
        /** The asker's node acknowledges delivery. */
        RECEIVE,
        /** The asker's officer opens the body. */
        OPEN
    }
}
