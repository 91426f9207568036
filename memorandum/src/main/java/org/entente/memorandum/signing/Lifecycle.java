package org.entente.memorandum.signing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;

/**
 * The life of a memorandum as a fold over declarations: draft, signed by some, in force, suspended and resumed,
 * withdrawn; and of the suspension of single clauses, which the whole's neither lifts nor is lifted by. A declaration that does not fit is refused and
 * changes nothing.
 *
 * <p>Declarations count in the order in which they stand in the evidence log, never by their clocks, which two sovereign
 * nodes do not share. The moments are used only where a term is counted from them; the later of two always wins.
 */
public final class Lifecycle {
    private Lifecycle() {}

    /** What a declaration did. */
    public sealed interface Step {
        Standing standing();
    }

    /** The declaration holds and this is the new state. */
    public record Moved(Standing standing) implements Step {}

    /** The declaration is refused and the state is what it was. */
    public record Unmoved(Standing standing, Problem problem) implements Step {}

    /** All declarations in log order; the refused ones are listed beside the state that the others led to. */
    public record Outcome(Standing standing, List<Unmoved> refused) {
        public Outcome {
            refused = List.copyOf(refused);
        }
    }

    public static Outcome fold(Memorandum memorandum, List<LifecycleEvent> events) {
        Standing standing = new Standing.Draft(memorandum);
        List<Unmoved> refused = new ArrayList<>();
        for (LifecycleEvent event : events) {
            Step step = apply(standing, event);
            if (step instanceof Unmoved unmoved) {
                refused.add(unmoved);
            }
            standing = step.standing();
        }
        return new Outcome(standing, refused);
    }

    public static Step apply(Standing standing, LifecycleEvent event) {
        Memorandum memorandum = standing.memorandum();
        if (!event.memorandum().equals(memorandum.digest())) {
            return unmoved(standing, event, "memorandum.signing.other-digest");
        }
        if (!memorandum.parties().containsKey(event.party())) {
            return unmoved(standing, event, "memorandum.signing.no-party-to-it");
        }
        Optional<Problem> unfit = ClauseLife.unfit(memorandum, event.clauses(), event.party());
        if (unfit.isPresent()) {
            return new Unmoved(standing, unfit.get());
        }
        return switch (standing) {
            case Standing.Draft _ -> signed(new Standing.Signed(memorandum, new TreeMap<>()), standing, event);
            case Standing.Signed signed -> signed(signed, standing, event);
            case Standing.Concluded concluded -> concluded(concluded, event);
            case Standing.Superseded superseded -> superseded(superseded, event);
        };
    }

    /** What is declared about a version that a newer one replaces is kept, and brings it back in no case. */
    private static Step superseded(Standing.Superseded superseded, LifecycleEvent event) {
        return switch (apply(superseded.before(), event)) {
            case Moved(Standing.Concluded moved) ->
                new Moved(new Standing.Superseded(moved, superseded.by(), superseded.version(), superseded.since()));
            case Moved _ -> throw new IllegalStateException("what every party has signed stays signed");
            case Unmoved unmoved -> new Unmoved(superseded, unmoved.problem());
        };
    }

    /** Why a declaration could hold in no state at all, so that nobody need sign it. */
    public static Optional<Problem> unfit(Memorandum memorandum, Declaration declaration, PartyCode party) {
        return declaration.kind() == LifecycleEvent.Kind.SIGNED
                ? brokenPromise(memorandum)
                : ClauseLife.unfit(memorandum, declaration.clauses(), party);
    }

    private static Optional<Problem> brokenPromise(Memorandum memorandum) {
        return memorandum.brokenPromises().stream()
                .findFirst()
                .map(promise -> Problem.of("memorandum.signing.promise-broken", memorandum.id(), promise.word()));
    }

    private static Step signed(Standing.Signed before, Standing standing, LifecycleEvent event) {
        Memorandum memorandum = standing.memorandum();
        if (event.kind() != LifecycleEvent.Kind.SIGNED) {
            return unmoved(standing, event, "memorandum.signing.out-of-order");
        }
        Optional<Problem> broken = brokenPromise(memorandum);
        if (broken.isPresent()) {
            return new Unmoved(standing, broken.get());
        }
        SortedMap<PartyCode, Instant> signatures = new TreeMap<>(before.signatures());
        if (signatures.putIfAbsent(event.party(), event.at()) != null) {
            return unmoved(standing, event, "memorandum.signing.twice");
        }
        if (before.texts().isPresent() && !before.texts().equals(event.texts())) {
            return unmoved(standing, event, "memorandum.signing.other-text");
        }
        if (signatures.keySet().equals(memorandum.parties().keySet())) {
            Instant last = signatures.values().stream().max(Instant::compareTo).orElseThrow();
            return new Moved(new Standing.InForce(memorandum, last));
        }
        return new Moved(new Standing.Signed(memorandum, signatures, event.texts()));
    }

