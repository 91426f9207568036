package org.entente.memorandum.language;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a memorandum calls itself.
 *
 * @param id the same for all versions, for example {@code MX-US/2025-09}
 * @param version 1 and upwards; a new version is a new document that every party signs
 * @param authentic language codes ({@code en}, {@code es}) of the texts that are authentic
 */
public record Heading(
        String id, int version, Bilingual title, SortedSet<String> authentic, Words.Divergence ifTheyDiverge) {
    public Heading {
        authentic = Collections.unmodifiableSortedSet(new TreeSet<>(authentic));
    }
}
