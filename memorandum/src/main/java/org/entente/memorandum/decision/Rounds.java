package org.entente.memorandum.decision;

import java.time.Instant;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.memorandum.language.Term;

/**
 * How long a watch lasts, and how often it asks.
 *
 * @param begins the stated moment at which it began
 * @param until when it ends; nothing is asked from then on
 * @param each the time between two rounds at least
 */
public record Rounds(Instant begins, Instant until, Term each) {
    public Rounds {
        begins = UtcSeconds.whole(begins);
        until = UtcSeconds.whole(until);
        if (!begins.isBefore(until)) {
            throw new IllegalArgumentException("a watch begins before it ends");
        }
    }
}
