package org.entente.exchange.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkingCalendarTest {
    private static final WorkingCalendar MX = ofHouse("MX");
    private static final WorkingCalendar US = ofHouse("US");
    private static final int FIRST = 2024;
    private static final int LAST = 2031;

    /** Article 74 of the Ley Federal del Trabajo, as a rule. */
    @Test
    void mexicoRestsOnTheDaysOfItsLaw() {
        Set<LocalDate> law = new TreeSet<>();
        for (int year = FIRST; year <= LAST; year++) {
            law.add(LocalDate.of(year, 1, 1));
            law.add(monday(year, Month.FEBRUARY, 1));
            law.add(monday(year, Month.MARCH, 3));
            law.add(LocalDate.of(year, 5, 1));
            law.add(LocalDate.of(year, 9, 16));
            law.add(monday(year, Month.NOVEMBER, 3));
            law.add(LocalDate.of(year, 12, 25));
            if ((year - 2024) % 6 == 0) {
                law.add(LocalDate.of(year, 10, 1));
            }
        }
        assertThat(MX.holidays().keySet()).isEqualTo(law);
    }

    /** 5 U.S.C. 6103, with the days that are kept in the place of those of a weekend. */
    @Test
    void theUnitedStatesRestOnTheDaysOfTheirLaw() {
        Set<LocalDate> law = new TreeSet<>();
        for (int year = FIRST; year <= LAST + 1; year++) {
            law.add(kept(LocalDate.of(year, 1, 1)));
            law.add(monday(year, Month.JANUARY, 3));
            law.add(monday(year, Month.FEBRUARY, 3));
            law.add(LocalDate.of(year, 5, 1).with(TemporalAdjusters.lastInMonth(DayOfWeek.MONDAY)));
            law.add(kept(LocalDate.of(year, 6, 19)));
            law.add(kept(LocalDate.of(year, 7, 4)));
            law.add(monday(year, Month.SEPTEMBER, 1));
            law.add(monday(year, Month.OCTOBER, 2));
            law.add(kept(LocalDate.of(year, 11, 11)));
            law.add(LocalDate.of(year, 11, 1).with(TemporalAdjusters.dayOfWeekInMonth(4, DayOfWeek.THURSDAY)));
            law.add(kept(LocalDate.of(year, 12, 25)));
        }
        law.removeIf(day -> day.getYear() < FIRST || day.getYear() > LAST);
        assertThat(US.holidays().keySet()).isEqualTo(law);
    }

    @ParameterizedTest
    @CsvSource({
        // a Friday afternoon, one working day: the end of Monday in the city of Mexico
        "MX, 2026-11-20T20:00:00Z, 1, 2026-11-24T06:00:00Z",
        // late on Thursday there is Friday in UTC already
        "MX, 2026-11-27T05:59:59Z, 1, 2026-11-28T06:00:00Z",
        "MX, 2026-11-27T06:00:00Z, 1, 2026-12-01T06:00:00Z",
        // Thanksgiving and the weekend
        "US, 2026-11-25T15:00:00Z, 1, 2026-11-28T05:00:00Z",
        "US, 2026-11-25T15:00:00Z, 2, 2026-12-01T05:00:00Z",
        // thirty working days over Christmas and New Year
        "MX, 2026-11-24T15:00:00Z, 30, 2027-01-08T06:00:00Z",
        "US, 2026-11-24T15:00:00Z, 30, 2027-01-09T05:00:00Z",
        // none: the end of the day, or of the next on which anybody works
        "MX, 2026-11-24T15:00:00Z, 0, 2026-11-25T06:00:00Z",
        "MX, 2026-11-28T15:00:00Z, 0, 2026-12-01T06:00:00Z",
        // the night on which clocks are set forward
        "US, 2026-03-06T15:00:00Z, 1, 2026-03-10T04:00:00Z"
    })
    void workingDaysEndAtMidnightOfTheParty(String party, Instant begin, int days, Instant end) {
        assertThat(ofHouse(party).after(days, begin)).isEqualTo(new Due(end, true));
    }

    @Test
    void aYearThatNobodyWroteDownIsUncertain() {
        Due due = MX.after(30, Instant.parse("2031-12-01T12:00:00Z"));
        assertThat(due.certain()).isFalse();
        assertThat(MX.after(5, Instant.parse("2031-12-01T12:00:00Z")).certain()).isTrue();
    }

    @Test
    void asManyWorkingDaysLieBetweenAsWereCounted() {
        Random random = new Random(11);
        for (int n = 0; n < 3_000; n++) {
            WorkingCalendar calendar = random.nextBoolean() ? MX : US;
            Instant begin = Instant.parse("2024-06-01T00:00:00Z").plusSeconds(random.nextLong(6L * 365 * 86_400));
            int days = 1 + random.nextInt(60);
            Due due = calendar.after(days, begin);
            assertThat(due.certain()).isTrue();
            assertThat(calendar.between(begin, due.at().minusSeconds(1))).isEqualTo(days);
            assertThat(calendar.works(calendar.dayOf(due.at().minusSeconds(1)))).isTrue();
        }
    }

    @Test
    void aCalendarSaysWhichDaysItLeftOut() {
        assertThat(MX.holidaysBetween(LocalDate.of(2026, 12, 20), LocalDate.of(2027, 1, 5)))
                .extracting(name -> name.es())
                .containsExactly("Navidad", "Año Nuevo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'calendar':'MX','zone':'Nowhere/None','weekend':[],'source':'s','years':{}}",
                "{'calendar':'MX','zone':'UTC','weekend':['caturday'],'source':'s','years':{}}",
                "{'calendar':'MX','zone':'UTC','weekend':[],'source':'s','years':{'2026':[{'day':'2027-01-01','en':'a','es':'b'}]}}",
                "{'calendar':'MX','zone':'UTC','weekend':[],'source':'s','years':{'2026':[{'day':'2026-02-30','en':'a','es':'b'}]}}",
                "{'calendar':'MX','zone':'UTC','weekend':[],'source':'s','years':{'2026':[{'day':'2026-01-01','en':'a','es':'b'},{'day':'2026-01-01','en':'a','es':'b'}]}}",
                "{'calendar':'MX','zone':'UTC','weekend':[],'source':'s','years':{'26':[]}}",
                "{'calendar':'MX','zone':'UTC','weekend':['monday','tuesday','wednesday','thursday','friday','saturday','sunday'],'source':'s','years':{}}",
                "{'calendar':'MX','zone':'UTC','weekend':[],'source':'s','years':{},'more':1}",
                "[]"
            })
    void whatIsNoCalendarIsRefused(String text) {
        assertThatThrownBy(() -> WorkingCalendar.read(CanonicalJson.parse(
                        text.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8), 10_000)))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void aPartyWithoutACalendarHasNone() {
        assertThat(WorkingCalendar.ofHouse(new PartyCode("GT"))).isEmpty();
        assertThat(new HashSet<>(MX.weekend())).containsExactlyInAnyOrder(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
    }

    private static WorkingCalendar ofHouse(String party) {
        return WorkingCalendar.ofHouse(new PartyCode(party)).orElseThrow();
    }

    private static LocalDate monday(int year, Month month, int number) {
        return LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(number, DayOfWeek.MONDAY));
    }

    private static LocalDate kept(LocalDate holiday) {
        return switch (holiday.getDayOfWeek()) {
            case SATURDAY -> holiday.minusDays(1);
            case SUNDAY -> holiday.plusDays(1);
            default -> holiday;
        };
    }
}
