package org.entente.memorandum.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/**
 * Writes what a memorandum takes from profiles into its clauses, before they are read: a clause of a profile where the
 * memorandum has none of that number, and a value where a clause leaves a key out. Whatever the memorandum says itself stands, and
 * is compared afterwards with what the profile would have had there: it may say less, and more only where it says so.
 */
final class Expansion {
    static final String WIDENS = "widens";

    private static final Tree NOTHING = new Tree.Text("", Spot.FIRST);

    private final Findings findings;
    /** Whether the text is complete in itself: then its extension and what it widens are only kept. */
    private final boolean complete;

    private final SortedMap<String, ClauseNumber> profiles = new TreeMap<>();
    private final SequencedMap<String, Tree.Entry> clauses = new LinkedHashMap<>();
    /** Of a clause, what it would be if every profile had its way. */
    private final Map<String, List<Rival>> rivals = new HashMap<>();

    private Expansion(boolean complete, Findings findings) {
        this.complete = complete;
        this.findings = findings;
    }

    /** What a profile says in place of a clause. */
    private record Rival(String profile, Tree clause) {}

    /** Expands the clauses of a document; without a library the document is complete in itself. */
    static Expansion of(Tree document, Optional<Profiles> library, Findings findings) {
        Expansion expansion = new Expansion(library.isEmpty(), findings);
        if (child(document, "clauses") instanceof Tree.Entries own) {
            expansion.clauses.putAll(own.entries());
        }
        Tree said = child(document, "extends");
        if (said.equals(NOTHING)) {
            return expansion;
        }
        Block extended = Block.open(said, "extends", findings);
        if (extended.readable() && extended.keys().isEmpty()) {
            findings.error(document.at("extends"), "memorandum.yaml.empty-list", "extends");
        }
        SequencedMap<String, Profile> read = new LinkedHashMap<>();
        for (String name : extended.keys()) {
            Read<ClauseNumber> number = extended.value(name, Expansion::chapter);
            Read<String> slug = NamesReader.coined(extended, name, Expansion::profileName, findings);
            if (number.found().isPresent() && slug.found().isPresent()) {
                ClauseNumber under = number.found().orElseThrow();
                Spot spot = extended.spot(name);
                expansion.profiles.put(name, under);
                library.flatMap(all -> all.read(name, spot, findings).found()).ifPresent(profile -> {
                    expansion.take(name, under, profile, spot);
                    read.put(name, profile);
                });
            }
        }
        expansion.fillSilence(read);
        return expansion;
    }

    /** The document with its clauses expanded. */
    Tree document(Tree document) {
        if (document instanceof Tree.Entries root && child(document, "clauses") instanceof Tree.Entries own) {
            SequencedMap<String, Tree.Entry> entries = new LinkedHashMap<>(root.entries());
            entries.put("clauses", new Tree.Entry(root.at("clauses"), new Tree.Entries(clauses, own.spot())));
            return new Tree.Entries(entries, root.spot());
        }
        return document;
    }

    SortedMap<String, ClauseNumber> profiles() {
        return profiles;
    }

    /** The keys with which a clause says more than its profiles; an error for each that it does not own up to. */
    SortedSet<String> widened(String number, Terms terms, ClauseReader reader) {
        Tree clause = child(new Tree.Entries(clauses, Spot.FIRST), number);
        boolean says = !child(clause, WIDENS).equals(NOTHING);
        SortedSet<String> owned = owned(child(clause, WIDENS));
        if (complete) {
            return owned;
        }
        SortedSet<String> wider = new TreeSet<>();
        for (Rival rival : rivals.getOrDefault(number, List.of())) {
            Optional<Terms> other = reader.silently(rival.clause(), number);
            SortedSet<String> beyond = other.map(profiled -> Narrowing.wider(head(clause), terms, profiled))
                    .orElseGet(() -> new TreeSet<>(Set.of(head(clause)))); // what cannot be read cannot be compared
            for (String key : beyond) {
                wider.add(key);
                if (!says || !(owned.isEmpty() || owned.contains(key))) {
                    findings.error(
                            clause.at(key), "memorandum.language.wider-than-profile", key, Quoted.of(rival.profile()));
                }
            }
        }
        if (says && wider.isEmpty()) {
            findings.warning(clause.at(WIDENS), "memorandum.language.widens-nothing", number);
        }
        return wider;
    }

