package org.entente.memorandum.language;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.Word;

/**
 * Entries whose keys are all known. What is wrong with one is found with its place, its key and what would be right, and the
 * next one is read all the same. Of a block that is none, every part is unread and nothing more is found.
 */
final class Block {
    private static final int TEXT_CHARACTERS_MAX = 300;

    private final Tree.Entries entries;
    private final Findings findings;
    private final boolean readable;
    /** Keys that an unknown one was probably meant to be; that they are missing is no second mistake. */
    private final Set<String> meant = new HashSet<>();

    private Block(Tree.Entries entries, Findings findings, boolean readable) {
        this.entries = entries;
        this.findings = findings;
        this.readable = readable;
    }

    static Block of(Tree tree, String key, Vocabulary vocabulary, Findings findings) {
        Block block = open(tree, key, findings);
        for (String name : block.keys()) {
            if (!vocabulary.keys().contains(name)) {
                block.unknownKey(name, vocabulary.keys());
            }
        }
        return block;
    }

    /** Entries whose keys are names that the document itself coins. */
    static Block open(Tree tree, String key, Findings findings) {
        if (tree instanceof Tree.Entries entries) {
            return new Block(entries, findings, true);
        }
        findings.error(tree.spot(), "memorandum.yaml.entries-expected", Quoted.of(key));
        return unreadable(tree.spot(), findings);
    }

    private static Block unreadable(Spot spot, Findings findings) {
        return new Block(new Tree.Entries(new LinkedHashMap<>(), spot), findings, false);
    }

    Set<String> keys() {
        return entries.entries().keySet();
    }

    boolean has(String key) {
        return entries.entries().containsKey(key);
    }

    /** Whether a default holds: neither the key stands here nor a misspelling of it. */
    boolean leavesOut(String key) {
        return !has(key) && !meant.contains(key);
    }

    boolean readable() {
        return readable;
    }

    Tree.Entries entries() {
        return entries;
    }

    Spot spot() {
        return entries.spot();
    }

    Spot spot(String key) {
        return entries.at(key);
    }

    /** Finds an error at a key, and gives what is thrown to leave the part. */
    Unread unread(String key, String code, String... arguments) {
        return findings.unread(spot(key), code, arguments);
    }

    Optional<Tree> tree(String key) {
        Tree.Entry entry = entries.entries().get(key);
        if (entry == null) {
            if (readable && !meant.contains(key)) {
                findings.error(spot(), "memorandum.yaml.missing-key", key);
            }
            return Optional.empty();
        }
        return Optional.of(entry.value());
    }

    Block block(String key, Vocabulary vocabulary) {
        return tree(key).map(tree -> of(tree, key, vocabulary, findings)).orElseGet(() -> unreadable(spot(), findings));
    }

    /** The block of names under a key. */
    Block names(String key) {
        return tree(key).map(tree -> open(tree, key, findings)).orElseGet(() -> unreadable(spot(), findings));
    }

    Read<String> text(String key) {
        Optional<Tree> tree = tree(key);
        return tree.isEmpty() ? Read.nothing() : text(tree.get(), key);
    }

    <T> Read<T> value(String key, Parser<T> parser) {
        Optional<Tree> tree = tree(key);
        return tree.isEmpty() ? Read.nothing() : parsed(tree.get(), key, parser);
    }

    /** A value of one of several forms, which the refusal shows. */
    <T> Read<T> formed(String key, String forms, Parser<T> parser) {
        Read<String> text = text(key);
        return Read.whole(() -> {
            try {
                return parser.parse(text.get());
            } catch (Malformed refused) {
                throw unread(key, "memorandum.yaml.unknown-word", key, Quoted.of(text.get()), forms);
            }
        });
    }

    <T> Read<T> valueOr(String key, T otherwise, Parser<T> parser) {
        return leavesOut(key) ? Read.of(otherwise) : value(key, parser);
    }

    <T> Read<Optional<T>> optional(String key, Parser<T> parser) {
        return valueOr(key, Optional.empty(), text -> Optional.of(parser.parse(text)));
    }

    <E extends Enum<E> & Word> Read<E> word(String key, Class<E> list) {
        Optional<Tree> tree = tree(key);
        return tree.isEmpty() ? Read.nothing() : word(tree.get(), key, list);
    }

    <E extends Enum<E> & Word> Read<E> wordOr(String key, E otherwise, Class<E> list) {
        return leavesOut(key) ? Read.of(otherwise) : word(key, list);
    }

    Read<Boolean> yesOr(String key, boolean otherwise) {
        Read<Words.YesNo> word = wordOr(key, otherwise ? Words.YesNo.YES : Words.YesNo.NO, Words.YesNo.class);
        return Read.whole(() -> word.get() == Words.YesNo.YES);
    }

    /** Refuses every text but one: the key is there to be read, and leaves no choice. */
    Read<String> only(String key, String text) {
        Read<String> said = text(key);
        return Read.whole(() -> {
            if (!said.get().equals(text)) {
                throw unread(key, "memorandum.yaml.unknown-word", key, Quoted.of(said.get()), text);
            }
            return text;
        });
    }

