package org.entente.memorandum.item;

import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import tools.jackson.databind.JsonNode;

/**
 * The decision envelope: all that a node needs in order to decide about an item, and nothing about its subject. It
 * travels signed beside the encrypted body; whoever opens the body checks that both say the same.
 *
 * @param purposes what the supplier lets the item serve; never empty, since an empty audience is a mistake
 * @param retention how long a receiver may keep it, from the day of release
 * @param listStatus what the list says of it, when it stands on one
 */
public record Envelope(
        Category category,
        Set<Purpose> purposes,
        Provenance provenance,
        Marking marking,
        Period retention,
        Optional<ListStatus> listStatus) {
    public static final int PURPOSES_MAX = 32;

    public Envelope {
        if (purposes.isEmpty() || purposes.size() > PURPOSES_MAX) {
            throw new IllegalArgumentException("an item serves 1 to 32 purposes");
        }
        if (retention.isZero() || retention.isNegative()) {
            throw new IllegalArgumentException("an item is kept for some time");
        }
        purposes = Set.copyOf(purposes);
    }

    public static Envelope of(
            Category category, Collection<Purpose> purposes, Provenance provenance, Marking marking, Period retention) {
        return new Envelope(category, Set.copyOf(purposes), provenance, marking, retention, Optional.empty());
    }

    public Envelope withListStatus(ListStatus status) {
        return new Envelope(category, purposes, provenance, marking, retention, Optional.of(status));
    }

    /** The last day on which a receiver may keep it, when it was released on that day. */
    public LocalDate lastDay(LocalDate released) {
        return released.plus(retention);
    }

    /** True when a list that carries it says that it no longer stands against its subject. */
    public boolean cleared() {
        return listStatus.map(ListStatus::cleared).orElse(false);
    }

    public JsonNode toJson() {
        return EnvelopeJson.write(this);
    }

    /** Refuses with {@code json.…} or {@code memorandum.…} when a member is missing, unknown or not of its form. */
    public static Envelope fromJson(JsonNode node) throws Malformed {
        return EnvelopeJson.read(node);
    }
}
