package org.entente.memorandum.proof;

/**
 * A whole number of which only so much is known as was asked: that it is at least this and less than that.
 */
final class Span {
    private long least;
    private long beyond;

    /** Any number of these. */
    Span(long least, long beyond) {
        this.least = least;
        this.beyond = beyond;
    }

    /** Whether it is at least the limit; picked when both can be. */
    boolean atLeast(long limit, Picks picks, boolean ordinary) {
        if (limit <= least) {
            return true;
        }
        if (limit >= beyond) {
            return false;
        }
        boolean reached = picks.of(ordinary);
        if (reached) {
            least = limit;
        } else {
            beyond = limit;
        }
        return reached;
    }

    /** The least that it can be. */
    long least() {
        return least;
    }

    /** The greatest that it can be. */
    long greatest() {
        return beyond - 1;
    }
}
