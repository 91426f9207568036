package org.entente.verification.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.entente.evidence.card.PartyCode;

/** Carries calls and answers: loses, doubles, delays and reorders them, and cuts parties off from each other for days. */
final class Network {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final Course course;
    private final Random random;
    private final Tally tally;
    private final Map<PartyCode, SimulatedNode> nodes = new HashMap<>();
    private final Map<Pair, Instant> cutUntil = new HashMap<>();
    private boolean faulty = true;

    private record Pair(PartyCode one, PartyCode other) {
        static Pair of(PartyCode one, PartyCode other) {
            return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    Network(Course course, Random random, Tally tally) {
        this.course = course;
        this.random = random;
        this.tally = tally;
    }

    void attach(SimulatedNode node) {
        nodes.put(node.party(), node);
    }

    /** From now on nothing is lost, late or cut any more. */
    void heal() {
        faulty = false;
        cutUntil.clear();
    }

    void cut(PartyCode one, PartyCode other, Duration length) {
        tally.fault(Fault.PARTITION);
        cutUntil.put(Pair.of(one, other), course.now().plus(length));
    }

    /** Makes a call; the answer comes once, or nothing comes after a minute. */
    void call(PartyCode from, PartyCode to, Call call, Consumer<Optional<Call.Reply>> then) {
        Once once = new Once(then);
        course.after(ANSWER_WITHIN, () -> once.accept(Optional.empty()));
        int copies = happens(Fault.DUPLICATED, 25) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            if (!happens(Fault.REQUEST_LOST, 20)) {
                course.after(delay(), () -> arrive(from, to, call, once));
            }
        }
    }

    private void arrive(PartyCode from, PartyCode to, Call call, Once once) {
        if (course.now().isBefore(cutUntil.getOrDefault(Pair.of(from, to), Instant.MIN))) {
            return;
        }
        tally.message();
        Optional<Call.Reply> reply =
                java.util.Objects.requireNonNull(nodes.get(to)).answer(from, call);
        if (reply.isPresent() && !happens(Fault.ANSWER_LOST, 20)) {
            course.after(delay(), () -> once.accept(reply));
        }
    }

    private Duration delay() {
        return happens(Fault.LATE, 40)
                ? Duration.ofMillis(random.nextInt(200_000))
                : Duration.ofMillis(1 + random.nextInt(60));
    }

    private boolean happens(Fault fault, int oneIn) {
        boolean now = faulty && random.nextInt(oneIn) == 0;
        if (now) {
            tally.fault(fault);
        }
        return now;
    }

    /** An answer counts once; what comes after it finds nobody waiting. */
    private static final class Once {
        private final Consumer<Optional<Call.Reply>> then;
        private boolean done;

        private Once(Consumer<Optional<Call.Reply>> then) {
            this.then = then;
        }

        private void accept(Optional<Call.Reply> reply) {
            if (!done) {
                done = true;
                then.accept(reply);
            }
        }
    }
}
