package org.entente.holdings.load;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.EntryStatus;
import org.entente.holdings.list.ListEntry;
import org.entente.holdings.list.ListFormat;
import org.entente.holdings.table.ReadLimits;

/**
 * The identifiers of one type in one list, each with the entries that it names; what a match of two files begins with.
 * Unlike a load it holds the list's identifiers in memory.
 *
 * @param labels the entries of each normal form, sorted; those that were cleared first
 * @param flagged how many of the normal forms carry a warning
 */
public record LabelledIdentifiers(
        IdentifierType type, SortedMap<String, List<Label>> labels, int flagged, LoadReport report) {
    public LabelledIdentifiers {
        SortedMap<String, List<Label>> copy = new TreeMap<>();
        labels.forEach((value, entries) -> copy.put(value, List.copyOf(entries)));
        labels = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * An entry behind an identifier.
     *
     * @param label its name in the list, or {@code #} and the row where it has none
     * @param status what the list says of it
     * @param row as a spreadsheet counts
     */
    public record Label(String label, Optional<EntryStatus> status, int row) {}

    /** Distinct identifiers. */
    public int identifiers() {
        return labels.size();
    }

    /** The status and the day that a hit shows: of the most protective entry, so that no hit hides that one was cleared. */
    public Optional<Label> travelling(String value) {
        return labels.getOrDefault(value, List.of()).stream().findFirst();
    }

    /** Reads the whole stream, which the caller opens and closes; refuses as {@link ListLoad#run} does. */
    public static LabelledIdentifiers read(
            ListFormat format, IdentifierType type, InputStream stream, ReadLimits limits)
            throws IOException, Malformed {
        EntryStream entries = new EntryStream(format, stream, limits);
        SortedMap<String, List<Label>> labels = new TreeMap<>();
        Set<String> flagged = new HashSet<>();
        Optional<ListEntry> next = entries.next();
        while (next.isPresent()) {
            ListEntry entry = next.get();
            for (Identifier identifier : entry.identifiers(type)) {
                labels.computeIfAbsent(identifier.value(), _ -> new ArrayList<>())
                        .add(label(entry));
                if (!identifier.warnings().isEmpty()) {
                    flagged.add(identifier.value());
                }
            }
            next = entries.next();
        }
        LoadReport report = entries.report();
        labels.values().forEach(entriesOfOne -> entriesOfOne.sort(LabelledIdentifiers::compareByProtection));
        return new LabelledIdentifiers(type, labels, flagged.size(), report);
    }

    private static Label label(ListEntry entry) {
        String caption = entry.entity().caption();
        return new Label(caption.isEmpty() ? "#" + entry.row() : caption, entry.status(), entry.row());
    }

    /** Cleared first, then the latest, then the order of the file: the order of {@code TravellingStatus}, best first. */
    private static int compareByProtection(Label one, Label other) {
        int byClearing = Boolean.compare(cleared(other), cleared(one));
        int byDay = since(other).compareTo(since(one));
        return byClearing != 0 ? byClearing : byDay != 0 ? byDay : Integer.compare(one.row(), other.row());
    }

    private static boolean cleared(Label label) {
        return label.status().filter(EntryStatus::cleared).isPresent();
    }

    private static LocalDate since(Label label) {
        return label.status().flatMap(EntryStatus::since).orElse(LocalDate.MIN);
    }
}
