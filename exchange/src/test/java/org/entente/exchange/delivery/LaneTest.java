package org.entente.exchange.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.exchange.message.Samples;
import org.junit.jupiter.api.Test;

class LaneTest {
    private static final RetryRule RULE = RetryRule.USUAL;
    private static final Instant NOON = Parties.NOON;

    private final Random random = new Random(3);
    private final Samples samples = new Samples(9);
    private final List<Digest> three = List.of(samples.digest(), samples.digest(), samples.digest());

    @Test
    void restsGrowToTheCapAndKeepHalfOfThemselves() {
        for (int failures = 1; failures < 80; failures++) {
            long whole = Math.min(300_000, 250L << Math.min(failures - 1, 20));
            for (int draw = 0; draw < 20; draw++) {
                assertThat(RULE.rest(failures, random).toMillis()).isBetween(whole / 2, whole);
            }
        }
    }

    @Test
    void oneAttemptAtATimeInBatchesFromTheHead() {
        Lane.Underway attempt = Lane.open()
                .start(
                        three,
                        new RetryRule(Duration.ofSeconds(1), Duration.ofSeconds(9), Duration.ofSeconds(5), 2),
                        NOON);
        assertThat(attempt.statements()).isEqualTo(three.subList(0, 2));
        assertThat(attempt.mayStart(NOON)).isFalse();
        assertThatThrownBy(() -> attempt.start(three, RULE, NOON)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void allAnsweredOpensTheLaneAndPoisonDoesNotHoldItUp() {
        Lane.Underway attempt = Lane.open().start(three, RULE, NOON);
        var refused = new Lane.Answer.RefusedForGood(three.get(1), Problem.of("exchange.expired"));
        Lane.Settled settled = attempt.answered(
                List.of(
                        new Lane.Answer.Acknowledged(three.get(0)),
                        refused,
                        new Lane.Answer.Acknowledged(three.get(2))),
                RULE,
                NOON,
                random);
        assertThat(settled.acknowledged()).containsExactly(three.get(0), three.get(2));
        assertThat(settled.refused()).containsExactly(refused);
        assertThat(settled.next()).isEqualTo(Lane.open());
    }

    @Test
    void answersOutOfTurnDoNotCount() {
        Lane.Underway attempt = Lane.open().start(three, RULE, NOON);
        Lane.Settled settled = attempt.answered(
                List.of(new Lane.Answer.Acknowledged(three.get(0)), new Lane.Answer.Acknowledged(three.get(2))),
                RULE,
                NOON,
                random);
        assertThat(settled.acknowledged()).containsExactly(three.get(0));
        assertThat(settled.next()).isInstanceOf(Lane.Resting.class);
    }

    @Test
    void aBusyPartnerIsLeftAloneForAsLongAsItAsksButNotForEver() {
        Lane.Underway attempt = Lane.open().start(three, RULE, NOON);
        Duration asked = Duration.ofMinutes(20);
        Lane.Settled settled = attempt.answered(
                List.of(new Lane.Answer.Acknowledged(three.get(0)), new Lane.Answer.Later(three.get(1), asked)),
                RULE,
                NOON,
                random);
        assertThat(settled.next()).isEqualTo(new Lane.Postponed(1, NOON.plus(asked)));
        assertThat(settled.next().partnerIsBack()).isEqualTo(settled.next());
        assertThat(settled.next().mayStart(NOON.plus(asked).minusSeconds(1))).isFalse();
        assertThat(settled.next().mayStart(NOON.plus(asked))).isTrue();
        assertThatThrownBy(() -> new Lane.Answer.Later(three.get(1), Duration.ofDays(365)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void afterAFailureTheOldestGoesAloneUntilItIsTaken() {
        Lane.Underway batch = Lane.open().start(three, RULE, NOON);
        Lane later = batch.answered(
                        List.of(new Lane.Answer.Later(three.get(0), Duration.ofSeconds(1))), RULE, NOON, random)
                .next();
        Lane.Underway alone = later.start(three, RULE, NOON.plusSeconds(5));
        assertThat(alone.statements()).containsExactly(three.get(0));
        assertThat(alone.failed(RULE, NOON, random)
                        .partnerIsBack()
                        .start(three, RULE, NOON)
                        .statements())
                .containsExactly(three.get(0));
        Lane open = alone.answered(List.of(new Lane.Answer.Acknowledged(three.get(0))), RULE, NOON, random)
                .next();
        assertThat(open.start(three.subList(1, 3), RULE, NOON).statements()).isEqualTo(three.subList(1, 3));
    }

    @Test
    void silenceIsFailureAndARestEndsWhenThePartnerIsBack() {
        Lane.Underway attempt = Lane.open().start(three, RULE, NOON);
        assertThat(attempt.tick(RULE, NOON.plusSeconds(59), random)).isEqualTo(attempt);
        Lane resting = attempt.tick(RULE, NOON.plusSeconds(60), random);
        assertThat(resting.mayStart(NOON.plusSeconds(60))).isFalse();
        assertThat(resting.mayStart(NOON.plusSeconds(61))).isTrue();
        assertThat(resting.partnerIsBack().mayStart(NOON.plusSeconds(60))).isTrue();
    }

    @Test
    void statementsGoTogetherWhileTheirBodiesAreSmall() {
        assertThat(Lane.together(List.of(), 10)).isZero();
        assertThat(Lane.together(List.of(0L, 0L, 0L), 10)).isEqualTo(3);
        assertThat(Lane.together(List.of(4L, 6L, 0L, 1L, 0L), 10)).isEqualTo(3);
        assertThat(Lane.together(List.of(11L, 0L), 10)).isEqualTo(1);
        assertThat(Lane.together(List.of(1L, 10L), 10)).isEqualTo(1);
    }
}
