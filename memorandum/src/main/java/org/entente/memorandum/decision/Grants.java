package org.entente.memorandum.decision;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
    private final List<Grant> clauses;
    private final boolean scoped;
    private final boolean anyPurpose;
    private final int words;
    private final long[][] by;
    private final long[][] counterpart;
    private final long[][] purposes;
    private final long[][] categories;
    private final long[] all;

    Grants(
            ActName act,
            List<Grant> clauses,
            Register<AuthorityCode, ?> authorities,
            Register<Purpose, ?> purposes,
            Register<Category, ?> categories) {
        this.clauses = List.copyOf(clauses);
        this.scoped = act != ActName.ANNOUNCE;
        this.anyPurpose = act == ActName.USE || act == ActName.RETAIN;
        this.words = (clauses.size() + 63) >> 6;
        this.all = new long[words];
        this.by = new long[authorities.size()][words];
        this.counterpart = new long[authorities.size()][words];
        this.purposes = new long[purposes.size()][words];
        this.categories = new long[categories.size()][words];
        for (int bit = 0; bit < clauses.size(); bit++) {
            all[bit >> 6] |= 1L << bit;
            if (clauses.get(bit).terms() instanceof Terms.Grant clause) {
                boolean forward = forward(act);
                Terms.Scope scope = clause.scope();
                mark(by, authorities, forward ? scope.by() : scope.counterpart(), bit);
                mark(counterpart, authorities, forward ? scope.counterpart() : scope.by(), bit);
                mark(this.purposes, purposes, scope.purposes(), bit);
                mark(this.categories, categories, scope.categories(), bit);
            }
        }
    }

    private static <N> void mark(long[][] sets, Register<N, ?> register, Collection<N> names, int bit) {
        names.forEach(name -> sets[register.find(name).orElseThrow().number()][bit >> 6] |= 1L << bit);
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

    /** The best answer of those that cover a case, in the order of their numbers: a permit, else a needed consent, else the first refusal; empty when none does. */
    Optional<Ruling> judge(NamedCase named) {
        Optional<Ruling> best = Optional.empty();
        for (int word = 0; word < words; word++) {
            for (long bits = covering(named, word); bits != 0; bits &= bits - 1) {
                Ruling ruling = clauses.get((word << 6) + Long.numberOfTrailingZeros(bits))
                        .judge(named);
                if (ruling instanceof Ruling.Permitted) {
                    return Optional.of(ruling);
                }
                if (best.isEmpty()
                        || (ruling instanceof Ruling.ConsentNeeded && best.get() instanceof Ruling.Refused)) {
                    best = Optional.of(ruling);
                }
            }
        }
        return best;
    }

    /** Up to 64 of the clauses, as bits: those that name the case's authorities, category and purpose, or that hold for all. */
    private long covering(NamedCase named, int word) {
        if (!scoped) {
            return all[word];
        }
        long bits = by[named.by().number()][word]
                & counterpart[named.counterpart().number()][word]
                & categories[named.category().number()][word];
        if (anyPurpose || bits == 0) {
            return bits;
        }
        return named.purpose().isPresent()
                ? bits & purposes[named.purpose().get().number()][word]
                : 0;
    }
}
