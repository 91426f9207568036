package org.entente.memorandum.decision;

import org.entente.memorandum.language.ClauseNumber;

/** A clause of a memorandum, as a decision names it: {@code MX-US/2025-09 3.1}. */
public record Citation(String memorandum, ClauseNumber clause) {
    @Override
    public String toString() {
        return memorandum + " " + clause;
    }
}
