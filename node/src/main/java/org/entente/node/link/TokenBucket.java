package org.entente.node.link;

import java.time.Duration;

/**
 * What may be used of something, filled up evenly with time. What was used is taken off afterwards, so it may fall below
 * nothing: then its owner rests until it is made up for. Reads no clock, and is used by one thread at a time.
 */
final class TokenBucket {
    private static final double NANOS = 1e9;

    private final PeerLimits.Rate rate;
    private double level;
    private long filledNanos;

    /** A full one. */
    TokenBucket(PeerLimits.Rate rate, long nowNanos) {
        this.rate = rate;
        this.level = rate.burst();
        this.filledNanos = nowNanos;
    }

    private void fill(long nowNanos) {
        long passed = Math.max(0, nowNanos - filledNanos);
        level = Math.min((double) rate.burst(), level + passed / NANOS * rate.perSecond());
        filledNanos = nowNanos;
    }

    /** Takes off what was used. */
    void spend(double amount, long nowNanos) {
        fill(nowNanos);
        level -= amount;
    }

    /** How long its owner rests from now on: nothing while something is left. */
    Duration rest(long nowNanos) {
        fill(nowNanos);
        return level > 0 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil(-level / rate.perSecond() * NANOS) + 1);
    }

    /** Whether nothing of it is missing. */
    boolean isFull(long nowNanos) {
        fill(nowNanos);
        return level >= rate.burst();
    }
}
