package org.entente.holdings.list;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What the list says of an entry.
 *
 * @param word the list's own word
 * @param since when that became so, if the list says it
 * @param cleared whether it no longer stands against its subject
 */
public record EntryStatus(String word, Optional<LocalDate> since, boolean cleared) {}
