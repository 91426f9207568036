package org.entente.verification.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Virtual time: what happens next, happens at once. Of two events at one moment the one that was planned first comes first. */
final class Course {
    /** When every history begins. */
    static final Instant BEGIN = Instant.parse("2026-03-10T10:00:00Z");

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private Instant now = BEGIN;
    private long planned;
    private long happened;

    private record Event(Instant at, long number, Runnable what) {}

    Instant now() {
        return now;
    }

    void after(Duration wait, Runnable what) {
        at(now.plus(wait), what);
    }

    void at(Instant when, Runnable what) {
        events.add(new Event(when.isBefore(now) ? now : when, planned++, what));
    }

    /** Lets happen what happens until a moment, or until enough is seen; afterwards it is that moment. */
    void runUntil(Instant end, BooleanSupplier enough) {
        for (Event next = events.peek();
                next != null && !next.at().isAfter(end) && !enough.getAsBoolean();
                next = events.peek()) {
            events.poll();
            now = next.at();
            happened++;
            next.what().run();
        }
        now = end;
    }

    /** How many events happened. */
    long happened() {
        return happened;
    }
}
