package org.entente.exchange.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;

/**
 * The way of statements to one partner: what is waiting stands in the {@link Outbox}; the lane knows only whether an
 * attempt may start, is under way, or has to wait.
 *
 * <p>One attempt at a time carries the oldest statements in their order, and the next begins only when the outcome of this one is
 * known. Order therefore needs no sequence numbers: a statement leaves the outbox before any later one is sent for the
 * first time after it. An attempt may have succeeded although its answer was lost; the statements are sent again, with
 * the same bytes, and the receiver acknowledges them again. What the partner refuses for good is set aside, visible, and never holds up what follows it.
 *
 * <p>All of a lane is memory: after a crash it starts {@link #open()}, and what was under way is simply sent again.
 */
public sealed interface Lane {
    /** A partner that asks for more is refused: it must not be able to stop us for a year. */
    Duration REST_ASKED_MAX = Duration.ofHours(1);

    /** By how much a partner's clock may be ahead. */
    Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** What a clock that is a little wrong has dated waits until its day comes; what is dated further ahead would hold up the lane for too long. */
    Duration WAITED_FOR = Duration.ofDays(1);

    /**
     * Whether a statement that the partner postpones is never delivered because this node's own clock calls its date far ahead too: it was said
     * while that clock was wrong.
     */
    static boolean isHopelesslyAhead(Instant at, Instant now) {
        return at.isAfter(now.plus(WAITED_FOR));
    }

    /** Whether a statement is dated ahead of a clock by more than is permitted; it waits. */
    static boolean isDatedAhead(Instant at, Instant now) {
        return at.isAfter(now.plus(CLOCK_SKEW));
    }

    /** Nothing under way; an attempt may start at once. */
    record Open(int failures) implements Lane {}

    /** An attempt is with the partner; it has failed when no answer came before {@code failsAt}. */
    record Underway(List<Digest> statements, int failures, Instant failsAt) implements Lane {
        public Underway {
            statements = List.copyOf(statements);
        }

        /** The attempt did not reach the partner, or its answer did not reach us: rest, then send the same again. */
        public Lane failed(RetryRule rule, Instant now, RandomGenerator random) {
            return new Resting(failures + 1, now.plus(rule.rest(failures + 1, random)));
        }

        /**
         * Settles the attempt by the partner's answers, which count from the first and only in their turn: skipping one
         * would let a later statement overtake it. What stays unanswered is sent again.
         */
        public Settled answered(List<Answer> answers, RetryRule rule, Instant now, RandomGenerator random) {
            List<Digest> acknowledged = new ArrayList<>();
            List<Answer.RefusedForGood> refused = new ArrayList<>();
            Duration notBefore = Duration.ZERO;
            for (int i = 0; i < Math.min(answers.size(), statements.size()); i++) {
                if (!answers.get(i).statement().equals(statements.get(i))) {
                    break;
                }
                switch (answers.get(i)) {
                    case Answer.Acknowledged yes -> acknowledged.add(yes.statement());
                    case Answer.RefusedForGood no -> refused.add(no);
                    case Answer.Later later -> notBefore = later.notBefore();
                }
                if (notBefore.isPositive()) {
                    break;
                }
            }
            if (acknowledged.size() + refused.size() == statements.size()) {
                return new Settled(open(), acknowledged, refused);
            }
            Duration rest = rule.rest(failures + 1, random);
            Lane next = notBefore.isPositive()
                    ? new Postponed(failures + 1, now.plus(rest.compareTo(notBefore) >= 0 ? rest : notBefore))
                    : new Resting(failures + 1, now.plus(rest));
            return new Settled(next, acknowledged, refused);
        }
    }

    /** Waiting until a moment, or until the partner says that it is back. */
    record Resting(int failures, Instant until) implements Lane {}

    /** The partner wants a statement later, and was there when it said so: that it calls changes nothing before the moment has come. */
    record Postponed(int failures, Instant until) implements Lane {}

    /** What the partner said about one statement of an attempt. */
    sealed interface Answer {
        Digest statement();

        /** It is durable there, now or already before. */
        record Acknowledged(Digest statement) implements Answer {}

        /** It will never be accepted, and why. */
        record RefusedForGood(Digest statement, Problem problem) implements Answer {}

        /** Not now: the partner is busy or lacks a body; this statement and those after it are sent again. */
        record Later(Digest statement, Duration notBefore) implements Answer {
            public Later {
                if (!notBefore.isPositive() || notBefore.compareTo(REST_ASKED_MAX) > 0) {
                    throw new IllegalArgumentException("a partner asks for a rest of up to an hour: " + notBefore);
                }
            }
        }
    }

    /**
     * What an answer changes; the node MUST record both lists durably before it lets {@code next} begin.
     *
     * @param acknowledged leave the outbox
     * @param refused are set aside, with the partner's reason
     */
    record Settled(Lane next, List<Digest> acknowledged, List<Answer.RefusedForGood> refused) {
        public Settled {
            acknowledged = List.copyOf(acknowledged);
            refused = List.copyOf(refused);
        }
    }

    /** How many of the oldest statements go in one attempt: as many as have bodies of so many bytes together, or the first alone. */
    static int together(List<Long> bodyBytes, long bytesMax) {
        long bytes = 0;
        int count = 0;
        for (long next : bodyBytes) {
            bytes += next;
            if (count > 0 && bytes > bytesMax) {
                break;
            }
            count++;
        }
        return count;
    }

    static Lane open() {
        return new Open(0);
    }

    /** Whether an attempt may start now. */
    default boolean mayStart(Instant now) {
        return switch (this) {
            case Open open -> true;
            case Underway underway -> false;
            case Resting resting -> !now.isBefore(resting.until());
            case Postponed postponed -> !now.isBefore(postponed.until());
        };
    }

    /** Until when the lane rests, if it does. */
    default Optional<Instant> restsUntil() {
        return switch (this) {
            case Resting resting -> Optional.of(resting.until());
            case Postponed postponed -> Optional.of(postponed.until());
            case Open _, Underway _ -> Optional.empty();
        };
    }

    /**
     * Starts an attempt with the head of the outbox, which the node then sends: a batch, and after a failure the oldest alone, so
     * that a partner that is away, too slow for a batch or not ready for the first of it is not brought all the others each time.
     *
     * @param head the oldest waiting statements in order; at least one
     * @throws IllegalStateException unless {@link #mayStart}
     */
    default Underway start(List<Digest> head, RetryRule rule, Instant now) {
        if (!mayStart(now) || head.isEmpty()) {
            throw new IllegalStateException("no attempt may start from " + this);
        }
        List<Digest> batch = head.subList(0, Math.min(head.size(), failures() == 0 ? rule.batchMax() : 1));
        return new Underway(batch, failures(), now.plus(rule.answerWithin()));
    }

    /** How many attempts failed in a row. */
    int failures();

    /** Time has passed: an attempt that was not answered in time has failed. */
    default Lane tick(RetryRule rule, Instant now, RandomGenerator random) {
        return this instanceof Underway underway && !now.isBefore(underway.failsAt())
                ? underway.failed(rule, now, random)
                : this;
    }

    /** The partner announced itself: no rest any longer. */
    default Lane partnerIsBack() {
        return this instanceof Resting resting ? new Open(resting.failures()) : this;
    }
}
