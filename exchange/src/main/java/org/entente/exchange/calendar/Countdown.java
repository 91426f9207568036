package org.entente.exchange.calendar;

import java.time.Duration;
import java.time.Instant;
import org.entente.memorandum.language.Deadline;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.WorkingDays;

/**
 * A term that runs while its party owes something and rests while the other side does. Moments are those of one node's clock, each not
 * before the one that was given last. A rest never brings the end nearer.
 */
public sealed interface Countdown {

    /** It runs, and ends then unless it rests before. */
    record Running(Instant since, Left left, Due due) implements Countdown {}

    /** The other side owes something, and nothing of it is used up. */
    record Resting(Left left) implements Countdown {}

    /** What is left of a term. */
    sealed interface Left {
        /** Whole working days after the day on which it runs again; none: that day is the last. */
        record InWorkingDays(int days, WorkingCalendar calendar) implements Left {}

        /** A span of time; less than nothing when it had passed before it came to rest. */
        record InTime(Duration time) implements Left {}

        /** Calendar days, months or years, of which nothing is used up yet. */
        record Whole(Term term) implements Left {}
    }

    /**
     * A term of which nothing is used up, from a moment on.
     *
     * @param calendar of the party that owes
     */
    static Running begin(Deadline deadline, WorkingCalendar calendar, Instant now) {
        return running(
                switch (deadline) {
                    case WorkingDays working -> new Left.InWorkingDays(working.days(), calendar);
                    case Term term -> new Left.Whole(term);
                },
                now);
    }

    /** A term that ends then; every rest puts its end off by as much as it lasts. */
    static Running until(Instant end, Instant now) {
        return running(new Left.InTime(Duration.between(now, end)), now);
    }

    /** It rests from now on; what rests already goes on resting. */
    default Resting rest(Instant now) {
        return switch (this) {
            case Resting resting -> resting;
            case Running running -> new Resting(left(running, now));
        };
    }

    /** It runs from now on; what runs already is not begun anew. */
    default Running run(Instant now) {
        return switch (this) {
            case Running running -> running;
            case Resting resting -> running(resting.left(), now);
        };
    }

    private static Running running(Left left, Instant now) {
        Due due = switch (left) {
            case Left.InWorkingDays working -> working.calendar().after(working.days(), now);
            case Left.InTime time -> new Due(now.plus(time.time()), true);
            case Left.Whole whole -> new Due(whole.term().after(now), true);
        };
        return new Running(now, left, due);
    }

    private static Left left(Running running, Instant now) {
        return switch (running.left()) {
            case Left.InWorkingDays working -> {
                int used = working.calendar().between(running.since(), now);
                yield new Left.InWorkingDays(Math.max(0, working.days() - used), working.calendar());
            }
            case Left.InTime _, Left.Whole _ ->
                new Left.InTime(Duration.between(now, running.due().at()));
        };
    }
}
