package org.entente.verification.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.entente.evidence.card.PartyCode;

/** Watches how often nodes call each other: ever more rarely whoever does not answer, and at once whoever is back. */
final class Rhythm {
    /** A rest of two and a half minutes and a minute of waiting, all day long, and the short rests before that. */
    static final int CALLS_A_DAY_MAX = 450;

    private static final Duration DAY = Duration.ofDays(1);
    /** Of two calls of a partner within this time the second ends no rest. */
    private static final Duration BETWEEN_CALLS = Duration.ofSeconds(1);

    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    private final Course course;
    private final Consumer<String> violated;
    private final Map<Way, Silence> silences = new HashMap<>();
    private final Map<Way, Instant> announced = new HashMap<>();

    private record Way(PartyCode from, PartyCode to) {}

    /** What one node called into the silence of another since it last heard of it. */
    private static final class Silence {
        private final Deque<Instant> calls = new ArrayDeque<>();
        private Instant last = Instant.MIN;
        private boolean unanswered;
    }

    Rhythm(Course course, Consumer<String> violated) {
        this.course = course;
        this.violated = violated;
    }

    private Silence of(PartyCode from, PartyCode to) {
        return silences.computeIfAbsent(new Way(from, to), one -> new Silence());
    }

    /** A node starts, and knows of no silence. */
    void started(PartyCode party) {
        silences.keySet().removeIf(way -> way.from().equals(party));
    }

    /** A node makes a call. */
    void calls(SimulatedNode node, PartyCode partner) {
        Silence silence = of(node.party(), partner);
        silence.last = course.now();
        silence.unanswered = false;
        silence.calls.addLast(course.now());
        while (silence.calls.getFirst().isBefore(course.now().minus(DAY))) {
            silence.calls.removeFirst();
        }
        if (silence.calls.size() > CALLS_A_DAY_MAX) {
            violated.accept(node.party() + " calls " + partner + ", which is away, more than " + CALLS_A_DAY_MAX
                    + " times within a day");
        }
    }

    /** A call has come to its end. */
    void answered(SimulatedNode node, PartyCode partner, boolean answer) {
        Silence silence = of(node.party(), partner);
        silence.unanswered = !answer;
        if (answer) {
            silence.calls.clear();
        }
    }

    /** A partner calls a node: what it did not answer is tried again at once. */
    void announced(SimulatedNode node, PartyCode partner) {
        Instant now = course.now();
        Instant before = announced.getOrDefault(new Way(partner, node.party()), Instant.MIN);
        announced.put(new Way(partner, node.party()), now);
        Silence silence = of(node.party(), partner);
        silence.calls.clear();
        if (!silence.unanswered || !before.isBefore(now.minus(BETWEEN_CALLS))) {
            return;
        }
        node.later(AT_ONCE, () -> {
            SimulatedNode.Running run = node.running().orElseThrow();
            boolean hindered = node.disk().isFull() || run.ledger().isStopped(partner);
            if (silence.last.isBefore(now) && !hindered) {
                violated.accept(node.party() + " does not call " + partner + ", which is back");
            }
        });
    }
}
