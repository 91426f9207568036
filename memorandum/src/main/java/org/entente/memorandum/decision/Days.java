package org.entente.memorandum.decision;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.language.Term;

/** Days are those of UTC, which every node counts alike. */
final class Days {
    private static final long SECONDS = 86_400;

    private Days() {}

    static Instant begin(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static LocalDate of(Instant moment) {
        return LocalDate.ofEpochDay(Math.floorDiv(moment.getEpochSecond(), SECONDS));
    }

    /** The last day on which an item may be kept by its own retention, counted from a day. */
    static LocalDate erasure(Envelope envelope, LocalDate from) {
        return envelope.lastDay(from);
    }

    /** The last day of a term that begins then. */
    static LocalDate last(Term term, Instant begin) {
        return term.amount() instanceof Period days ? of(begin).plus(days) : of(term.after(begin));
    }

    /** The last day on which what was received may be kept: by its own retention or the clause's, whichever ends first. */
    static LocalDate lastDay(Received received, Term keep) {
        LocalDate own = erasure(received.envelope(), received.on());
        LocalDate clause = last(keep, begin(received.on()));
        return own.isBefore(clause) ? own : clause;
    }
}
