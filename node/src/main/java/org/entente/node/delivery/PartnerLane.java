package org.entente.node.delivery;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.Submission;
import org.entente.exchange.delivery.Errands;
import org.entente.exchange.delivery.Lane;
import org.entente.exchange.delivery.Outbox;
import org.entente.exchange.delivery.RetryRule;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.entente.node.reading.Edition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the errands to one partner: brings what waits in the outbox, in order, and has the log's head cosigned whenever it has
 * moved. What comes when is decided by {@link Errands}; this thread only does it.
 */
public final class PartnerLane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PartnerLane.class);
    private static final long PAUSE_MILLIS = 500;

    private final PartyCode partner;
    private final Parties parties;
    private final Courier courier;
    private final Outbox outbox;
    private final Head head;
    private final Errands errands;
    private final Errands.Situation situation = new Here();
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private final long begun = System.nanoTime();
    private volatile boolean closing;
    private volatile boolean called;

    /** What was looked at for the next attempt. */
    private List<Courier.Laden> laden = List.of();

    /** The head of the relationship's log, and what else is to be asked of the partner. */
    public record Head(Logs logs, Checkpoints checkpoints, LinkStops stops, LogReader reader, Recovery recovery) {}

    public PartnerLane(
            PartyCode partner, Parties parties, Courier courier, Outbox outbox, Head head, RandomGenerator random) {
        this.partner = partner;
        this.parties = parties;
        this.courier = courier;
        this.outbox = outbox;
        this.head = head;
        this.errands = new Errands(RetryRule.USUAL, random);
        this.thread = Thread.ofPlatform().name("lane-" + partner.text()).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /** Something was said or heard: look at once. */
    public void wake() {
        wake.release();
    }

    /** The partner called: whatever rests, rests no longer. */
    public void partnerIsBack() {
        called = true;
        wake.release();
    }

    private void run() {
        while (!closing) {
            try {
                if (called) {
                    called = false;
                    errands.partnerCalled(now());
                }
                carryOut(next());
            } catch (RuntimeException e) {
                LOG.error("the lane to {} stumbled and goes on", partner, e);
                errands.stumbled(now());
                rest();
            }
        }
    }

    private Errands.Errand next() {
        try (Edition.Look _ = Edition.look()) {
            return errands.next(situation, now());
        }
    }

    /** Time since the lane began, by a clock that nobody sets: one that was put back by years would rest a lane for years. */
    private Instant now() {
        return Instant.EPOCH.plusNanos(System.nanoTime() - begun);
    }

    private void carryOut(Errands.Errand errand) {
        switch (errand) {
            case Errands.Ask _ -> errands.asked(ask(known()), now());
            case Errands.Show show -> show(known(), show.from());
            case Errands.Deliver deliver -> deliver(known(), deliver.attempt());
            case Errands.Read _ -> {
                if (head.reader().hasUnread(known())) {
                    errands.read(head.reader().readOn(known()), now());
                } else {
                    errands.nothingToRead(LogReader.NOTHING_NEW, now());
                }
            }
            case Errands.Rest _ -> rest();
        }
    }

    /** The partner as it is known now: an errand there is only towards one that is. */
    private Parties.Partner known() {
        return parties.partner(partner).orElseThrow();
    }

    /** How things stand, as the database says each time. */
    private final class Here implements Errands.Situation {
        @Override
        public boolean isAssured() {
            return head.recovery().isAssured(partner);
        }

        @Override
        public boolean mayAsk() {
            return mayRead() && (goesOn() || head.stops().isRestoring(partner));
        }

        @Override
        public boolean goesOn() {
            return head.stops().of(partner).isEmpty();
        }

        @Override
        public Optional<Long> unshownFrom() {
            String origin = head.logs().origin(partner);
            Optional<SignedCheckpoint> current = head.checkpoints().current(origin);
            long cosigned = head.checkpoints()
                    .cosigned(origin)
                    .map(checkpoint -> checkpoint.checkpoint().size())
                    .orElse(0L);
            return current.filter(
                            checkpoint -> mayRead() && checkpoint.checkpoint().size() != cosigned)
                    .map(checkpoint -> cosigned);
        }

        @Override
        public List<Digest> waiting(int most) {
            Optional<Parties.Partner> to = parties.partner(partner);
            laden = to.isPresent() ? courier.ready(to.get(), outbox.head(partner, most)) : List.of();
            return laden.stream().map(one -> one.row().statement()).toList();
        }

        @Override
        public boolean mayRead() {
            return parties.partner(partner).isPresent();
        }
    }

    /** Asks for what the partner has seen, and brings back what is not here. */
    private Errands.Asked ask(Parties.Partner to) {
        String origin = head.logs().origin(partner);
        long before = head.logs().size(origin);
        Errands.Asked asked = head.recovery().attempt(to);
        return head.logs().size(origin) > before ? Errands.Asked.NEARER : asked;
    }

    /** One attempt with the statements that were looked at for it. */
    private void deliver(Parties.Partner to, Lane.Underway attempt) {
        List<Courier.Laden> attempted = laden.subList(0, attempt.statements().size());
        Lane.Settled settled = errands.delivered(attempt, courier.bring(to, attempted), now());
        outbox.acknowledge(partner, settled.acknowledged());
        for (Lane.Answer.RefusedForGood refused : settled.refused()) {
            LOG.warn("{} refuses {}: {}", partner, refused.statement(), refused.problem());
            outbox.setAside(new Outbox.SetAside(partner, refused.statement(), refused.problem()));
        }
    }

    /** Has the newest checkpoint cosigned. */
    private void show(Parties.Partner to, long from) {
        String origin = head.logs().origin(partner);
        SignedCheckpoint current = head.checkpoints().current(origin).orElseThrow();
        Errands.Shown shown = errands.shown(tried(to, from, current), Cosigner.of(to.card()), now());
        switch (shown) {
            case Errands.Kept kept -> head.checkpoints().keepCosignature(kept.cosigned());
            case Errands.Doubt ahead -> {
                LOG.error(
                        "{} has cosigned {} entries of {}, and there are {} here: this copy of the log is older than what was shown",
                        partner,
                        ahead.size(),
                        origin,
                        current.checkpoint().size());
                head.recovery().doubt(partner);
            }
            case Errands.Again _, Errands.Unanswered _ -> {
                // It is shown again, from there at once or after a rest.
            }
            case Errands.Unshown not -> LOG.warn("{} has not cosigned {}: {}", partner, origin, not.problem());
        }
    }

    private Optional<Submission.Outcome> tried(Parties.Partner to, long from, SignedCheckpoint current) {
        return courier.show(
                to,
                new Submission(from, head.checkpoints().consistency(from, current), current, Cosigner.of(to.card())));
    }

    private void rest() {
        try {
            if (wake.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                wake.drainPermits();
            }
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
