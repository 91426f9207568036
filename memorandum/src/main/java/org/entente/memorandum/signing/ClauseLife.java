package org.entente.memorandum.signing;

import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;

/**
 * How declarations about some clauses change a {@link Course}. Suspending narrows, so whatever of it is new counts; resuming widens, so it counts
 * only when each of its clauses is suspended.
 */
final class ClauseLife {
    private ClauseLife() {}

    /** The first clause that cannot be suspended by itself: one that is not there, or that grants nothing, so that its absence could only widen. */
    static Optional<Problem> unfit(Memorandum memorandum, SortedSet<ClauseNumber> clauses, PartyCode party) {
        return clauses.stream()
                .filter(clause ->
                        !grants(Optional.ofNullable(memorandum.clauses().get(clause))))
                .findFirst()
                .map(clause -> Problem.of(
                        "memorandum.signing.clause-grants-nothing", clause.text(), memorandum.id(), party.text()));
    }

    /** Whether a clause may be suspended by itself. */
    static boolean grants(Optional<Terms> terms) {
        return terms.filter(clause -> clause instanceof Terms.Grant || clause instanceof Terms.Announce)
                .isPresent();
    }

    /** Empty when it changes nothing. */
    static Optional<Course> suspend(Course course, LifecycleEvent event) {
        SortedMap<ClauseNumber, Course.Suspension> clauses = new TreeMap<>(course.clauses());
        for (ClauseNumber clause : event.clauses()) {
            Optional<Course.Suspension> before = course.suspension(clause);
            if (before.isEmpty()) {
                clauses.put(clause, Course.Suspension.begin(event.party(), event.at()));
            } else if (!before.get().agreedToResume().isEmpty()) {
                // Whoever suspends again takes back what was agreed about resuming.
                clauses.put(
                        clause,
                        Course.Suspension.begin(event.party(), before.get().since()));
            }
        }
        return changed(course, clauses);
    }

    /** Whether every clause that is named is suspended by itself. */
    static boolean allSuspended(Course course, LifecycleEvent event) {
        return event.clauses().stream()
                .allMatch(clause -> course.suspension(clause).isPresent());
    }

    /** Empty when it changes nothing. */
    static Optional<Course> resume(Course course, LifecycleEvent event) {
        SortedMap<ClauseNumber, Course.Suspension> clauses = new TreeMap<>(course.clauses());
        for (ClauseNumber clause : event.clauses()) {
            Course.Suspension before = course.suspension(clause).orElseThrow();
            clauses.put(clause, agreed(course.memorandum(), before, event));
        }
        return changed(course, clauses);
    }

    private static Course.Suspension agreed(Memorandum memorandum, Course.Suspension before, LifecycleEvent event) {
        SortedSet<PartyCode> agreed = new TreeSet<>(before.agreedToResume());
        agreed.add(event.party());
        return agreed.equals(memorandum.parties().keySet())
                ? new Course.Suspension(
                        before.by(),
                        before.since(),
                        new TreeSet<>(),
                        Optional.of(Lifecycle.later(before.since(), event.at())))
                : new Course.Suspension(before.by(), before.since(), agreed, Optional.empty());
    }

    private static Optional<Course> changed(Course course, SortedMap<ClauseNumber, Course.Suspension> clauses) {
        return clauses.equals(course.clauses()) ? Optional.empty() : Optional.of(course.with(clauses));
    }
}
