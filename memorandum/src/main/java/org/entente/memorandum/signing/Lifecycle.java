package org.entente.memorandum.signing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Terms;

/**
 * The life of a memorandum as a fold over declarations: draft, signed by some, in force, suspended and resumed,
 * withdrawn. A declaration that does not fit is refused and changes nothing.
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
        return switch (event.kind()) {
            case SIGNED -> sign(standing, event);
            case SUSPENDED -> suspend(standing, event);
            case RESUMED -> resume(standing, event);
            case WITHDRAWN -> withdraw(standing, event);
        };
    }

    private static Step sign(Standing standing, LifecycleEvent event) {
        SortedMap<PartyCode, Instant> signatures = new TreeMap<>();
        switch (standing) {
            case Standing.Draft _ -> {
                // The first signature.
            }
            case Standing.Signed signed -> signatures.putAll(signed.signatures());
            case Standing.InForce _, Standing.Suspended _, Standing.Withdrawn _ -> {
                return unmoved(standing, event, "memorandum.signing.twice");
            }
        }
        Memorandum memorandum = standing.memorandum();
        if (!memorandum.brokenPromises().isEmpty()) {
            Never first = memorandum.brokenPromises().iterator().next();
            return new Unmoved(
                    standing, Problem.of("memorandum.signing.promise-broken", memorandum.id(), first.word()));
        }
        if (signatures.putIfAbsent(event.party(), event.at()) != null) {
            return unmoved(standing, event, "memorandum.signing.twice");
        }
        if (signatures.keySet().equals(memorandum.parties().keySet())) {
            Instant last = signatures.values().stream().max(Instant::compareTo).orElseThrow();
            return new Moved(new Standing.InForce(memorandum, last));
        }
        return new Moved(new Standing.Signed(memorandum, signatures));
    }

    private static Step suspend(Standing standing, LifecycleEvent event) {
        return switch (standing) {
            case Standing.Draft _, Standing.Signed _ -> unmoved(standing, event, "memorandum.signing.out-of-order");
            case Standing.InForce inForce ->
                new Moved(new Standing.Suspended(
                        inForce.memorandum(), event.party(), event.at(), new TreeSet<PartyCode>()));
            case Standing.Suspended suspended
            when suspended.agreedToResume().isEmpty() -> unmoved(standing, event, "memorandum.signing.twice");
            case Standing.Suspended suspended -> // whoever suspends again takes back what was agreed about resuming
                new Moved(new Standing.Suspended(
                        suspended.memorandum(), event.party(), suspended.since(), new TreeSet<PartyCode>()));
            case Standing.Withdrawn withdrawn
            when event.at().isBefore(withdrawn.ends()) ->
                new Moved(new Standing.Withdrawn(
                        withdrawn.memorandum(), withdrawn.by(), withdrawn.declared(), event.at()));
            case Standing.Withdrawn _ -> unmoved(standing, event, "memorandum.signing.out-of-order");
        };
    }

    private static Step resume(Standing standing, LifecycleEvent event) {
        if (!(standing instanceof Standing.Suspended suspended)) {
            return unmoved(standing, event, "memorandum.signing.out-of-order");
        }
        SortedSet<PartyCode> agreed = new TreeSet<>(suspended.agreedToResume());
        if (!agreed.add(event.party())) {
            return unmoved(standing, event, "memorandum.signing.twice");
        }
        Memorandum memorandum = suspended.memorandum();
        if (agreed.equals(memorandum.parties().keySet())) {
            return new Moved(new Standing.InForce(memorandum, later(suspended.since(), event.at())));
        }
        return new Moved(new Standing.Suspended(memorandum, suspended.by(), suspended.since(), agreed));
    }

    /** Without a clause on notice, and while suspended, a withdrawal ends the memorandum at once. */
    private static Step withdraw(Standing standing, LifecycleEvent event) {
        Memorandum memorandum = standing.memorandum();
        return switch (standing) {
            case Standing.Draft _, Standing.Signed _ -> unmoved(standing, event, "memorandum.signing.out-of-order");
            case Standing.InForce _ -> {
                Instant ends = memorandum.clausesOf(Terms.Withdraw.class).stream()
                        .map(clause -> clause.terms().notice().after(event.at()))
                        .findFirst()
                        .orElse(event.at());
                yield new Moved(new Standing.Withdrawn(memorandum, event.party(), event.at(), ends));
            }
            case Standing.Suspended _ ->
                new Moved(new Standing.Withdrawn(memorandum, event.party(), event.at(), event.at()));
            case Standing.Withdrawn _ -> unmoved(standing, event, "memorandum.signing.twice");
        };
    }

    private static Instant later(Instant one, Instant other) {
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
