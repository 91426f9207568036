package org.entente.exchange.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.witness.Submission;

/**
 * What a node does next towards one partner, one errand after another: it asks whether its own log is whole, has the log's head
 * cosigned, brings what waits, and reads on in the partner's log. What may wait has its rest; a partner that calls ends all rests.
 * These are the steps of {@code docs/spec/exchange.md}, section 4, and their numbers stand beside what takes them.
 *
 * <p>The order of a round is the rule that keeps an older copy of a log from going on: nothing is signed or taken before it was
 * asked what the partner has seen, and what was said is under a head that the partner has seen as soon as it can be.
 *
 * <p>Whoever carries the errands out calls {@link #next}, does it, and says what came of it, before it calls {@link #next} again.
 * All of it is memory: after a crash it begins anew, and what was under way is done again.
 */
public final class Errands {
    /** How long a log rests that its partner does not know: the declaration which opened it does not count there yet. */
    public static final Duration UNKNOWN_REST = Duration.ofSeconds(30);

    /** How long this node rests before it asks again what the partner has seen. */
    public static final Duration ASSURANCE_REST = Duration.ofSeconds(2);

    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);
    private static final int UNKNOWN = 404;

    private final RetryRule rule;
    private final RandomGenerator random;
    private Turn turn = Turn.ASK;
    private boolean gotOn;
    private boolean told;
    private Lane lane = Lane.open();
    private Optional<Long> resumesAt = Optional.empty();
    private int unanswered;
    private int unshown;
    private Instant awayUntil = Instant.MIN;
    private Instant calledAt = Instant.MIN;
    private Instant askingRestsUntil = Instant.MIN;
    private Instant showingRestsUntil = Instant.MIN;
    private Instant readingRestsUntil = Instant.MIN;

    public Errands(RetryRule rule, RandomGenerator random) {
        this.rule = rule;
        this.random = random;
    }

    private enum Turn {
        ASK,
        SHOW,
        DELIVER,
        READ,
        END;

        private Turn following() {
            return switch (this) {
                case ASK -> SHOW;
                case SHOW -> DELIVER;
                case DELIVER -> READ;
                case READ -> END;
                case END -> ASK;
            };
        }
    }

    /** One thing to do. */
    public sealed interface Errand permits Ask, Show, Deliver, Read, Rest {}

    /** Ask the partner what it has seen of this node's log, and bring back what is not here; then {@link #asked}. */
    public record Ask() implements Errand {}

    /** Have the head of the log cosigned, with a proof from this size; then {@link #shown}. */
    public record Show(long from) implements Errand {}

    /** Bring these statements with their bodies; then {@link #delivered}. */
    public record Deliver(Lane.Underway attempt) implements Errand {}

    /** Read on in the partner's log; then {@link #read}. */
    public record Read() implements Errand {}

    /**
     * Nothing to do until something is said or somebody calls, and at the latest until then.
     *
     * @param until when the first of the rests ends; empty when nothing rests
     */
    public record Rest(Optional<Instant> until) implements Errand {}

    /** How things stand between the two nodes; asked for only what is needed, each time anew. */
    public interface Situation {
        /** Whether this node knows since its start that its log is as new as what the partner has seen. */
        boolean isAssured();

        /** Whether it may ask for that: unless the link is stopped for another reason. */
        boolean mayAsk();

        /** Whether nothing stops the link. */
        boolean goesOn();

        /** The size that the partner has cosigned last, when the log has a newer head. */
        Optional<Long> unshownFrom();

        /** The oldest statements that wait, in order. */
        List<Digest> waiting(int most);

        /** Whether the partner is known, so that its log can be read. */
        boolean mayRead();
    }

    /** What to do next: the steps in their order, and step 6 when a round is over. */
    public Errand next(Situation here, Instant now) {
        if (now.isBefore(awayUntil)) {
            turn = Turn.ASK;
            return new Rest(Optional.of(awayUntil));
        }
        for (int round = 0; round < 2; round++) {
            while (turn != Turn.END) {
                Turn mine = turn;
                turn = mine.following();
                Optional<? extends Errand> errand = switch (mine) {
                    case ASK -> ask(here, now);
                    case SHOW -> show(here, now);
                    case DELIVER -> deliver(here, now);
                    case READ -> mayRead(here, now) ? Optional.of(new Read()) : Optional.empty();
                    case END -> throw new IllegalStateException("nobody's turn");
                };
                if (errand.isPresent()) {
                    return errand.get();
                }
            }
            turn = Turn.ASK;
            if (!gotOn) {
                break;
            }
            gotOn = false;
        }
        return new Rest(Stream.of(
                        askingRestsUntil,
                        showingRestsUntil,
                        readingRestsUntil,
                        lane.restsUntil().orElse(Instant.MIN))
                .filter(now::isBefore)
                .min(Instant::compareTo));
    }

    /** Step 7. Whether the partner answers at all: whoever is away is called by one rhythm, whatever there is to do. */
    private void heard(boolean answer, Instant now) {
        unanswered = answer ? 0 : unanswered + 1;
        awayUntil = answer ? Instant.MIN : now.plus(rule.rest(unanswered, random));
    }

    /** Step 1. */
    private Optional<Ask> ask(Situation here, Instant now) {
        if (here.isAssured() || !here.mayAsk() || (now.isBefore(askingRestsUntil) && !told)) {
            return Optional.empty();
        }
        told = false;
        return Optional.of(new Ask());
    }

    /** Step 2. */
    private Optional<Show> show(Situation here, Instant now) {
        if (!here.isAssured() || !here.goesOn()) {
            return Optional.empty();
        }
        if (resumesAt.isPresent()) {
            return Optional.of(new Show(resumesAt.get()));
        }
        if (now.isBefore(showingRestsUntil)) {
            return Optional.empty();
        }
        return here.unshownFrom().map(Show::new);
    }

    /** Step 3. */
    private Optional<Deliver> deliver(Situation here, Instant now) {
        if (!here.isAssured() || !here.goesOn() || !lane.mayStart(now)) {
            return Optional.empty();
        }
        List<Digest> waiting = here.waiting(rule.batchMax());
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        Lane.Underway attempt = lane.start(waiting, rule, now);
        lane = attempt;
        return Optional.of(new Deliver(attempt));
    }

    /** Step 5. */
    private boolean mayRead(Situation here, Instant now) {
        return here.goesOn() && !now.isBefore(readingRestsUntil) && here.mayRead();
    }

    /** What came of asking the partner what it has seen. */
    public enum Asked {
        /** All of it is here now, or more than before. */
        NEARER,
        /** The partner's answer did not help. */
        NO_NEARER,
        /** No answer came. */
        UNANSWERED
    }

    /** The partner was asked what it has seen. */
    public void asked(Asked asked, Instant now) {
        boolean nearer = asked == Asked.NEARER;
        gotOn |= nearer;
        askingRestsUntil = nearer ? Instant.MIN : now.plus(ASSURANCE_REST);
        heard(asked != Asked.UNANSWERED, now);
    }

    /** What a head's being shown comes to. */
    public sealed interface Shown permits Kept, Doubt, Again, Unanswered, Unshown {}

    /** Both keys of the partner have cosigned: the checkpoint is kept so. */
    public record Kept(SignedCheckpoint cosigned) implements Shown {}

    /** The partner has cosigned more than there is here: nothing more is signed before that is explained. */
    public record Doubt(long size) implements Shown {}

    /** The partner stands elsewhere: the head is shown again from there, at once. */
    public record Again(long size) implements Shown {}

    /** No answer came. */
    public record Unanswered() implements Shown {}

    /** Nothing of the answer is kept. */
    public record Unshown(Problem problem) implements Shown {}

    /**
     * The head was shown. What the partner cannot judge, since it does not know the newest card yet, rests ever longer, until something
     * was said to it or it calls.
     *
     * @param outcome empty when no answer came
     * @param partner whose cosignatures count: a checkpoint is cosigned when each key of the partner has cosigned it, so that
     *     neither algorithm can be stripped off
     */
    public Shown shown(Optional<Submission.Outcome> outcome, Cosigner partner, Instant now) {
        boolean second = resumesAt.isPresent();
        resumesAt = Optional.empty();
        Shown shown = outcome.map(answer -> judge(answer, partner, second)).orElseGet(Unanswered::new);
        heard(outcome.isPresent(), now);
        boolean unknown = outcome.orElse(null) instanceof Submission.Refused refused && refused.status() == UNKNOWN;
        switch (shown) {
            case Kept _ -> {
                unshown = 0;
                showingRestsUntil = Instant.MIN;
                gotOn = true;
            }
            case Again again -> {
                resumesAt = Optional.of(again.size());
                turn = Turn.SHOW;
            }
            case Unshown _ -> showingRestsUntil = now.plus(unknown ? UNKNOWN_REST : rule.rest(++unshown, random));
            case Doubt _, Unanswered _ -> showingRestsUntil = now.plus(rule.first());
        }
        return shown;
    }

    private static Shown judge(Submission.Outcome outcome, Cosigner partner, boolean second) {
        return switch (outcome) {
            case Submission.Cosigned cosigned -> {
                try {
                    cosigned.checkpoint().cosignedAt(partner);
                    yield new Kept(cosigned.checkpoint());
                } catch (Malformed missing) {
                    yield new Unshown(missing.problem());
                }
            }
            case Submission.WitnessAhead ahead -> new Doubt(ahead.size());
            case Submission.Resume resume ->
                second
                        ? new Unshown(Problem.of("exchange.head-place-moves", Long.toString(resume.size())))
                        : new Again(resume.size());
            case Submission.Refused refused ->
                new Unshown(Problem.of("exchange.head-refused", Integer.toString(refused.status())));
            case Submission.Unusable unusable -> new Unshown(unusable.problem());
        };
    }

    /**
     * Step 4: the statements of an attempt were brought.
     *
     * @param answers in their order; empty when the attempt failed
     * @return what the node MUST record durably before it asks for the next errand
     */
    public Lane.Settled delivered(Lane.Underway attempt, Optional<List<Lane.Answer>> answers, Instant now) {
        if (!lane.equals(attempt)) {
            throw new IllegalStateException("not the attempt that is under way");
        }
        Lane.Settled settled = answers.map(all -> attempt.answered(all, rule, now, random))
                .orElseGet(() -> new Lane.Settled(attempt.failed(rule, now, random), List.of(), List.of()));
        lane = settled.next();
        if (!settled.acknowledged().isEmpty()) {
            unshown = 0;
            showingRestsUntil = Instant.MIN;
        }
        gotOn |= !settled.acknowledged().isEmpty() || !settled.refused().isEmpty();
        heard(answers.isPresent(), now);
        return settled;
    }

    /**
     * The partner's log was read.
     *
     * @param rest until it is read again: none when something came of it, and empty when no answer came
     */
    public void read(Optional<Duration> rest, Instant now) {
        gotOn |= rest.filter(Duration::isZero).isPresent();
        readingRestsUntil = rest.map(now::plus).orElse(Instant.MIN);
        heard(rest.isPresent(), now);
    }

    /** There was nothing to read, and nobody was asked. */
    public void nothingToRead(Duration rest, Instant now) {
        readingRestsUntil = now.plus(rest);
    }

    /** What was under way failed for a reason of this node's own: a round begins anew. */
    public void stumbled(Instant now) {
        if (lane instanceof Lane.Underway attempt) {
            lane = attempt.failed(rule, now, random);
        }
        resumesAt = Optional.empty();
        gotOn = false;
        turn = Turn.ASK;
    }

    /**
     * Step 8. The partner called: whatever rests because no answer came, rests no longer; what the partner itself wanted later, stays for later. Two
     * nodes that refuse each other something do not wake each other for ever. Wherever the round stands, another one follows.
     */
    public void partnerCalled(Instant now) {
        if (now.isBefore(calledAt.plus(BETWEEN_CALLS))) {
            return;
        }
        calledAt = now;
        told = true;
        gotOn = true;
        awayUntil = Instant.MIN;
        lane = lane.partnerIsBack();
        showingRestsUntil = Instant.MIN;
    }
}
