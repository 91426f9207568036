package org.entente.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theBurstIsThereAtOnceAndThenTheRateDecides() {
        long start = 17 * SECOND;
        TokenBucket bucket = new TokenBucket(new PeerLimits.Rate(10, 100), start);
        bucket.spend(99, start);
        assertThat(bucket.rest(start)).isZero();
        bucket.spend(21, start);
        assertThat(bucket.rest(start)).isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_001));
        assertThat(bucket.rest(start + 3 * SECOND)).isZero();
        assertThat(bucket.isFull(start + 11 * SECOND)).isFalse();
        assertThat(bucket.isFull(start + 12 * SECOND)).isTrue();
    }

    @Test
    void aClockThatGoesBackGivesNothing() {
        TokenBucket bucket = new TokenBucket(new PeerLimits.Rate(10, 100), 0);
        bucket.spend(110, 0);
        assertThat(bucket.rest(-50 * SECOND))
                .isEqualTo(bucket.rest(-50 * SECOND))
                .isPositive();
    }

    @Test
    void whoeverRestsAsAskedGetsTheRateInTheLongRunAndNeverMore() {
        Random random = new Random(7);
        TokenBucket bucket = new TokenBucket(new PeerLimits.Rate(1_000, 5_000), 0);
        long now = 0;
        long spent = 0;
        while (now < 600 * SECOND) {
            Duration rest = bucket.rest(now);
            now += rest.toNanos();
            long amount = random.nextLong(1, 3_000);
            bucket.spend((double) amount, now);
            spent += amount;
            assertThat(spent).isLessThanOrEqualTo(5_000 + 3_000 + now / 1_000_000);
        }
        assertThat(spent).isGreaterThanOrEqualTo(now / 1_000_000);
    }
}
