package org.entente.node.comparison;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.item.Item;
import tools.jackson.databind.JsonNode;

/**
 * The classes of composite keys that the holder of an index lets into it: none unless the officer who prepares it names
 * them, and then the announcement names them too (docs/decisions/0014).
 */
record CompositeClasses(SortedSet<String> words) {
    CompositeClasses {
        words = Collections.unmodifiableSortedSet(new TreeSet<>(words));
    }

    /** The optional member {@code composite} of an act's facts; {@code comparison.composite-unknown} for another word. */
    static CompositeClasses of(Members facts) throws Malformed {
        SortedSet<String> words = new TreeSet<>();
        if (facts.has("composite")) {
            for (JsonNode node :
                    facts.array("composite", 1, IdentifierType.composites().size())) {
                String word = node.isString() ? node.stringValue() : "";
                if (IdentifierType.ofWord(word)
                        .filter(IdentifierType::composite)
                        .isEmpty()) {
                    throw new Malformed("comparison.composite-unknown", known());
                }
                words.add(word);
            }
        }
        return new CompositeClasses(words);
    }

    /** The identifiers of an item that go into the index. */
    List<Identifier> identifiers(Item item) {
        return words.isEmpty()
                ? item.identifiers()
                : item.matchable().stream()
                        .filter(key -> !key.type().composite()
                                || words.contains(key.type().word()))
                        .toList();
    }

    /**
     * Several keys of one person hide nobody behind another: where an index has composite keys, so many different items
     * must stand in it as the memorandum asks identifiers of it.
     */
    void requireEnough(Set<String> records, int minimum) throws Malformed {
        if (!words.isEmpty() && records.size() < minimum) {
            throw new Malformed(
                    "matching.build.below-minimum", Integer.toString(records.size()), Integer.toString(minimum));
        }
    }

    private static String known() {
        return IdentifierType.composites().stream().map(IdentifierType::word).collect(Collectors.joining(", "));
    }
}
