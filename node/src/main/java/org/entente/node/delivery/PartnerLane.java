package org.entente.node.delivery;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.Submission;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.Outbox;
import org.entente.exchange.delivery.RetryRule;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one partner's lane: brings what waits in the outbox, in order, and has the log's head cosigned whenever it has
 * moved. What may happen when is decided by {@link Lane}; this thread only carries it out.
 */
public final class PartnerLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartnerLane.class);
    private static final RetryRule RULE =
            new RetryRule(Duration.ofMillis(250), Duration.ofMinutes(5), Duration.ofSeconds(60), 64);
    private static final long PAUSE_MILLIS = 500;
    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);
    private static final Duration ASSURANCE_REST = Duration.ofSeconds(2);
    /** How long a log rests that its partner does not know: the declaration which opened it does not count there yet. */
    private static final Duration UNKNOWN_REST = Duration.ofSeconds(30);

    private static final int UNKNOWN = 404;

    private final PartyCode partner;
    private final Parties parties;
    private final Courier courier;
    private final Outbox outbox;
    private final Head head;
    private final RandomGenerator random;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean back;
    private volatile boolean mayTell;
    private volatile Instant calledAt = Instant.MIN;
    private Lane lane = Lane.open();
    private Instant cosigningRestsUntil = Instant.MIN;
    private Instant assuranceRestsUntil = Instant.MIN;
    private Instant readingRestsUntil = Instant.MIN;

    /** The head of the relationship's log, what else is to be asked of the partner, and the clock by which the lane rests. */
    public record Head(
            Logs logs, Checkpoints checkpoints, LinkStops stops, LogReader reader, Recovery recovery, Clock clock) {}

    public PartnerLane(
            PartyCode partner, Parties parties, Courier courier, Outbox outbox, Head head, RandomGenerator random) {
        this.partner = partner;
        this.parties = parties;
        this.courier = courier;
        this.outbox = outbox;
        this.head = head;
        this.random = random;
        this.thread = Thread.ofPlatform().name("lane-" + partner.text()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Something was said or heard: look at once. */
    public void wake() {
        wake.release();
    }

    /** The partner called: whatever rests, rests no longer. Two nodes that refuse each other something do not wake each other for ever. */
    public void partnerIsBack() {
        Instant now = head.clock().instant();
        if (now.isBefore(calledAt.plus(BETWEEN_CALLS))) {
            return;
        }
        calledAt = now;
        back = true;
        mayTell = true;
        wake.release();
    }

    private void run() {
        while (!closing) {
            try {
                // Asked before anything is signed, and shown before anything is said.
                boolean assured = assure();
                boolean cosigned = assured && goesOn() && cosign();
                boolean delivered = head.recovery().isAssured(partner) && goesOn() && deliver();
                boolean read = goesOn() && read();
                if (!delivered && !cosigned && !read && wake.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("the lane to {} stumbled and goes on", partner, e);
                rest();
            }
        }
    }

    /** Whether this node knows that its log is as new as what the partner has seen; asks, unless the link is stopped for another reason. */
    private boolean assure() {
        if (head.recovery().isAssured(partner)) {
            return true;
        }
        Instant now = head.clock().instant();
        Optional<Parties.Partner> to = parties.partner(partner);
        boolean asks = goesOn() || head.stops().isRestoring(partner);
        if (!asks || to.isEmpty() || (now.isBefore(assuranceRestsUntil) && !mayTell)) {
            return false;
        }
        mayTell = false;
        String origin = head.logs().origin(partner);
        long before = head.logs().size(origin);
        boolean assured = head.recovery().attempt(to.get());
        boolean gotOn = assured || head.logs().size(origin) > before;
        assuranceRestsUntil = gotOn ? Instant.MIN : now.plus(ASSURANCE_REST);
        return assured;
    }

    /** Reads on in the partner's log; what cannot be read is tried again after a while. */
    private boolean read() {
        Instant now = head.clock().instant();
        Optional<Parties.Partner> from = parties.partner(partner);
        if (from.isEmpty() || now.isBefore(readingRestsUntil)) {
            return false;
        }
        Duration rest = head.reader().readOn(from.get());
        readingRestsUntil = now.plus(rest);
        return rest.isZero();
    }

    private boolean goesOn() {
        return head.stops().of(partner).isEmpty();
    }

    /** One attempt, if one may start and something waits; true when it got somewhere. */
    private boolean deliver() {
        Instant now = head.clock().instant();
        if (back) {
            back = false;
            lane = lane.partnerIsBack();
            cosigningRestsUntil = Instant.MIN;
        }
        if (!lane.mayStart(now)) {
            return false;
        }
        List<Outbox.Row> rows = outbox.head(partner, RULE.batchMax());
        Optional<Parties.Partner> to = parties.partner(partner);
        if (rows.isEmpty() || to.isEmpty()) {
            return false;
        }
        Lane.Underway underway =
                lane.start(rows.stream().map(Outbox.Row::statement).toList(), RULE, now);
        Optional<List<Lane.Answer>> answers = courier.bring(to.get(), rows);
        if (answers.isEmpty()) {
            lane = underway.failed(RULE, head.clock().instant(), random);
            return false;
        }
        Lane.Settled settled =
                underway.answered(answers.get(), RULE, head.clock().instant(), random);
        outbox.acknowledge(partner, settled.acknowledged());
        for (Lane.Answer.RefusedForGood refused : settled.refused()) {
            LOG.warn("{} refuses {}: {}", partner, refused.statement(), refused.problem());
            outbox.setAside(new Outbox.SetAside(partner, refused.statement(), refused.problem()));
        }
        lane = settled.next();
        if (!settled.acknowledged().isEmpty()) {
            cosigningRestsUntil = Instant.MIN;
        }
        return !settled.acknowledged().isEmpty() || !settled.refused().isEmpty();
    }

    /** Has the newest checkpoint cosigned, unless it is; true when it now is. */
    private boolean cosign() {
        Instant now = head.clock().instant();
        if (now.isBefore(cosigningRestsUntil)) {
            return false;
        }
        String origin = head.logs().origin(partner);
        Optional<Parties.Partner> to = parties.partner(partner);
        Optional<SignedCheckpoint> current = head.checkpoints().current(origin);
        if (to.isEmpty() || current.isEmpty()) {
            return false;
        }
        long cosigned = head.checkpoints()
                .cosigned(origin)
                .map(checkpoint -> checkpoint.checkpoint().size())
                .orElse(0L);
        long size = current.get().checkpoint().size();
        if (cosigned == size) {
            return false;
        }
        cosigningRestsUntil = now.plus(RULE.first());
        boolean done = show(to.get(), origin, cosigned, current.get());
        if (done) {
            cosigningRestsUntil = Instant.MIN;
        }
        return done;
    }

    private boolean show(Parties.Partner to, String origin, long from, SignedCheckpoint current) {
        Optional<Submission.Outcome> outcome = tried(to, from, current);
        if (outcome.isPresent() && outcome.get() instanceof Submission.Resume resume) {
            outcome = tried(to, resume.size(), current);
        }
        return outcome.isPresent()
                && switch (outcome.get()) {
                    case Submission.Cosigned cosigned -> kept(cosigned.checkpoint(), Cosigner.of(to.card()));
                    case Submission.WitnessAhead ahead -> {
                        LOG.error(
                                "{} has cosigned {} entries of {}, and there are {} here: this copy of the log is older than what was shown",
                                partner,
                                ahead.size(),
                                origin,
                                current.checkpoint().size());
                        head.recovery().doubt(partner);
                        yield false;
                    }
                    case Submission.Resume resume -> {
                        LOG.warn("{} names another place in {} each time: now {}", partner, origin, resume.size());
                        yield false;
                    }
                    case Submission.Refused refused -> {
                        LOG.warn("{} does not cosign {}: status {}", partner, origin, refused.status());
                        if (refused.status() == UNKNOWN) {
                            cosigningRestsUntil = head.clock().instant().plus(UNKNOWN_REST);
                        }
                        yield false;
                    }
                    case Submission.Unusable unusable -> {
                        LOG.warn("{} gave no usable cosignature of {}: {}", partner, origin, unusable.problem());
                        yield false;
                    }
                };
    }

    /** A checkpoint is cosigned when each key of the partner has cosigned it: neither algorithm can be stripped off. */
    private boolean kept(SignedCheckpoint cosigned, Cosigner cosigner) {
        try {
            cosigned.cosignedAt(cosigner);
        } catch (Malformed missing) {
            LOG.warn("{} has not cosigned with both of its keys: {}", partner, missing.problem());
            return false;
        }
        head.checkpoints().keepCosignature(cosigned);
        return true;
    }

    private Optional<Submission.Outcome> tried(Parties.Partner to, long from, SignedCheckpoint current) {
        return courier.show(
                to,
                new Submission(from, head.checkpoints().consistency(from, current), current, Cosigner.of(to.card())));
    }

    private void rest() {
        try {
            wake.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing = true;
        }
    }

    @Override
    public void close() {
        closing = true;
        wake.release();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
