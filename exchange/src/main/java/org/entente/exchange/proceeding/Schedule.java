package org.entente.exchange.proceeding;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.calendar.Countdown;
import org.entente.exchange.calendar.Due;
import org.entente.exchange.calendar.WorkingCalendar;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Phase;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Timer;
import org.entente.memorandum.item.IsoDay;
import org.entente.memorandum.language.Deadline;
import org.entente.memorandum.language.WorkingDays;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * By when each side owes what in one proceeding, by the clock of one node: from the moments at which each statement was logged there, so
 * that no partner's clock can shorten or lengthen a term.
 */
public final class Schedule {
    /** Where a form trusts that a day is given, and none is: nothing is owed for ever. */
    private static final Deadline USUAL = new WorkingDays(30);

    private Schedule() {}

    /** A move, and when this node logged it. */
    public record Logged(Move move, Instant at) {}

    /**
     * What the terms are read from.
     *
     * @param agreed the terms that the memorandum names
     * @param calendars of each side's party
     */
    public record Terms(Map<Timer.Agreed, Deadline> agreed, Map<Side, WorkingCalendar> calendars) {
        public Terms {
            agreed = Map.copyOf(agreed);
            calendars = new EnumMap<>(calendars);
        }
    }

    /** How one timer stands. */
    public sealed interface State {
        /** Nothing is owed by it yet. */
        record NotBegun() implements State {}

        record Running(Due due) implements State {}

        /** The other side owes something first. */
        record Resting() implements State {}

        /** What was owed was done, or is owed no more. */
        record Over() implements State {}
    }

    /**
     * A timer and how it stands.
     *
     * @param missed what had passed when the thing was done at last, or came to rest; whoever asks later still sees it
     */
    public record Entry(Timer timer, State state, Optional<Instant> missed) {
        /** What has passed by now, done since or not. */
        public Optional<Instant> overdue(Instant now) {
            return state instanceof State.Running running && running.due().passed(now)
                    ? Optional.of(running.due().at())
                    : missed;
        }
    }

    /**
     * Reads the timers off the moves as they came.
     *
     * @param logged in the order in which this node logged them
     */
    public static List<Entry> of(Form form, List<Logged> logged, Terms terms) {
        List<Run> runs =
                form.timers().stream().map(timer -> new Run(timer, terms)).toList();
        Proceeding proceeding = Proceeding.under(form);
        Instant latest = Instant.MIN;
        ObjectNode given = JsonNodeFactory.instance.objectNode();
        for (Logged one : logged) {
            // A clock that was set back does not take back what it had counted.
            latest = one.at().isAfter(latest) ? one.at() : latest;
            proceeding = proceeding.with(one.move());
            if (proceeding.outcome(one.move().statement()).equals(Optional.of(Proceeding.Outcome.TAKEN))) {
                given.setAll(one.move().open());
            }
            Optional<Phase> phase = proceeding.phase();
            if (phase.isPresent()) {
                for (Run run : runs) {
                    run.enter(phase.get().name(), latest, given);
                }
            }
        }
        return runs.stream().map(Run::entry).toList();
    }

    /** The timer that ends first among those that run. */
    public static Optional<Entry> first(List<Entry> entries) {
        Optional<Entry> first = Optional.empty();
        Instant earliest = Instant.MAX;
        for (Entry entry : entries) {
            if (entry.state() instanceof State.Running running
                    && running.due().at().isBefore(earliest)) {
                first = Optional.of(entry);
                earliest = running.due().at();
            }
        }
        return first;
    }

    /** One timer on its way through the phases. */
    private static final class Run {
        private final Timer timer;
        private final Terms terms;
        private Optional<Countdown> countdown = Optional.empty();
        private boolean begun;
        private Optional<Instant> missed = Optional.empty();

        private Run(Timer timer, Terms terms) {
            this.timer = timer;
            this.terms = terms;
        }

        private void enter(String phase, Instant at, ObjectNode given) {
            if (timer.runs().contains(phase)) {
                countdown = Optional.of(
                        countdown.map(before -> (Countdown) before.run(at)).orElseGet(() -> begin(at, given)));
                begun = true;
                return;
            }
            if (countdown.isPresent()
                    && countdown.get() instanceof Countdown.Running running
                    && running.due().passed(at)) {
                missed = Optional.of(running.due().at());
            }
            countdown = timer.rests().contains(phase) ? countdown.map(before -> before.rest(at)) : Optional.empty();
        }

        private Countdown begin(Instant at, ObjectNode given) {
            WorkingCalendar calendar = calendar();
            Optional<LocalDate> day = day(given);
            return day.isPresent()
                    ? Countdown.until(calendar.end(day.get()), at)
                    : Countdown.begin(deadline(given), calendar, at);
        }

        private WorkingCalendar calendar() {
            WorkingCalendar calendar = terms.calendars().get(timer.owed());
            if (calendar == null) {
                throw new IllegalStateException(
                        "no calendar of the " + timer.owed().word());
            }
            return calendar;
        }

        /** A day that does not read as one is none, and the form's own term holds. */
        private Optional<LocalDate> day(ObjectNode given) {
            return timer.within().field().map(name -> given.path(name)).flatMap(value -> {
                try {
                    return Optional.of(IsoDay.parse(value.asString("")));
                } catch (Malformed malformed) {
                    return Optional.empty();
                }
            });
        }

        private Deadline deadline(ObjectNode given) {
            String urgency = given.path(Form.URGENCY).asString("");
            Deadline byUrgency = timer.within().byUrgency().get(urgency);
            if (byUrgency != null) {
                return byUrgency;
            }
            return timer.within()
                    .agreed()
                    .flatMap(agreed -> Optional.ofNullable(terms.agreed().get(agreed)))
                    .or(timer.within()::otherwise)
                    .orElse(USUAL);
        }

        private Entry entry() {
            State state = countdown
                    .map(running -> switch (running) {
                        case Countdown.Running run -> (State) new State.Running(run.due());
                        case Countdown.Resting _ -> new State.Resting();
                    })
                    .orElseGet(() -> begun ? new State.Over() : new State.NotBegun());
            return new Entry(timer, state, missed);
        }
    }
}
