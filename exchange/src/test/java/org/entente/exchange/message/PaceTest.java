package org.entente.exchange.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Random;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.memorandum.language.Term;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class PaceTest {
    private static final Instant BEGINS = Instant.parse("2026-03-10T10:00:00Z");
    private static final Instant NEXT = Instant.parse("2026-03-11T03:15:00Z");
    private static final Pace DAILY = new Pace(64, NEXT, BEGINS.plus(Duration.ofDays(30)), new Term(Period.ofDays(1)));

    @ParameterizedTest
    @CsvSource({
        "2026-03-10T10:00:00Z,0",
        "2026-03-11T03:14:59Z,0",
        "2026-03-11T03:15:00Z,1",
        "2026-03-12T03:14:59Z,1",
        "2026-03-12T03:15:00Z,2",
        "2026-04-01T00:00:00Z,21"
    })
    void aRoundLastsFromOneTimeOfDayToTheNext(Instant moment, long round) {
        assertThat(DAILY.round(moment)).isEqualTo(round);
    }

    @Test
    void everyMomentLiesInTheRoundThatBeganLast() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int n = 0; n < 2_000; n++) {
            Pace pace = new Pace(
                    64,
                    BEGINS.plusSeconds(1 + random.nextInt(3_600)),
                    BEGINS.plus(Duration.ofDays(400)),
                    new Term(Duration.ofHours(1 + random.nextInt(200))));
            Instant moment = BEGINS.plusSeconds(random.nextInt(30_000_000));
            long round = pace.round(moment);
            assertThat(pace.begins(round, BEGINS)).as("seed %d", seed).isBeforeOrEqualTo(moment);
            assertThat(pace.begins(round + 1, BEGINS)).as("seed %d", seed).isAfter(moment);
        }
    }

    @ParameterizedTest
    @CsvSource({"PT59M", "PT1S", "PT0.5S"})
    void roundsAreAnHourOrMoreApart(String each) {
        ObjectNode json = DAILY.json().put("each", each);
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> Pace.read(Members.of(json, "pace")))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("exchange.watch-pace"));
    }

    @Test
    void theSecondRoundBeginsWithinOnePaceAndTheEndIsAfterTheBeginning() throws Malformed {
        assertThat(DAILY.rounds(BEGINS).begins()).isEqualTo(BEGINS);
        for (Instant begins :
                new Instant[] {NEXT, NEXT.minus(Duration.ofDays(1)).minusSeconds(1), DAILY.until()}) {
            assertThatExceptionOfType(Malformed.class).isThrownBy(() -> DAILY.rounds(begins));
        }
    }
}
