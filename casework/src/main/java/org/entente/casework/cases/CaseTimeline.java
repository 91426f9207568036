package org.entente.casework.cases;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.memorandum.item.Category;

/**
 * What was done under a case and what came of it, as a fold over events. An entry appears once however often its event is
 * told, and entries stand in the order of their moments, then of their ids, so that every telling gives one time line.
 */
public record CaseTimeline(CaseReference reference, List<Entry> entries) {
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::at).thenComparing(entry -> entry.id().hex());

    public CaseTimeline {
        entries = List.copyOf(entries);
    }

    /** One event. Its id is the statement's, or for a hit that of its index and leaf. */
    public sealed interface Entry {
        Instant at();

        Digest id();

        record Probed(Instant at, Digest id, Category category, int elements) implements Entry {}

        /**
         * A lead, never a ground; it is erased on {@code eraseBy} unless a named person has confirmed it.
         *
         * @param confirmedBy the officer's pseudonym
         */
        record Hit(Instant at, Digest id, Category category, Instant eraseBy, Optional<String> confirmedBy)
                implements Entry {}

        record Requested(Instant at, Digest id, Category category) implements Entry {}

        record Received(Instant at, Digest id, Contribution contribution) implements Entry {}
    }

    public static CaseTimeline empty(CaseReference reference) {
        return new CaseTimeline(reference, List.of());
    }

    /** Adds an event, or puts it in the place of the one with its id. */
    public CaseTimeline with(Entry entry) {
        List<Entry> all = new ArrayList<>(entries);
        all.removeIf(before -> before.id().equals(entry.id()));
        all.add(entry);
        all.sort(ORDER);
        return new CaseTimeline(reference, all);
    }

    /** Without the unconfirmed hits whose day has come. */
    public CaseTimeline erasedAt(Instant now) {
        return new CaseTimeline(
                reference,
                entries.stream()
                        .filter(entry -> !(entry instanceof Entry.Hit hit
                                && hit.confirmedBy().isEmpty()
                                && !now.isBefore(hit.eraseBy())))
                        .toList());
    }

    /** The items of others that this case holds. */
    public List<Contribution> contributions() {
        return entries.stream()
                .filter(Entry.Received.class::isInstance)
                .map(entry -> ((Entry.Received) entry).contribution())
                .toList();
    }
}
