package org.entente.memorandum.language;

import java.time.Instant;
import java.time.Period;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/**
 * How long the key of an index lives at most: calendar days, from one day to a year ({@code P30D}). What was kept of an index is safe
 * only once its key is gone, so a memorandum that says nothing means thirty days and never for ever.
 */
public record Epoch(Term term) {
    /** Of a clause that does not say. */
    public static final Epoch USUAL = new Epoch(new Term(Period.ofDays(30)));

    private static final int DAYS_MAX = 366;

    public Epoch {
        if (!bounded(term)) {
            throw new IllegalArgumentException("an epoch lasts from one day to a year");
        }
    }

    /** Refuses with {@code memorandum.period.malformed} what is no such term. */
    public static Epoch parse(String text) throws Malformed {
        Term term = Term.parse(text);
        if (!bounded(term)) {
            throw new Malformed("memorandum.period.malformed", Quoted.of(text));
        }
        return new Epoch(term);
    }

    /** When an epoch that begins then is over. */
    public Instant after(Instant begin) {
        return term.after(begin);
    }

    @Override
    public String toString() {
        return term.toString();
    }

    private static boolean bounded(Term term) {
        return term.amount() instanceof Period period
                && 365L * period.getYears() + 30L * period.getMonths() + period.getDays() <= DAYS_MAX;
    }
}
