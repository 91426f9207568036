package org.entente.node.link;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** What one partner uses of this node, and has left. Whoever waits here waits for this partner's own use alone. */
final class PeerShare {
    private static final double NANOS_PER_MILLI = 1e6;

    private final PeerLimits.Share share;
    private final LongSupplier clock;
    private final Semaphore exchanges;
    private final TokenBucket requests;
    private final TokenBucket bytes;
    private final TokenBucket work;

    PeerShare(PeerLimits.Share share, LongSupplier clock) {
        this.share = share;
        this.clock = clock;
        this.exchanges = new Semaphore(share.exchanges(), true);
        long now = clock.getAsLong();
        this.requests = new TokenBucket(share.requests(), now);
        this.bytes = new TokenBucket(share.bytes(), now);
        this.work = new TokenBucket(share.workMillis(), now);
    }

    int connections() {
        return share.connections();
    }

    /** A request came, whatever becomes of it. */
    synchronized void request() {
        requests.spend(1, clock.getAsLong());
    }

    /** Processor time was spent on the partner's behalf. */
    synchronized void worked(long nanos) {
        work.spend(nanos / NANOS_PER_MILLI, clock.getAsLong());
    }

    /** How long the partner rests before anything is done for it again. */
    synchronized Duration rest() {
        long now = clock.getAsLong();
        Duration first = requests.rest(now);
        Duration second = work.rest(now);
        return first.compareTo(second) >= 0 ? first : second;
    }

    private synchronized Duration passed(long count) {
        long now = clock.getAsLong();
        bytes.spend((double) count, now);
        return bytes.rest(now);
    }

    /**
     * Lets bytes of the partner pass, not faster than its share.
     *
     * @return how long they were held up
     */
    Duration pass(long count) throws InterruptedException {
        Duration rest = passed(count);
        if (!rest.isZero()) {
            TimeUnit.NANOSECONDS.sleep(rest.toNanos());
        }
        return rest;
    }

    /** Takes one of the partner's places, for which it waits a little; false when none came free. */
    boolean enter(Duration patience) throws InterruptedException {
        return exchanges.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    void leave() {
        exchanges.release();
    }
}
