package org.entente.exchange.proceeding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.calendar.WorkingCalendar;
import org.entente.exchange.form.Form;
import org.entente.exchange.form.Forms;
import org.entente.exchange.form.Side;
import org.entente.exchange.form.Timer;
import org.entente.exchange.message.Samples;
import org.entente.exchange.proceeding.Schedule.Entry;
import org.entente.exchange.proceeding.Schedule.Logged;
import org.entente.exchange.proceeding.Schedule.State;
import org.entente.memorandum.language.Deadline;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ScheduleTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T16:00:00Z");

    private final Samples samples = new Samples(9);
    private final List<Logged> logged = new ArrayList<>();
    private Proceeding view = Proceeding.under(form("request-for-information"));

    @Test
    void anOrdinaryRequestIsAnsweredWithinTheMemorandumsTerm() throws Malformed {
        say(Side.OPENER, "ask", "urgency", "ordinary", Duration.ZERO);
        assertThat(due("answer", Map.of(Timer.Agreed.ANSWER, Deadline.parse("10 working days"))))
                .contains(Instant.parse("2026-12-09T05:00:00Z"));
        assertThat(due("answer", Map.of())).as("the form's own").contains(Instant.parse("2027-01-08T05:00:00Z"));
    }

    @Test
    void anUrgentRequestIsAnsweredWithinEightHours() throws Malformed {
        say(Side.OPENER, "ask", "urgency", "urgent", Duration.ZERO);
        assertThat(due("answer", Map.of(Timer.Agreed.ANSWER, Deadline.parse("P1Y"))))
                .contains(MONDAY.plus(Duration.ofHours(8)));
    }

    @Test
    void theClockStopsWhileTheAskerOwesSomething() {
        say(Side.OPENER, "ask", "urgency", "urgent", Duration.ZERO);
        say(Side.COUNTERPART, "ask-back", Duration.ofHours(2));
        assertThat(entry("answer").state()).isEqualTo(new State.Resting());
        assertThat(entry("complete").state()).isInstanceOf(State.Running.class);
        say(Side.OPENER, "complete", Duration.ofHours(50));
        assertThat(due("answer", Map.of())).contains(MONDAY.plus(Duration.ofHours(56)));
        assertThat(entry("complete").state()).isEqualTo(new State.Over());
    }

    @Test
    void whatWasMissedStaysMissed() {
        say(Side.OPENER, "ask", "urgency", "urgent", Duration.ZERO);
        Instant due = MONDAY.plus(Duration.ofHours(8));
        assertThat(entry("answer").overdue(due.minusSeconds(1))).isEmpty();
        assertThat(entry("answer").overdue(due)).contains(due);
        say(Side.COUNTERPART, "answer", Duration.ofHours(9));
        assertThat(entry("answer").state()).isEqualTo(new State.Over());
        assertThat(entry("answer").missed()).contains(due);
        assertThat(entry("interim").missed()).isEmpty();
    }

    @Test
    void aQuestionAfterTheTermDoesNotExcuseIt() {
        say(Side.OPENER, "ask", "urgency", "urgent", Duration.ZERO);
        say(Side.COUNTERPART, "ask-back", Duration.ofHours(9));
        say(Side.OPENER, "complete", Duration.ofHours(10));
        assertThat(entry("answer").missed()).contains(MONDAY.plus(Duration.ofHours(8)));
    }

    @Test
    void anIrregularStepMovesNoClock() {
        say(Side.OPENER, "ask", "urgency", "urgent", Duration.ZERO);
        Optional<Instant> before = due("answer", Map.of());
        say(Side.OPENER, "answer", Duration.ofHours(1));
        say(Side.COUNTERPART, "nonsense", "urgency", "ordinary", Duration.ofHours(1));
        assertThat(due("answer", Map.of())).isEqualTo(before);
    }

    @Test
    void aDayThatTheFormAsksForIsTheTerm() {
        view = Proceeding.under(form("feedback"));
        say(Side.OPENER, "ask", "by", "2026-12-04", Duration.ZERO);
        assertThat(due("give", Map.of())).contains(Instant.parse("2026-12-05T05:00:00Z"));
    }

    @Test
    void aDayThatALaterStepNamesIsTheTermOfWhatFollows() {
        view = Proceeding.under(form("recall"));
        say(Side.OPENER, "recall", Duration.ZERO);
        say(Side.COUNTERPART, "restrict", "review", "2027-02-01", Duration.ofHours(1));
        assertThat(due("review", Map.of())).contains(Instant.parse("2027-02-02T05:00:00Z"));
        assertThat(entry("answer").state()).isEqualTo(new State.Over());
    }

    @Test
    void whatReadsAsNoDayLeavesTheFormsOwnTerm() {
        view = Proceeding.under(form("feedback"));
        say(Side.OPENER, "ask", "by", "soon", Duration.ZERO);
        assertThat(due("give", Map.of())).contains(Instant.parse("2027-01-08T05:00:00Z"));
    }

    @Test
    void aClockThatWasSetBackTakesNothingBack() {
        say(Side.OPENER, "ask", "urgency", "urgent", Duration.ZERO);
        say(Side.COUNTERPART, "ask-back", Duration.ofHours(2));
        say(Side.OPENER, "complete", Duration.ofHours(-5));
        assertThat(due("answer", Map.of())).contains(MONDAY.plus(Duration.ofHours(8)));
    }

    @Test
    void theTimerThatEndsFirstIsTold() {
        say(Side.OPENER, "ask", "urgency", "ordinary", Duration.ZERO);
        assertThat(Schedule.first(schedule(Map.of())))
                .map(entry -> entry.timer().name())
                .contains("acknowledge");
    }

    private void say(Side side, String step, Duration after) {
        say(side, step, JsonNodeFactory.instance.objectNode(), after);
    }

    private void say(Side side, String step, String field, String value, Duration after) {
        say(side, step, JsonNodeFactory.instance.objectNode().put(field, value), after);
    }

    private void say(Side side, String step, ObjectNode open, Duration after) {
        Move move = new Move(side, samples.digest(), view.seenBy(side), step, open);
        view = view.with(move);
        logged.add(new Logged(move, MONDAY.plus(after)));
    }

    private List<Entry> schedule(Map<Timer.Agreed, Deadline> agreed) {
        Map<Side, WorkingCalendar> calendars = Map.of(Side.OPENER, calendar("MX"), Side.COUNTERPART, calendar("US"));
        return Schedule.of(view.form(), logged, new Schedule.Terms(agreed, calendars));
    }

    private Entry entry(String timer) {
        return entry(timer, Map.of());
    }

    private Entry entry(String timer, Map<Timer.Agreed, Deadline> agreed) {
        return schedule(agreed).stream()
                .filter(entry -> entry.timer().name().equals(timer))
                .findFirst()
                .orElseThrow();
    }

    private Optional<Instant> due(String timer, Map<Timer.Agreed, Deadline> agreed) {
        return entry(timer, agreed).state() instanceof State.Running running
                ? Optional.of(running.due().at())
                : Optional.empty();
    }

    private static Form form(String name) {
        return Forms.ofHouse().newest(name).orElseThrow();
    }

    private static WorkingCalendar calendar(String party) {
        return WorkingCalendar.ofHouse(new PartyCode(party)).orElseThrow();
    }
}