    /** At least one value, none of them twice; a single text is a list of one. */
    <T extends Comparable<T>> Read<SortedSet<T>> set(String key, Parser<T> parser) {
        return set(key, parser, Comparator.naturalOrder());
    }

    <T> Read<SortedSet<T>> set(String key, Parser<T> parser, Comparator<T> order) {
        return collect(key, item -> parsed(item, key, parser), order);
    }

    <T> Read<SortedSet<T>> setOrNone(String key, Parser<T> parser, Comparator<T> order) {
        return leavesOut(key) ? Read.of(new TreeSet<>(order)) : set(key, parser, order);
    }

    <E extends Enum<E> & Word> Read<SortedSet<E>> words(String key, Class<E> list) {
        return this.<E>collect(key, item -> word(item, key, list), Comparator.<E>naturalOrder());
    }

    <E extends Enum<E> & Word> Read<SortedSet<E>> wordsOrNone(String key, Class<E> list) {
        return leavesOut(key) ? Read.of(Collections.emptySortedSet()) : words(key, list);
    }

    /** Finds an unknown key, and says which it was probably meant to be. */
    String unknownKey(String name, List<String> known) {
        String nearest = findings.full() ? "" : Vocabulary.nearest(name, known);
        meant.add(nearest);
        findings.error(spot(name), "memorandum.yaml.unknown-key", Quoted.of(name), nearest);
        return nearest;
    }

    private <T> Read<SortedSet<T>> collect(String key, ItemReader<T> reader, Comparator<T> order) {
        Optional<List<Tree>> items = items(key);
        if (items.isEmpty()) {
            return Read.nothing();
        }
        SortedSet<T> values = new TreeSet<>(order);
        boolean complete = true;
        for (Tree item : items.get()) {
            Optional<T> value = reader.read(item).found();
            if (value.isPresent() && !values.add(value.get())) {
                findings.error(
                        item.spot(),
                        "memorandum.yaml.repeated-value",
                        key,
                        Quoted.of(value.get().toString()));
                complete = false;
            }
            complete &= value.isPresent();
        }
        return complete ? Read.of(values) : Read.nothing();
    }

    private Optional<List<Tree>> items(String key) {
        Optional<Tree> tree = tree(key);
        if (tree.isEmpty()) {
            return Optional.empty();
        }
        return switch (tree.get()) {
            case Tree.Items list when !list.items().isEmpty() -> Optional.of(list.items());
            case Tree.Text text -> Optional.of(List.of(text));
            case Tree.Items list -> {
                findings.error(list.spot(), "memorandum.yaml.empty-list", key);
                yield Optional.empty();
            }
            case Tree.Entries wrong -> {
                findings.error(wrong.spot(), "memorandum.yaml.list-expected", key);
                yield Optional.empty();
            }
        };
    }

    private Read<String> text(Tree tree, String key) {
        if (findings.full()) {
            return Read.nothing();
        }
        if (!(tree instanceof Tree.Text text)) {
            findings.error(tree.spot(), "memorandum.yaml.text-expected", Quoted.of(key));
            return Read.nothing();
        }
        boolean plain = text.text().codePoints().noneMatch(Block::hidden);
        if (text.text().isBlank() || text.text().length() > TEXT_CHARACTERS_MAX || !plain) {
            findings.error(tree.spot(), "memorandum.yaml.bad-value", Quoted.of(key), Quoted.of(text.text()));
            return Read.nothing();
        }
        return Read.of(text.text());
    }

    /** Controls, invisible formatting (which can turn what is read around) and lone surrogates. */
    private static boolean hidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private <T> Read<T> parsed(Tree tree, String key, Parser<T> parser) {
        Read<String> text = text(tree, key);
        return Read.whole(() -> {
            try {
                return parser.parse(text.get());
            } catch (Malformed refused) {
                Problem problem = refused.problem();
                throw problem.code().equals(Names.UNKNOWN)
                        ? findings.unread(
                                tree.spot(),
                                Names.UNKNOWN,
                                Quoted.of(text.get()),
                                problem.arguments().getLast())
                        : findings.unread(
                                tree.spot(), "memorandum.yaml.bad-value", Quoted.of(key), Quoted.of(text.get()));
            }
        });
    }

    private <E extends Enum<E> & Word> Read<E> word(Tree tree, String key, Class<E> list) {
        Read<String> text = text(tree, key);
        return Read.whole(() -> {
            Optional<E> word = Word.find(list, text.get());
            if (word.isEmpty()) {
                String known = String.join(
                        " | ",
                        Arrays.stream(list.getEnumConstants()).map(Word::word).toList());
                throw findings.unread(tree.spot(), "memorandum.yaml.unknown-word", key, Quoted.of(text.get()), known);
            }
            return word.get();
        });
    }

    /** What reads one text; its own problem is replaced by one that names the place. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws Malformed, Unread;
    }

    /** What reads one part of a list. */
    @FunctionalInterface
    private interface ItemReader<T> {
        Read<T> read(Tree item);
    }
}
