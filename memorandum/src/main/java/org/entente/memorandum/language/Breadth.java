package org.entente.memorandum.language;

import java.time.Duration;
import java.time.Period;

/** Which of two spans of time is the longer: a year counts 365 days and a month 30, as for the term of an epoch. */
final class Breadth {
    private Breadth() {}

    static int compare(Term one, Term other) {
        return Long.compare(seconds(one), seconds(other));
    }

    /** Whole days, rounded down. */
    static long days(Term term) {
        return seconds(term) / Duration.ofDays(1).toSeconds();
    }

    private static long seconds(Term term) {
        return switch (term.amount()) {
            case Period period ->
                Duration.ofDays(365L * period.getYears() + 30L * period.getMonths() + period.getDays())
                        .toSeconds();
            case Duration duration -> duration.toSeconds();
            default -> throw new IllegalStateException("a term is a period or a duration");
        };
    }
}
