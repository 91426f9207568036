package org.entente.memorandum.proof;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Quota;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Terms;

/**
 * The figures of a text that an act can stay within or exceed.
 *
 * @param indexMinima in rising order
 * @param keeps how long things may be kept
 * @param officersMax the most that any act can need
 */
record Limits(
        List<Long> indexMinima, List<Quota> quotas, List<Terms.Watch> watches, List<Term> keeps, int officersMax) {
    static Limits of(Memorandum memorandum) {
        Set<Long> minima = new TreeSet<>();
        Set<Quota> quotas = new LinkedHashSet<>();
        Set<Terms.Watch> watches = new LinkedHashSet<>();
        Set<Term> keeps = new LinkedHashSet<>();
        int officers = 2;
        for (Terms terms : memorandum.clauses().values()) {
            switch (terms) {
                case Terms.Reconcile reconcile -> minima.add(reconcile.index().identifiersMin());
                case Terms.Probe probe -> {
                    minima.add(probe.index().identifiersMin());
                    quotas.add(probe.quota());
                    probe.watch().ifPresent(watches::add);
                    officers = Math.max(officers, probe.needs().officers());
                }
                case Terms.Release release -> {
                    keeps.add(release.handover().retention().keep());
                    officers = Math.max(officers, release.needs().officers());
                }
                case Terms.Contribute contribute -> {
                    keeps.add(contribute.handover().retention().keep());
                    officers = Math.max(officers, contribute.needs().officers());
                }
                default -> {
                    // It limits no number.
                }
            }
        }
        return new Limits(List.copyOf(minima), List.copyOf(quotas), List.copyOf(watches), List.copyOf(keeps), officers);
    }
}
