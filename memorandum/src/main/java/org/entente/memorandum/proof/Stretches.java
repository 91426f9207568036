package org.entente.memorandum.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.entente.memorandum.decision.Rounds;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;

/** Where a term of the calendar begins and ends, seen from the moment of an act. */
final class Stretches {
    private Stretches() {}

    /** Days from the moment's own day to the last day of a term that begins then. */
    static long days(Term term, Instant begin) {
        return ChronoUnit.DAYS.between(day(begin), day(term.after(begin)));
    }

    /** How many days ago a term must have begun, at the start of a day, so that this day lies beyond its last. */
    static long daysUntilBeyond(Term term, LocalDate day) {
        long ago = 1 + days(term, begin(day));
        while (ago > 0 && beyond(term, day, ago - 1)) {
            ago--;
        }
        while (!beyond(term, day, ago)) {
            ago++;
        }
        return ago;
    }

    private static boolean beyond(Term term, LocalDate day, long ago) {
        return day.isAfter(day(term.after(begin(day.minusDays(ago)))));
    }

    /** Watches that last just as long as each term allows, and a second longer; that ask just as often, and a second too often; and that are over. */
    static List<Rounds> rounds(List<Terms.Watch> allowed, Instant at) {
        List<Rounds> rounds = new ArrayList<>();
        for (Terms.Watch terms : allowed) {
            Instant longest = terms.longest().after(at);
            Term tooOften =
                    new Term(Duration.between(at, terms.each().after(at)).minusSeconds(1));
            for (Term each : List.of(terms.each(), tooOften)) {
                rounds.add(new Rounds(at, longest, each));
                rounds.add(new Rounds(at, longest.plusSeconds(1), each));
                rounds.add(new Rounds(at.minusSeconds(1), at, each));
            }
        }
        return rounds;
    }

    static Instant begin(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static LocalDate day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
