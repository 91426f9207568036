package org.entente.memorandum.item;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.entente.evidence.canonical.Malformed;

/** A day as ISO 8601 writes it: {@code 2026-11-22}. */
public final class IsoDay {
    private IsoDay() {}

    /** Refuses with {@code memorandum.date.malformed} every other way to write one, and days that the calendar does not have. */
    public static LocalDate parse(String text) throws Malformed {
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.toString().equals(text) && text.length() == 10) {
                return day;
            }
        } catch (DateTimeParseException refused) {
            // Falls through to the one refusal below.
        }
        throw new Malformed("memorandum.date.malformed", Quoted.of(text));
    }
}
