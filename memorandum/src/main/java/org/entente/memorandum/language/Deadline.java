package org.entente.memorandum.language;

import org.entente.evidence.canonical.Malformed;

/** By when something is owed: within a span of time, or within a number of working days. */
public sealed interface Deadline permits Term, WorkingDays {
    /** Refuses with {@code memorandum.period.malformed} what is neither {@code P60D} nor {@code 30 working days}. */
    static Deadline parse(String text) throws Malformed {
        return text.endsWith(WorkingDays.UNIT) ? WorkingDays.parse(text) : Term.parse(text);
    }
}