    /** The keys that stand under "widens"; none for a plain yes, which owns up to whatever it is. */
    private static SortedSet<String> owned(Tree said) {
        List<Tree> items = said instanceof Tree.Items list ? list.items() : List.of(said);
        SortedSet<String> keys = new TreeSet<>();
        for (Tree item : items) {
            if (item instanceof Tree.Text text && !text.text().equals("yes") && !item.equals(NOTHING)) {
                keys.add(text.text());
            }
        }
        return keys;
    }

    private static Tree child(Tree tree, String key) {
        Tree.Entry entry =
                tree instanceof Tree.Entries entries ? entries.entries().get(key) : null;
        return entry == null ? NOTHING : entry.value();
    }

    private void take(String name, ClauseNumber under, Profile profile, Spot spot) {
        profile.clauses().forEach((last, clause) -> {
            String number = under.text() + "." + last;
            Tree.Entry own = clauses.get(number);
            if (own == null) {
                clauses.put(number, new Tree.Entry(spot, clause));
            } else if (head(own.value()).equals(head(clause))) {
                rivals.computeIfAbsent(number, _ -> new ArrayList<>()).add(new Rival(name, clause));
            } else {
                findings.error(
                        own.spot(), "memorandum.language.other-than-profile", number, head(clause), Quoted.of(name));
            }
        });
    }

    private void fillSilence(SequencedMap<String, Profile> read) {
        for (Map.Entry<String, Tree.Entry> clause : List.copyOf(clauses.entrySet())) {
            if (clause.getValue().value() instanceof Tree.Entries said) {
                fillSilence(clause.getKey(), clause.getValue().spot(), said, read);
            }
        }
    }

    private void fillSilence(String number, Spot spot, Tree.Entries said, SequencedMap<String, Profile> read) {
        SequencedMap<String, Tree.Entry> filled = new LinkedHashMap<>(said.entries());
        Map<String, String> filledBy = new HashMap<>();
        read.forEach((name, profile) -> {
            Tree.Entries silent = profile.silent().get(head(said));
            if (silent == null) {
                return;
            }
            SequencedMap<String, Tree.Entry> rival = new LinkedHashMap<>(said.entries());
            silent.entries().forEach((key, value) -> {
                Tree.Entry placed = new Tree.Entry(spot, Profiles.moved(value.value(), spot));
                rival.put(key, placed);
                Tree.Entry earlier = filled.putIfAbsent(key, placed);
                String by = filledBy.get(key);
                if (earlier == null) {
                    filledBy.put(key, name);
                } else if (by != null && !Profiles.moved(earlier.value(), spot).equals(placed.value())) {
                    findings.error(spot, "memorandum.language.profiles-disagree", by, name, key, number);
                }
            });
            rivals.computeIfAbsent(number, _ -> new ArrayList<>())
                    .add(new Rival(name, new Tree.Entries(rival, said.spot())));
        });
        clauses.put(number, new Tree.Entry(spot, new Tree.Entries(filled, said.spot())));
    }

    /** Which kind of clause it is; empty for none. */
    private static String head(Tree tree) {
        return tree instanceof Tree.Entries entries
                ? Vocabulary.clauses().stream()
                        .map(Vocabulary::head)
                        .filter(head -> entries.entries().containsKey(head))
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** A number with room for one more part. */
    private static ClauseNumber chapter(String text) throws Malformed {
        ClauseNumber under = ClauseNumber.parse(text);
        ClauseNumber.parse(text + ".1");
        return under;
    }

    private static String profileName(String text) throws Malformed {
        if (!text.matches("[a-z][a-z0-9]*(-[a-z0-9]+){0,7}") || text.length() > 64) {
            throw new Malformed("memorandum.word.unknown", Quoted.of(text));
        }
        return text;
    }
}
