package org.entente.memorandum.rendering;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Memorandum;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What changed between two texts of a memorandum.
 *
 * <p>Their canonical forms are compared key by key, not their words: what is signed is what is compared, a key that is
 * new to the language cannot be overlooked, and there is a change exactly when the digests differ. {@link DifferenceWords}
 * says it in words.
 */
public final class Difference {
    /** What a change is about, in the order in which people read. */
    public enum Section {
        WHOLE,
        PARTY,
        AUTHORITY,
        PURPOSE,
        CATEGORY,
        CLAUSE
    }

    /** One thing that changed; its name is a code, the number of a clause, or nothing for the whole. */
    public sealed interface Change {
        Section section();

        String name();

        record Added(Section section, String name, JsonNode value) implements Change {}

        record Removed(Section section, String name, JsonNode value) implements Change {}

        record Changed(Section section, String name, List<Turn> turns) implements Change {
            public Changed {
                turns = List.copyOf(turns);
            }
        }

        /** The same clause under another number. */
        record Renumbered(String name, String to) implements Change {
            @Override
            public Section section() {
                return Section.CLAUSE;
            }
        }
    }

    /**
     * A term that became another.
     *
     * @param path its keys, from the outside in
     * @param before a text or a list of texts; {@link MissingNode} when the term is new
     * @param after the same; {@link MissingNode} when it was taken out
     */
    public record Turn(List<String> path, JsonNode before, JsonNode after) {
        public Turn {
            path = List.copyOf(path);
        }
    }

    private final Memorandum before;
    private final Memorandum after;
    private final List<Change> changes;

    private Difference(Memorandum before, Memorandum after, List<Change> changes) {
        this.before = before;
        this.after = after;
        this.changes = List.copyOf(changes);
    }

    public static Difference between(Memorandum before, Memorandum after) {
        List<Change> changes = new ArrayList<>();
        SortedMap<Section, SortedMap<String, JsonNode>> left = parts(before);
        SortedMap<Section, SortedMap<String, JsonNode>> right = parts(after);
        left.forEach((section, parts) -> {
            List<Change> found = compare(section, parts, right.getOrDefault(section, Collections.emptySortedMap()));
            changes.addAll(section == Section.CLAUSE ? renumbered(found) : found);
        });
        return new Difference(before, after, changes);
    }

    public Memorandum before() {
        return before;
    }

    public Memorandum after() {
        return after;
    }

    /** By section, then by name; clauses by number. */
    public List<Change> changes() {
        return changes;
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** The canonical form, taken apart into what has a name of its own and what is of the whole. */
    private static SortedMap<Section, SortedMap<String, JsonNode>> parts(Memorandum memorandum) {
        ObjectNode whole = form(memorandum);
        SortedMap<Section, SortedMap<String, JsonNode>> parts = new TreeMap<>();
        SortedMap<String, JsonNode> parties = named(whole.remove("parties"));
        SortedMap<String, JsonNode> authorities = new TreeMap<>();
        parties.forEach((party, terms) -> named(((ObjectNode) terms).remove("authorities"))
                .forEach((name, authority) -> authorities.put(party + "/" + name, authority)));
        parts.put(Section.PARTY, parties);
        parts.put(Section.AUTHORITY, authorities);
        parts.put(Section.PURPOSE, named(whole.remove("purposes")));
        parts.put(Section.CATEGORY, named(whole.remove("categories")));
        SortedMap<String, JsonNode> clauses = new TreeMap<>(Comparator.comparing(ClauseNumber::new));
        clauses.putAll(named(whole.remove("clauses")));
        parts.put(Section.CLAUSE, clauses);
        parts.put(Section.WHOLE, new TreeMap<>(Map.of("", whole)));
        return parts;
    }

    static ObjectNode form(Memorandum memorandum) {
        byte[] canonical = memorandum.canonical();
        try {
            return (ObjectNode) CanonicalJson.parse(canonical, canonical.length);
        } catch (Malformed impossible) {
            throw new IllegalStateException("a canonical form is JSON", impossible);
        }
    }

    private static SortedMap<String, JsonNode> named(JsonNode entries) {
        NavigableMap<String, JsonNode> named = new TreeMap<>();
        entries.forEachEntry(named::put);
        return named;
    }

    private static List<Change> compare(
            Section section, SortedMap<String, JsonNode> left, SortedMap<String, JsonNode> right) {
        SortedMap<String, JsonNode> all = new TreeMap<>(left);
        all.putAll(right);
        List<Change> changes = new ArrayList<>();
        for (String name : all.keySet()) {
            JsonNode old = left.getOrDefault(name, MissingNode.getInstance());
            JsonNode now = right.getOrDefault(name, MissingNode.getInstance());
            if (old.isMissingNode()) {
                changes.add(new Change.Added(section, name, now));
            } else if (now.isMissingNode()) {
                changes.add(new Change.Removed(section, name, old));
            } else if (!old.equals(now)) {
                changes.add(new Change.Changed(section, name, turns(old, now)));
            }
        }
        return changes;
    }

    /** What became of each term, from one content to another. */
    static List<Turn> turns(JsonNode old, JsonNode now) {
        List<Turn> turns = new ArrayList<>();
        turns(List.of(), old, now, turns);
        return turns;
    }

    private static void turns(List<String> path, JsonNode old, JsonNode now, List<Turn> turns) {
        if (old.equals(now)) {
            return;
        }
        if (!old.isObject() || !now.isObject()) {
            turns.add(new Turn(path, old, now));
            return;
        }
        Set<String> keys = new TreeSet<>(old.propertyNames());
        keys.addAll(now.propertyNames());
        for (String key : keys) {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(key);
            turns(deeper, old.path(key), now.path(key), turns);
        }
    }

    /** A clause that was taken out and stands again, word for word, under another number was moved. */
    private static List<Change> renumbered(List<Change> changes) {
        List<Change> added = new ArrayList<>(
                changes.stream().filter(Change.Added.class::isInstance).toList());
        List<Change> result = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Removed removed) {
                added.stream()
                        .map(Change.Added.class::cast)
                        .filter(other -> other.value().equals(removed.value()))
                        .findFirst()
                        .ifPresentOrElse(
                                same -> {
                                    added.remove(same);
                                    result.add(new Change.Renumbered(removed.name(), same.name()));
                                },
                                () -> result.add(removed));
            } else if (change instanceof Change.Changed) {
                result.add(change);
            }
        }
        result.addAll(added);
        result.sort(Comparator.comparing(change -> new ClauseNumber(change.name())));
        return result;
    }
}
