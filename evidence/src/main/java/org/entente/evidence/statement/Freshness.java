package org.entente.evidence.statement;

import java.time.Duration;
import java.time.Instant;

/** Whether a statement counts at a given moment. */
public enum Freshness {
    CURRENT,
    /** Its {@code expires} has come. No skew is granted: the sender chose the moment. */
    EXPIRED,
    /** Its {@code at} lies further ahead than clocks may differ. */
    FUTURE_DATED;

    /**
     * Judges a statement.
     *
     * @param skew by how much the sender's clock may be ahead of the reader's
     */
    public static Freshness of(Statement statement, Instant now, Duration skew) {
        if (statement.at().isAfter(now.plus(skew))) {
            return FUTURE_DATED;
        }
        boolean expired = statement.expires().isPresent()
                && !now.isBefore(statement.expires().get());
        return expired ? EXPIRED : CURRENT;
    }
}
