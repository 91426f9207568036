package org.entente.memorandum.proof;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
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

    /**
     * Watches that last just as long as each term allows, and longer than all; that ask just as often as each allows, and too often for all; and all of
     * these as they are over at that moment. The first is the most ordinary.
     */
    static List<Rounds> rounds(List<Terms.Watch> allowed, Instant at) {
        List<Term> longest = byLength(allowed.stream().map(Terms.Watch::longest), at);
        List<Term> each = byLength(allowed.stream().map(Terms.Watch::each), at);
        List<Term> paces = new ArrayList<>(each.reversed());
        paces.add(new Term(Duration.between(at, each.getFirst().after(at)).minusSeconds(1)));
        List<Rounds> rounds = new ArrayList<>();
        for (Term pace : paces) {
            longest.forEach(term -> rounds.add(new Rounds(at, term.after(at), pace)));
            rounds.add(new Rounds(at, longest.getLast().after(at).plusSeconds(1), pace));
            rounds.add(new Rounds(at.minusSeconds(1), at, pace));
            longest.forEach(term -> rounds.add(new Rounds(beginLongBefore(term, at), at, pace)));
        }
        return rounds;
    }

    private static List<Term> byLength(Stream<Term> terms, Instant at) {
        return terms.distinct()
                .sorted(Comparator.comparing(term -> term.after(at)))
                .toList();
    }

    /** A moment so long before that a term which began then has just passed. */
    private static Instant beginLongBefore(Term term, Instant at) {
        Instant begin =
                at.atOffset(ZoneOffset.UTC).minus(term.amount()).toInstant().minusSeconds(1);
        while (!term.after(begin).isBefore(at)) {
            begin = begin.minusSeconds(3_600);
        }
        return begin;
    }

    static Instant begin(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static LocalDate day(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
