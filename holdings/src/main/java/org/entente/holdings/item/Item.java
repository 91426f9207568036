package org.entente.holdings.item;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.holdings.identifier.Identifier;
import org.entente.memorandum.item.Envelope;
import tools.jackson.databind.JsonNode;

/**
 * A holding: what is said about one person or thing, by whom it was obtained, and on what terms it may be used.
 *
 * @param row where it stood in its source, counted as a spreadsheet counts
 * @param identifiers in the order of the source, without repetition; at most {@link #IDENTIFIERS_MAX}
 */
public record Item(
        ItemId id, int row, Entity entity, List<Identifier> identifiers, Envelope envelope, Assertion assertion) {
    public static final int IDENTIFIERS_MAX = 512;

    /** Greatest length of an item's JSON form. */
    public static final int BYTES_MAX = 1 << 20;

    public Item {
        identifiers = List.copyOf(new LinkedHashSet<>(identifiers));
        if (identifiers.stream().anyMatch(identifier -> identifier.type().composite())) {
            throw new IllegalArgumentException("composite keys are derived from an item and stand in none");
        }
        if (row < 1 || identifiers.size() > IDENTIFIERS_MAX) {
            throw new IllegalArgumentException("a row counts from 1 and an item has at most 512 identifiers");
        }
    }

    /** What the item can be found by: its identifiers, and the composite keys that follow from what it says. */
    public List<Identifier> matchable() {
        return Stream.concat(identifiers.stream(), CompositeKeys.of(entity).stream())
                .toList();
    }

    /** The item as JSON; {@code CanonicalJson.encode} of it is what a release carries. */
    public JsonNode toJson() {
        return ItemJson.write(this);
    }

    /**
     * Reads the JSON form, strictly.
     *
     * @throws Malformed with {@code json.…}, {@code memorandum.…} or {@code holdings.…} for a member that is missing,
     *     unknown, too long or not of its form
     */
    public static Item fromJson(JsonNode node) throws Malformed {
        return ItemJson.read(node);
    }
}
