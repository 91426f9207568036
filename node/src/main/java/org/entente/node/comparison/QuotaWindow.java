package org.entente.node.comparison;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.holdings.identifier.IdentifierSpace;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.signing.Standing;
import org.entente.node.act.RefusedAct;
import org.entente.node.memoranda.Memoranda;

/**
 * Since when charges count: within each quota's own term, whatever case, officer, memorandum or epoch they were for; and within a year for the ceiling that no
 * memorandum lifts, a thousandth of the smallest space of identifiers that the index can hold.
 */
public final class QuotaWindow {
    /** The stretch of time in which the ceiling of the space counts. */
    public static final Duration SPACE_TERM = Duration.ofDays(365);

    private static final long SPACE_FRACTION = 1_000;

    private final Memoranda memoranda;

    public QuotaWindow(Memoranda memoranda) {
        this.memoranda = memoranda;
    }

    /** The beginning of the longest term that ends now; now itself when no memorandum sets a quota. */
    public Instant since(PartyCode partner, Instant now) {
        return terms(partner).stream()
                .map(term -> begin(term, now))
                .min(Instant::compareTo)
                .orElse(now);
    }

    /**
     * The charge of a question, as the memoranda with a partner count it.
     *
     * @param charged elements charged to the asker since a moment, this question left out
     */
    public Act.Charge charge(long elements, PartyCode partner, Instant now, ToLongFunction<Instant> charged) {
        Instant longest = since(partner, now);
        SortedMap<String, Long> within = new TreeMap<>();
        for (Term term : terms(partner)) {
            Instant begin = begin(term, now);
            if (begin.isAfter(longest)) {
                within.put(term.toString(), charged.applyAsLong(begin));
            }
        }
        return new Act.Charge(elements, charged.applyAsLong(longest), within);
    }

    /** How many elements one party may ask of an index and of all others together within {@link #SPACE_TERM}. */
    public static long spaceCeiling(Indices.Facts index) {
        return Arrays.stream(IdentifierType.values())
                        .filter(index::holds)
                        .mapToLong(IdentifierSpace::of)
                        .min()
                        .orElse(0)
                / SPACE_FRACTION;
    }

    /**
     * Requires that a question stays below {@link #spaceCeiling}.
     *
     * @param charged elements charged to the asker since a moment, this question left out
     * @throws RefusedAct {@code comparison.space-exhausted}
     */
    static void requireSpace(long elements, Indices.Facts index, Instant now, ToLongFunction<Instant> charged)
            throws RefusedAct {
        long left = spaceCeiling(index) - charged.applyAsLong(now.minus(SPACE_TERM));
        if (elements > left) {
            throw new RefusedAct(
                    Problem.of("comparison.space-exhausted", Long.toString(elements), Long.toString(Math.max(0, left))),
                    List.of());
        }
    }

    private Set<Term> terms(PartyCode partner) {
        Set<Term> terms = new LinkedHashSet<>();
        for (Standing standing : memoranda.standings(partner)) {
            for (Memorandum.Numbered<Terms.Probe> clause : standing.memorandum().clausesOf(Terms.Probe.class)) {
                terms.add(clause.terms().quota().each());
            }
        }
        return terms;
    }

    private static Instant begin(Term term, Instant now) {
        return now.atOffset(ZoneOffset.UTC).minus(term.amount()).toInstant();
    }
}
