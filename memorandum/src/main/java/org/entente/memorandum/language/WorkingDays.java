package org.entente.memorandum.language;

import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/**
 * A number of working days of the party that owes something. Its calendar of holidays stands in no memorandum: whoever counts brings it.
 *
 * @param days 1 to 366
 */
public record WorkingDays(int days) implements Deadline {
    static final String UNIT = " working days";

    private static final int DAYS_MAX = 366;

    public WorkingDays {
        if (days < 1 || days > DAYS_MAX) {
            throw new IllegalArgumentException("working days are from 1 to " + DAYS_MAX);
        }
    }

    /** Refuses with {@code memorandum.period.malformed} what is not such a number. */
    public static WorkingDays parse(String text) throws Malformed {
        if (text.matches("[1-9][0-9]{0,2}" + UNIT)) {
            int days = Integer.parseInt(text.substring(0, text.length() - UNIT.length()));
            if (days <= DAYS_MAX) {
                return new WorkingDays(days);
            }
        }
        throw new Malformed("memorandum.period.malformed", Quoted.of(text));
    }

    @Override
    public String toString() {
        return days + UNIT;
    }
}
