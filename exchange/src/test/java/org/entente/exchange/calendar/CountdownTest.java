package org.entente.exchange.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountdownTest {
    private static final WorkingCalendar MX =
            WorkingCalendar.ofHouse(new PartyCode("MX")).orElseThrow();
    private static final Instant MONDAY = Instant.parse("2026-11-23T16:00:00Z");

    @Test
    void hoursRestToTheSecond() throws Malformed {
        Countdown.Running running = Countdown.begin(Deadline.parse("PT8H"), MX, MONDAY);
        assertThat(running.due().at()).isEqualTo(MONDAY.plus(Duration.ofHours(8)));
        Countdown.Running resumed =
                running.rest(MONDAY.plus(Duration.ofHours(3))).run(MONDAY.plus(Duration.ofHours(20)));
        assertThat(resumed.due().at()).isEqualTo(MONDAY.plus(Duration.ofHours(25)));
    }

    @Test
    void workingDaysRestByTheDay() throws Malformed {
        Countdown.Running running = Countdown.begin(Deadline.parse("5 working days"), MX, MONDAY);
        assertThat(running.due().at()).isEqualTo(Instant.parse("2026-12-01T06:00:00Z"));
        // Two of them were used when it came to rest on Wednesday; after a week three are left.
        Countdown.Resting resting = running.rest(MONDAY.plus(Duration.ofDays(2)));
        assertThat(resting.run(MONDAY.plus(Duration.ofDays(9))).due().at())
                .isEqualTo(Instant.parse("2026-12-08T06:00:00Z"));
    }

    @Test
    void aRestThatBeginsOnTheLastDayLeavesThatDay() throws Malformed {
        Countdown.Running running = Countdown.begin(Deadline.parse("1 working days"), MX, MONDAY);
        Instant tuesday = MONDAY.plus(Duration.ofDays(1));
        assertThat(running.rest(tuesday)
                        .run(tuesday.plus(Duration.ofDays(7)))
                        .due()
                        .at())
                .isEqualTo(Instant.parse("2026-12-02T06:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT8H", "P3D", "P1M", "1 working days", "30 working days"})
    void noRestBringsTheEndNearer(String term) throws Malformed {
        Random random = new Random(term.hashCode());
        for (int n = 0; n < 300; n++) {
            Instant now = MONDAY.plusSeconds(random.nextInt(400 * 86_400));
            Countdown.Running running = Countdown.begin(Deadline.parse(term), MX, now);
            Due before = running.due();
            for (int rests = random.nextInt(4); rests > 0; rests--) {
                now = now.plusSeconds(random.nextInt(10 * 86_400));
                Countdown.Resting resting = running.rest(now);
                assertThat(resting.rest(now.plusSeconds(5))).isEqualTo(resting);
                long asleep = random.nextInt(10 * 86_400);
                now = now.plusSeconds(asleep);
                running = resting.run(now);
                assertThat(running.due().at()).isAfterOrEqualTo(before.at());
                assertThat(running.run(now.plusSeconds(5))).isEqualTo(running);
                before = running.due();
            }
        }
    }

    @Test
    void aDayThatIsGivenIsPutOffByARest() {
        Instant end = MX.end(MX.dayOf(MONDAY));
        Countdown.Running running = Countdown.until(end, MONDAY);
        assertThat(running.due()).isEqualTo(new Due(end, true));
        assertThat(running.rest(MONDAY).run(MONDAY.plusSeconds(60)).due().at()).isEqualTo(end.plusSeconds(60));
    }
}
