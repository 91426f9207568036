package org.entente.memorandum.decision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Terms;
import org.entente.memorandum.officer.ActName;

/**
 * The clauses that grant one kind of act, found by who, to whom, what for and in which category. A clause is a bit; for each value
 * there is the set of the clauses that name it, and the clauses that cover a case are those in all four sets.
 *
 * <p>An index is built for whoever may ask, so it is the asking clause, read from the other side, that grants it; who may receive
 * may request; and what may be done with something received stands in the clause under which it was handed over.
 */
final class Grants {
    private static final long[] NONE = {};

    private final List<Grant> clauses;
    private final boolean scoped;
    private final boolean anyPurpose;
    private final int words;
    private final Map<AuthorityCode, long[]> by = new HashMap<>();
    private final Map<AuthorityCode, long[]> counterpart = new HashMap<>();
    private final Map<Purpose, long[]> purposes = new HashMap<>();
    private final Map<Category, long[]> categories = new HashMap<>();

    Grants(ActName act, List<Grant> clauses) {
        this.clauses = List.copyOf(clauses);
        this.scoped = act != ActName.ANNOUNCE;
        this.anyPurpose = act == ActName.USE || act == ActName.RETAIN;
        this.words = (clauses.size() + 63) >> 6;
        for (int bit = 0; bit < clauses.size(); bit++) {
            if (clauses.get(bit).terms() instanceof Terms.Grant clause) {
                boolean forward = forward(act);
                Terms.Scope scope = clause.scope();
                mark(by, forward ? scope.by() : scope.counterpart(), bit);
                mark(counterpart, forward ? scope.counterpart() : scope.by(), bit);
                mark(purposes, scope.purposes(), bit);
                mark(categories, scope.categories(), bit);
            }
        }
    }

    private <T> void mark(Map<T, long[]> sets, Collection<T> values, int bit) {
        values.forEach(value -> sets.computeIfAbsent(value, fresh -> new long[words])[bit >> 6] |= 1L << bit);
    }

    /** Whether the clause speaks of such acts at all. */
    static boolean grants(Terms terms, ActName act) {
        return switch (terms) {
            case Terms.Reconcile _ -> act == ActName.RECONCILE || act == ActName.INDEX;
            case Terms.Probe probe ->
                act == ActName.PROBE
                        || act == ActName.INDEX
                        || (act == ActName.WATCH && probe.watch().isPresent());
            case Terms.Release _ ->
                switch (act) {
                    case RELEASE, DISSEMINATE, REQUEST, FORWARD, USE, EXPORT, RETAIN -> true;
                    case PROBE, WATCH, RECONCILE, INDEX, CONTRIBUTE, ANNOUNCE -> false;
                };
            case Terms.Contribute _ ->
                switch (act) {
                    case CONTRIBUTE, FORWARD, USE, EXPORT, RETAIN -> true;
                    case PROBE, WATCH, RECONCILE, INDEX, REQUEST, RELEASE, DISSEMINATE, ANNOUNCE -> false;
                };
            case Terms.Announce _ -> act == ActName.ANNOUNCE;
            case Terms.LegalNature _, Terms.NotNamed _, Terms.Answer _, Terms.JointGroup _ -> false;
            case Terms.EquivalentSecrecy _, Terms.Rule _ -> false;
        };
    }

    /** Whether whoever the clause names first is the one that acts. */
    private static boolean forward(ActName act) {
        return switch (act) {
            case PROBE, WATCH, RECONCILE, RELEASE, DISSEMINATE, CONTRIBUTE, ANNOUNCE -> true;
            case INDEX, REQUEST, FORWARD, USE, EXPORT, RETAIN -> false;
        };
    }

    /** Those that cover a case, in the order of their numbers. */
    List<Grant> covering(Facts facts) {
        if (!scoped || clauses.isEmpty()) {
            return clauses;
        }
        long[] actor = by.getOrDefault(facts.by(), NONE);
        if (actor.length == 0) {
            return List.of();
        }
        long[] other = counterpart.getOrDefault(facts.counterpart(), NONE);
        long[] category = categories.getOrDefault(facts.category(), NONE);
        if (other.length == 0 || category.length == 0) {
            return List.of();
        }
        long[] purpose = anyPurpose ? category : purposes.getOrDefault(facts.purpose(), NONE);
        if (purpose.length == 0) {
            return List.of();
        }
        List<Grant> covering = new ArrayList<>(2);
        for (int word = 0; word < words; word++) {
            long bits = actor[word] & other[word] & category[word] & purpose[word];
            for (; bits != 0; bits &= bits - 1) {
                covering.add(clauses.get((word << 6) + Long.numberOfTrailingZeros(bits)));
            }
        }
        return covering;
    }
}
