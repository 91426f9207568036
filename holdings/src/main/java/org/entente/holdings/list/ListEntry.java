package org.entente.holdings.list;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.item.CompositeKeys;
import org.entente.holdings.item.Entity;

/**
 * One entry of a list, as the list has it.
 *
 * @param row where it stands
 * @param key the list's own key; entries of one key are told apart by their order
 * @param status what the list says of it, for lists that say something
 * @param doubts why it is flagged; none when everything in it was understood
 */
public record ListEntry(
        int row,
        String key,
        Entity entity,
        List<Identifier> identifiers,
        Optional<EntryStatus> status,
        List<CellProblem> doubts) {
    public ListEntry {
        identifiers = List.copyOf(new LinkedHashSet<>(identifiers));
        doubts = List.copyOf(doubts);
    }

    /** The entry's own identifiers of a type, or those that follow from what it says where the type is composite. */
    public List<Identifier> identifiers(IdentifierType type) {
        return (type.composite() ? CompositeKeys.of(entity) : identifiers)
                .stream().filter(identifier -> identifier.type() == type).toList();
    }
}
