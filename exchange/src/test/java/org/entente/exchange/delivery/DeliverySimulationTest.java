package org.entente.exchange.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Samples;
import org.junit.jupiter.api.Test;

/**
 * One sender, one receiver, virtual time and a bad network: every statement is applied exactly once, in order, or was
 * refused for good and is visible; none is lost.
 */
class DeliverySimulationTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final int SEEDS = 150 * DEPTH;
    private static final List<Statement> STATEMENTS = IntStream.range(0, 40)
            .mapToObj(i -> Parties.fromMx(new Samples(1000 + i).message(Kind.REFUSED), Parties.NOON))
            .toList();

    private static final List<Digest> IDS =
            STATEMENTS.stream().map(Statement::id).toList();

    private enum Fault {
        REQUEST_LOST,
        ANSWER_LOST,
        DUPLICATED,
        DELAYED,
        PARTNER_DOWN,
        SENDER_CRASHED,
        BUSY,
        POISON
    }

    @Test
    void everyStatementIsAppliedOnceInOrderAndNoneIsLost() {
        Map<Fault, Integer> fired = new EnumMap<>(Fault.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed, fired);
            world.run();
            assertThat(world.applied).as("seed %d: once and in order", seed).isEqualTo(world.expected());
            assertThat(world.outbox.waiting(Samples.US))
                    .as("seed %d: drained", seed)
                    .isZero();
            assertThat(world.outbox.setAside(Samples.US))
                    .as("seed %d: poison is visible", seed)
                    .extracting(Outbox.SetAside::statement)
                    .isEqualTo(world.poison);
        }
        assertThat(fired).containsOnlyKeys(Fault.values());
    }

    private record Event(Instant at, int order, Runnable what) {}

    private static final class World {
        private final Random random;
        private final Map<Fault, Integer> fired;
        private final RetryRule rule;
        private final InMemoryOutbox outbox = new InMemoryOutbox();
        private final InMemoryInbox inbox = new InMemoryInbox();
        private final List<Digest> applied = new ArrayList<>();
        private final List<Digest> poison = new ArrayList<>();
        private final PriorityQueue<Event> events =
                new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingInt(Event::order));
        private final Instant downFrom;
        private final Instant downUntil;
        private final Instant healedAt;
        private Instant now = Parties.NOON;
        private Lane lane = Lane.open();
        private int attempts;
        private int order;

        World(long seed, Map<Fault, Integer> fired) {
            this.random = new Random(seed);
            this.fired = fired;
            this.rule = new RetryRule(
                    Duration.ofSeconds(1), Duration.ofMinutes(15), Duration.ofSeconds(60), 1 + random.nextInt(8));
            this.downFrom = now.plusSeconds(random.nextInt(3600));
            this.downUntil = downFrom.plus(Duration.ofDays(random.nextInt(30)));
            this.healedAt = downUntil.plus(Duration.ofHours(2));
            for (Digest id : IDS) {
                if (random.nextInt(12) == 0) {
                    poison.add(id);
                }
            }
        }

        List<Digest> expected() {
            return IDS.stream().filter(id -> !poison.contains(id)).toList();
        }

        void run() {
            int next = 0;
            for (int steps = 0; steps < 200_000; steps++) {
                if (next < STATEMENTS.size() && (random.nextInt(3) == 0 || !now.isBefore(downFrom))) {
                    outbox.append(List.of(new Outbox.Row(Samples.US, IDS.get(next++), new byte[0])));
                }
                if (next == STATEMENTS.size() && outbox.waiting(Samples.US) == 0 && events.isEmpty()) {
                    return;
                }
                lane = lane.tick(rule, now, random);
                maybeCrash();
                List<Digest> head = outbox.head(Samples.US, rule.batchMax()).stream()
                        .map(Outbox.Row::statement)
                        .toList();
                if (lane.mayStart(now) && !head.isEmpty()) {
                    send(head);
                }
                advance();
            }
        }

        private void advance() {
            Event event = events.poll();
            if (event != null) {
                now = event.at();
                event.what().run();
            } else {
                now = switch (lane) {
                    case Lane.Open _ -> now.plusMillis(1 + random.nextInt(2000));
                    case Lane.Underway underway -> underway.failsAt();
                    case Lane.Resting _, Lane.Postponed _ ->
                        lane.restsUntil().filter(now::isBefore).orElse(now.plusMillis(1));
                };
            }
        }

        private void maybeCrash() {
            if (happens(Fault.SENDER_CRASHED, 60)) {
                lane = Lane.open();
                attempts++;
            }
        }

        private void send(List<Digest> head) {
            Lane.Underway attempt = lane.start(head, rule, now);
            lane = attempt;
            int number = ++attempts;
            int copies = happens(Fault.DUPLICATED, 6) ? 2 : 1;
            for (int copy = 0; copy < copies; copy++) {
                if (!happens(Fault.REQUEST_LOST, 6)) {
                    at(now.plusMillis(delay()), () -> receive(attempt, number));
                }
            }
        }

        private void receive(Lane.Underway attempt, int number) {
            if (!now.isBefore(downFrom) && now.isBefore(downUntil)) {
                fired.merge(Fault.PARTNER_DOWN, 1, Integer::sum);
                return;
            }
            List<Lane.Answer> answers = new ArrayList<>();
            for (Digest id : attempt.statements()) {
                if (happens(Fault.BUSY, 15)) {
                    answers.add(new Lane.Answer.Later(id, Duration.ofSeconds(30)));
                    break;
                }
                answers.add(answer(id));
            }
            if (!happens(Fault.ANSWER_LOST, 6)) {
                at(now.plusMillis(delay()), () -> settle(attempt, answers, number));
            }
        }

        private Lane.Answer answer(Digest id) {
            if (poison.contains(id)) {
                fired.merge(Fault.POISON, 1, Integer::sum);
                return new Lane.Answer.RefusedForGood(id, Problem.of("exchange.expired"));
            }
            Statement statement = STATEMENTS.get(IDS.indexOf(id));
            Arrival arrival = Parties.arrival(statement);
            Acceptance outcome = Acceptance.decide(
                    arrival,
                    new Acceptance.Circumstances(
                            Parties.US_CARD,
                            inbox.known(Samples.MX, id),
                            Acceptance.Relation.OPEN,
                            now,
                            Duration.ofMinutes(5)));
            switch (outcome) {
                case Acceptance.Applied one -> inbox.accept(arrival, one.message(), () -> applied.add(id));
                case Acceptance.Duplicate _ -> assertThat(applied).contains(id);
                case Acceptance.Quarantined _, Acceptance.Postponed _, Acceptance.Refused _ ->
                    throw new AssertionError(outcome);
            }
            return new Lane.Answer.Acknowledged(id);
        }

        /** An answer to an attempt that was given up in the meantime finds no connection and is lost. */
        private void settle(Lane.Underway attempt, List<Lane.Answer> answers, int number) {
            if (number != attempts || !lane.equals(attempt)) {
                return;
            }
            Lane.Settled settled = attempt.answered(answers, rule, now, random);
            settled.acknowledged().forEach(id -> outbox.acknowledge(Samples.US, id));
            settled.refused()
                    .forEach(no -> outbox.setAside(new Outbox.SetAside(Samples.US, no.statement(), no.problem())));
            lane = settled.next();
        }

        private long delay() {
            return happens(Fault.DELAYED, 10) ? random.nextInt(200_000) : 1 + random.nextInt(50);
        }

        private boolean happens(Fault fault, int oneIn) {
            boolean now = this.now.isBefore(healedAt) && random.nextInt(oneIn) == 0;
            if (now) {
                fired.merge(fault, 1, Integer::sum);
            }
            return now;
        }

        private void at(Instant when, Runnable what) {
            events.add(new Event(when, order++, what));
        }
    }
}