    private static Step concluded(Standing.Concluded standing, LifecycleEvent event) {
        boolean whole = event.clauses().isEmpty();
        return switch (event.kind()) {
            case SIGNED -> unmoved(standing, event, "memorandum.signing.twice");
            case SUSPENDED -> whole ? suspend(standing, event) : suspendClauses(standing, event);
            case RESUMED -> whole ? resume(standing, event) : resumeClauses(standing, event);
            case WITHDRAWN -> withdraw(standing, event);
        };
    }

    private static Step suspend(Standing.Concluded standing, LifecycleEvent event) {
        return switch (standing) {
            case Standing.InForce inForce ->
                new Moved(new Standing.Suspended(inForce.course(), event.party(), event.at(), new TreeSet<>()));
            case Standing.Suspended suspended
            when suspended.agreedToResume().isEmpty() -> unmoved(standing, event, "memorandum.signing.twice");
            case Standing.Suspended suspended -> // whoever suspends again takes back what was agreed about resuming
                new Moved(
                        new Standing.Suspended(suspended.course(), event.party(), suspended.since(), new TreeSet<>()));
            case Standing.Withdrawn withdrawn
            when event.at().isBefore(withdrawn.ends()) ->
                new Moved(new Standing.Withdrawn(withdrawn.course(), withdrawn.by(), withdrawn.declared(), event.at()));
            case Standing.Withdrawn _ -> unmoved(standing, event, "memorandum.signing.out-of-order");
        };
    }

    private static Step suspendClauses(Standing.Concluded standing, LifecycleEvent event) {
        if (standing instanceof Standing.Withdrawn withdrawn && !event.at().isBefore(withdrawn.ends())) {
            return unmoved(standing, event, "memorandum.signing.out-of-order");
        }
        return ClauseLife.suspend(standing.course(), event)
                .<Step>map(course -> new Moved(with(standing, course)))
                .orElseGet(() -> unmoved(standing, event, "memorandum.signing.twice"));
    }

    private static Step resume(Standing.Concluded standing, LifecycleEvent event) {
        if (!(standing instanceof Standing.Suspended suspended)) {
            return unmoved(standing, event, "memorandum.signing.out-of-order");
        }
        SortedSet<PartyCode> agreed = new TreeSet<>(suspended.agreedToResume());
        if (!agreed.add(event.party())) {
            return unmoved(standing, event, "memorandum.signing.twice");
        }
        if (agreed.equals(suspended.memorandum().parties().keySet())) {
            return new Moved(new Standing.InForce(suspended.course(), later(suspended.since(), event.at())));
        }
        return new Moved(new Standing.Suspended(suspended.course(), suspended.by(), suspended.since(), agreed));
    }

    /** Nothing is resumed once a party has withdrawn. */
    private static Step resumeClauses(Standing.Concluded standing, LifecycleEvent event) {
        if (standing instanceof Standing.Withdrawn || !ClauseLife.allSuspended(standing.course(), event)) {
            return unmoved(standing, event, "memorandum.signing.out-of-order");
        }
        return ClauseLife.resume(standing.course(), event)
                .<Step>map(course -> new Moved(with(standing, course)))
                .orElseGet(() -> unmoved(standing, event, "memorandum.signing.twice"));
    }

    private static Standing with(Standing.Concluded standing, Course course) {
        return switch (standing) {
            case Standing.InForce inForce -> new Standing.InForce(course, inForce.since());
            case Standing.Suspended suspended ->
                new Standing.Suspended(course, suspended.by(), suspended.since(), suspended.agreedToResume());
            case Standing.Withdrawn withdrawn ->
                new Standing.Withdrawn(course, withdrawn.by(), withdrawn.declared(), withdrawn.ends());
        };
    }

    /** Without a clause on notice, and while suspended, a withdrawal ends the memorandum at once. */
    private static Step withdraw(Standing.Concluded standing, LifecycleEvent event) {
        Course course = standing.course();
        return switch (standing) {
            case Standing.InForce _ -> {
                Instant ends = course.memorandum().clausesOf(Terms.Withdraw.class).stream()
                        .map(clause -> clause.terms().notice().after(event.at()))
                        .findFirst()
                        .orElse(event.at());
                yield new Moved(new Standing.Withdrawn(course, event.party(), event.at(), ends));
            }
            case Standing.Suspended _ ->
                new Moved(new Standing.Withdrawn(course, event.party(), event.at(), event.at()));
            case Standing.Withdrawn _ -> unmoved(standing, event, "memorandum.signing.twice");
        };
    }

    static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Unmoved unmoved(Standing standing, LifecycleEvent event, String code) {
        return new Unmoved(
                standing,
                Problem.of(
                        code,
                        standing.memorandum().id(),
                        event.party().text(),
                        event.kind().word()));
    }
}
