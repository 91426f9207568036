package org.entente.memorandum.decision;

import java.time.LocalDate;

/**
 * An order not to erase.
 *
 * @param court who ordered it, at most 100 characters
 * @param instrument its reference, which names no person, at most 100 characters
 * @param review the day by which it is looked at again, included
 */
public record LegalHold(String court, String instrument, LocalDate review) {
    static final int CHARACTERS_MAX = 100;

    public LegalHold {
        for (String text : new String[] {court, instrument}) {
            if (text.isBlank() || text.length() > CHARACTERS_MAX) {
                throw new IllegalArgumentException("a legal hold names court and instrument");
            }
        }
    }
}
