package org.entente.holdings.item;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.entente.memorandum.item.ListStatus;

/**
 * Which status travels with a hit when one identifier stands in several rows. The most protective one: a status that
 * clears wins over any that does not, whatever their dates, since a hit must never hide that its subject was cleared
 * somewhere on the list; among statuses of one kind, the latest. All rows are kept, and the person who confirms the hit
 * sees each of them.
 */
public final class TravellingStatus {
    private static final Comparator<ListStatus> PROTECTION = Comparator.comparing(ListStatus::cleared)
            .thenComparing(ListStatus::since)
            .thenComparing(ListStatus::status);

    private TravellingStatus() {}

    public static Optional<ListStatus> of(Collection<ListStatus> statuses) {
        return statuses.stream().max(PROTECTION);
    }
}
