package org.entente.exchange.delivery;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long a lane rests after failures in a row: doubling from {@code first} to {@code longest}, of which the upper half
 * is drawn at random, so that many nodes that lost one partner do not all come back in one second.
 *
 * @param first rest after the first failure, positive
 * @param longest the cap
 * @param answerWithin how long an attempt may stay unanswered before it counts as failed
 * @param batchMax how many statements one attempt carries, 1 to 1,000
 */
public record RetryRule(Duration first, Duration longest, Duration answerWithin, int batchMax) {
    /** What a node goes by: a partner that comes back calls and ends every rest, so the cap is for those that cannot call. */
    public static final RetryRule USUAL =
            new RetryRule(Duration.ofMillis(250), Duration.ofMinutes(5), Duration.ofSeconds(60), 64);

    public RetryRule {
        if (!first.isPositive() || longest.compareTo(first) < 0 || !answerWithin.isPositive()) {
            throw new IllegalArgumentException("rests and deadlines are positive, and the cap is the longest");
        }
        if (batchMax < 1 || batchMax > 1000) {
            throw new IllegalArgumentException("an attempt carries 1 to 1,000 statements, not " + batchMax);
        }
    }

    /** The rest after so many failures in a row, at least one: from half the doubled delay to all of it. */
    public Duration rest(int failures, RandomGenerator random) {
        long whole = first.toMillis();
        for (int i = 1; i < failures && whole < longest.toMillis(); i++) {
            whole *= 2;
        }
        whole = Math.min(whole, longest.toMillis());
        long half = whole / 2;
        return Duration.ofMillis(whole - (half == 0 ? 0 : random.nextLong(half + 1)));
    }
}
