package org.entente.memorandum.language;

import java.util.List;
import java.util.SequencedMap;

/**
 * A document as texts, lists and entries, with the place where each part stands. Every scalar is text: the language
 * decides what {@code no} or {@code 2.1} means, never the notation.
 */
sealed interface Tree {
    Spot spot();

    record Text(String text, Spot spot) implements Tree {}

    record Items(List<Tree> items, Spot spot) implements Tree {}

    record Entries(SequencedMap<String, Entry> entries, Spot spot) implements Tree {}

    /** The place is the key's; the value has its own. */
    record Entry(Spot spot, Tree value) {}

    /** Where a path of keys ends, or the last of its keys that the text has. */
    default Spot at(String... path) {
        Tree here = this;
        Spot spot = spot();
        for (String key : path) {
            Entry entry = here instanceof Entries entries ? entries.entries().get(key) : null;
            if (entry == null) {
                return spot;
            }
            here = entry.value();
            spot = entry.spot();
        }
        return spot;
    }
}
