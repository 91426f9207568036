package org.entente.memorandum.signing;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Terms;

/**
 * Which versions have taken the place of which. A newer version of the same memorandum that every party has signed, and whose parties include every party of
 * the older, puts the older out of force from the moment at which it is in force itself, for good: neither its suspension nor its
 * withdrawal nor a later signature under the older one brings that back. Whoever wants the older terms again signs them as a newer version.
 */
public final class Amendments {
    private Amendments() {}

    /**
     * Makes of all standings of a node, each folded by itself, how the memoranda stand beside one another; in the same order. Which order that is
     * does not matter.
     */
    public static List<Standing> among(Collection<? extends Standing> standings) {
        List<Standing.Concluded> concluded = standings.stream()
                .filter(Standing.Concluded.class::isInstance)
                .map(Standing.Concluded.class::cast)
                .toList();
        return standings.stream()
                .map(standing -> standing instanceof Standing.Concluded older ? beside(older, concluded) : standing)
                .toList();
    }

    /** The newer version that is in force first counts, and of those that are so at once the newest. */
    private static Standing beside(Standing.Concluded older, List<Standing.Concluded> all) {
        Optional<Standing.Concluded> first = all.stream()
                .filter(newer -> replaces(newer.memorandum(), older.memorandum()))
                .min(Comparator.comparing(Amendments::begin)
                        .thenComparingInt(newer -> -newer.memorandum().version())
                        .thenComparing(newer -> newer.memorandum().digest().hex()));
        return first.<Standing>map(newer -> new Standing.Superseded(
                        older, newer.memorandum().digest(), newer.memorandum().version(), begin(newer)))
                .orElse(older);
    }

    private static boolean replaces(Memorandum newer, Memorandum older) {
        return newer.id().equals(older.id())
                && newer.version() > older.version()
                && newer.parties().keySet().containsAll(older.parties().keySet());
    }

    /** With the last signature, or on the day that the text names when that is later. */
    private static Instant begin(Standing.Concluded standing) {
        Instant signed = standing.course().signed();
        return standing.memorandum().clausesOf(Terms.Force.class).stream()
                .flatMap(clause -> clause.terms().from().stream())
                .map(day -> day.atStartOfDay().toInstant(ZoneOffset.UTC))
                .filter(signed::isBefore)
                .findFirst()
                .orElse(signed);
    }
}
