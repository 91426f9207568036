package org.entente.memorandum.language;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/**
 * A span of time as ISO 8601 writes it: of calendar days ({@code P60D}, {@code P5Y}) counted in UTC, or of hours
 * ({@code PT8H}). At most a hundred years.
 */
public record Term(TemporalAmount amount) implements Deadline {
    private static final int YEARS_MAX = 100;

    public Term {
        if (!bounded(amount)) {
            throw new IllegalArgumentException("a term lasts longer than nothing and at most a hundred years");
        }
    }

    /** Refuses with {@code memorandum.period.malformed} what ISO 8601, or {@link #toString}, would not write so. */
    public static Term parse(String text) throws Malformed {
        try {
            TemporalAmount amount = text.startsWith("PT") ? Duration.parse(text) : Period.parse(text);
            if (amount.toString().equals(text) && bounded(amount)) {
                return new Term(amount);
            }
        } catch (DateTimeException | ArithmeticException refused) {
            // Falls through to the one refusal below.
        }
        throw new Malformed("memorandum.period.malformed", Quoted.of(text));
    }

    /** The moment at which a term that begins then has passed. */
    public Instant after(Instant begin) {
        return begin.atOffset(ZoneOffset.UTC).plus(amount).toInstant();
    }

    @Override
    public String toString() {
        return amount.toString();
    }

    private static boolean bounded(TemporalAmount amount) {
        return switch (amount) {
            case Duration duration -> duration.isPositive() && duration.toDays() <= 366L * YEARS_MAX;
            case Period period ->
                !period.isZero()
                        && !period.isNegative()
                        && period.getYears() <= YEARS_MAX
                        && period.getMonths() <= 12 * YEARS_MAX
                        && period.getDays() <= 366 * YEARS_MAX;
            default -> false;
        };
    }
}
