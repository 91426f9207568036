package org.entente.memorandum.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.memorandum.item.Quoted;

/** The profiles that a memorandum may extend: those of the house, and those that the caller brings as texts. */
final class Profiles {
    private static final Map<String, String> OF_THE_HOUSE = Map.of(
            "egmont", resource("egmont"), "joint-team", resource("joint-team"), "territorial", resource("territorial"));

    private final Map<String, String> texts = new HashMap<>(OF_THE_HOUSE);

    /** Refuses a text under the name of a profile of the house: one name means one thing everywhere. */
    Profiles(Map<String, String> given) {
        given.forEach((name, text) -> {
            if (texts.putIfAbsent(name, text) != null) {
                throw new IllegalArgumentException("a profile of the house has this name: " + name);
            }
        });
    }

    /** Reads one profile and those that it extends; what is wrong is found at the place that extends it. */
    Read<Profile> read(String name, Spot spot, Findings findings) {
        return Read.whole(() -> read(name, List.of(), spot, findings));
    }

    private Profile read(String name, List<String> above, Spot spot, Findings findings) throws Unread {
        List<String> path = new ArrayList<>(above);
        path.add(name);
        if (above.contains(name)) {
            throw findings.unread(spot, "memorandum.language.circular-extension", Quoted.of(String.join(" → ", path)));
        }
        String text = texts.get(name);
        if (text == null) {
            throw findings.unread(
                    spot,
                    "memorandum.language.unknown-profile",
                    Quoted.of(name),
                    Vocabulary.nearest(name, new TreeSet<>(texts.keySet())));
        }
        Findings own = new Findings();
        Optional<Tree> tree = YamlText.parse(text, own).found();
        Block block = Block.of(tree.orElse(new Tree.Text("", spot)), name, Vocabulary.PROFILE, own);
        SequencedMap<Integer, Tree.Entries> clauses = new LinkedHashMap<>();
        SequencedMap<String, Tree.Entries> silent = new LinkedHashMap<>();
        Read<SortedSet<String>> bases = block.setOrNone("extends", base -> base, String::compareTo);
        for (String base : bases.found().orElseGet(TreeSet::new)) {
            Profile extended = read(base, path, spot, findings);
            clauses.putAll(extended.clauses());
            silent.putAll(extended.silent());
        }
        Read<String> itself = block.only("profile", name);
        Read<Bilingual> title = NamesReader.bilingual(block, "title");
        clauses(block, own, spot, clauses);
        silent(block, own, spot, silent);
        if (own.errors() || itself.found().isEmpty() || title.found().isEmpty()) {
            int line = own.sorted().getFirst().line();
            throw findings.unread(
                    spot, "memorandum.language.profile-unreadable", Quoted.of(name), Integer.toString(line));
        }
        return new Profile(clauses, silent);
    }

    private static void clauses(Block block, Findings own, Spot spot, Map<Integer, Tree.Entries> clauses) {
        if (block.leavesOut("clauses")) {
            return;
        }
        Block listed = block.names("clauses");
        for (String key : listed.keys()) {
            Tree tree = listed.tree(key).orElseThrow();
            if (key.matches("[1-9][0-9]{0,2}") && moved(tree, spot) instanceof Tree.Entries clause && !widens(clause)) {
                clauses.put(Integer.parseInt(key), clause);
            } else {
                own.error(listed.spot(key), "memorandum.yaml.bad-name", Quoted.of(key));
            }
        }
    }

    private static void silent(Block block, Findings own, Spot spot, Map<String, Tree.Entries> silent) {
        if (block.leavesOut("where a clause says nothing")) {
            return;
        }
        Block listed = block.names("where a clause says nothing");
        for (String head : listed.keys()) {
            Optional<Vocabulary> kind = Vocabulary.clauses().stream()
                    .filter(clause -> clause.head().equals(head))
                    .findFirst();
            Tree tree = listed.tree(head).orElseThrow();
            boolean known = kind.isPresent()
                    && tree instanceof Tree.Entries values
                    && !values.entries().containsKey(head)
                    && !widens(values)
                    && kind.get().keys().containsAll(values.entries().keySet());
            if (known && moved(tree, spot) instanceof Tree.Entries values) {
                silent.merge(head, values, Profiles::both);
            } else {
                own.error(listed.spot(head), "memorandum.yaml.bad-name", Quoted.of(head));
            }
        }
    }

    /** Only a memorandum owns up to saying more; a profile cannot do it for it. */
    private static boolean widens(Tree.Entries entries) {
        return entries.entries().containsKey(Expansion.WIDENS);
    }

    private static Tree.Entries both(Tree.Entries base, Tree.Entries over) {
        SequencedMap<String, Tree.Entry> entries = new LinkedHashMap<>(base.entries());
        entries.putAll(over.entries());
        return new Tree.Entries(entries, base.spot());
    }

    /** The same tree as if it stood at one place of the memorandum, which is all that its authors can look at. */
    static Tree moved(Tree tree, Spot spot) {
        return switch (tree) {
            case Tree.Text text -> new Tree.Text(text.text(), spot);
            case Tree.Items items ->
                new Tree.Items(
                        items.items().stream().map(item -> moved(item, spot)).toList(), spot);
            case Tree.Entries entries -> {
                SequencedMap<String, Tree.Entry> all = new LinkedHashMap<>();
                entries.entries()
                        .forEach((key, entry) -> all.put(key, new Tree.Entry(spot, moved(entry.value(), spot))));
                yield new Tree.Entries(all, spot);
            }
        };
    }

    private static String resource(String name) {
        String path = "/org/entente/memorandum/profiles/" + name + ".yaml";
        try (InputStream stream = Objects.requireNonNull(Profiles.class.getResourceAsStream(path), path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }
}
