package org.entente.memorandum.language;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * From which profiles a memorandum took clauses and words, for the record: its canonical form holds them all and is read
 * without the profiles.
 *
 * @param profiles each profile and the number under which its clauses stand
 * @param widened clauses that say more than a profile lets them, and the keys with which they do
 */
public record Extension(SortedMap<String, ClauseNumber> profiles, SortedMap<ClauseNumber, SortedSet<String>> widened) {
    static final Extension NONE = new Extension(Collections.emptySortedMap(), Collections.emptySortedMap());

    public Extension {
        profiles = Collections.unmodifiableSortedMap(new TreeMap<>(profiles));
        widened = Collections.unmodifiableSortedMap(new TreeMap<>(widened));
    }
}
