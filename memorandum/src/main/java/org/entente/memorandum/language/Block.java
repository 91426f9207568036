package org.entente.memorandum.language;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.item.Quoted;
import org.entente.memorandum.item.Word;

/** Entries whose keys are all known. What is wrong with one is said with its line, its key and what would be right. */
final class Block {
    private static final int TEXT_CHARACTERS_MAX = 300;

    private final Tree.Entries entries;

    private Block(Tree.Entries entries) {
        this.entries = entries;
    }

    static Block of(Tree tree, String key, Vocabulary vocabulary) throws Malformed {
        Block block = open(tree, key);
        for (String name : block.keys()) {
            if (!vocabulary.keys().contains(name)) {
                throw block.unknownKey(name, vocabulary.keys());
            }
        }
        return block;
    }

    /** Entries whose keys are names that the document itself coins. */
    static Block open(Tree tree, String key) throws Malformed {
        if (tree instanceof Tree.Entries entries) {
            return new Block(entries);
        }
        throw new Malformed("memorandum.yaml.entries-expected", Integer.toString(tree.line()), Quoted.of(key));
    }

    Set<String> keys() {
        return entries.entries().keySet();
    }

    boolean has(String key) {
        return entries.entries().containsKey(key);
    }

    String line() {
        return Integer.toString(entries.line());
    }

    String line(String key) {
        Tree.Entry entry = entries.entries().get(key);
        return entry == null ? line() : Integer.toString(entry.line());
    }

    Tree tree(String key) throws Malformed {
        Tree.Entry entry = entries.entries().get(key);
        if (entry == null) {
            throw new Malformed("memorandum.yaml.missing-key", line(), key);
        }
        return entry.value();
    }

    Block block(String key, Vocabulary vocabulary) throws Malformed {
        return of(tree(key), key, vocabulary);
    }

    String text(String key) throws Malformed {
        return text(tree(key), key);
    }

    <T> T value(String key, Parser<T> parser) throws Malformed {
        return parsed(tree(key), key, parser);
    }

    /** A value of one of several forms, which the refusal shows. */
    <T> T formed(String key, String forms, Parser<T> parser) throws Malformed {
        String text = text(key);
        try {
            return parser.parse(text);
        } catch (Malformed refused) {
            throw new Malformed("memorandum.yaml.unknown-word", line(key), key, Quoted.of(text), forms);
        }
    }

    <T> T valueOr(String key, T otherwise, Parser<T> parser) throws Malformed {
        return has(key) ? value(key, parser) : otherwise;
    }

    <E extends Enum<E> & Word> E word(String key, Class<E> list) throws Malformed {
        return word(tree(key), key, list);
    }

    <E extends Enum<E> & Word> E wordOr(String key, E otherwise, Class<E> list) throws Malformed {
        return has(key) ? word(key, list) : otherwise;
    }

    boolean yesOr(String key, boolean otherwise) throws Malformed {
        return wordOr(key, otherwise ? Words.YesNo.YES : Words.YesNo.NO, Words.YesNo.class) == Words.YesNo.YES;
    }

    /** Refuses every text but one: the key is there to be read, and leaves no choice. */
    void only(String key, String text) throws Malformed {
        if (!text(key).equals(text)) {
            throw new Malformed("memorandum.yaml.unknown-word", line(key), key, Quoted.of(text(key)), text);
        }
    }

    /** At least one value, none of them twice; a single text is a list of one. */
    <T extends Comparable<T>> SortedSet<T> set(String key, Parser<T> parser) throws Malformed {
        return set(key, parser, Comparator.naturalOrder());
    }

    <T> SortedSet<T> set(String key, Parser<T> parser, Comparator<T> order) throws Malformed {
        SortedSet<T> values = new TreeSet<>(order);
        for (Tree item : items(key)) {
            add(values, parsed(item, key, parser), item, key);
        }
        return values;
    }

    <E extends Enum<E> & Word> SortedSet<E> words(String key, Class<E> list) throws Malformed {
        SortedSet<E> values = new TreeSet<>();
        for (Tree item : items(key)) {
            add(values, word(item, key, list), item, key);
        }
        return values;
    }

    Malformed badValue(String key) throws Malformed {
        return new Malformed("memorandum.yaml.bad-value", line(key), key, Quoted.of(text(key)));
    }

    Malformed unknownKey(String name, List<String> known) {
        return new Malformed(
                "memorandum.yaml.unknown-key", line(name), Quoted.of(name), Vocabulary.nearest(name, known));
    }

    private static <T> void add(SortedSet<T> values, T value, Tree item, String key) throws Malformed {
        if (!values.add(value)) {
            throw new Malformed(
                    "memorandum.yaml.repeated-value", Integer.toString(item.line()), key, Quoted.of(value.toString()));
        }
    }

    private List<Tree> items(String key) throws Malformed {
        return switch (tree(key)) {
            case Tree.Items list when !list.items().isEmpty() -> list.items();
            case Tree.Text text -> List.of(text);
            case Tree.Items list ->
                throw new Malformed("memorandum.yaml.empty-list", Integer.toString(list.line()), key);
            case Tree.Entries wrong ->
                throw new Malformed("memorandum.yaml.list-expected", Integer.toString(wrong.line()), key);
        };
    }

    private static String text(Tree tree, String key) throws Malformed {
        String line = Integer.toString(tree.line());
        if (!(tree instanceof Tree.Text text)) {
            throw new Malformed("memorandum.yaml.text-expected", line, Quoted.of(key));
        }
        boolean plain = text.text().codePoints().noneMatch(Block::hidden);
        if (text.text().isBlank() || text.text().length() > TEXT_CHARACTERS_MAX || !plain) {
            throw new Malformed("memorandum.yaml.bad-value", line, Quoted.of(key), Quoted.of(text.text()));
        }
        return text.text();
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

    private static <T> T parsed(Tree tree, String key, Parser<T> parser) throws Malformed {
        String text = text(tree, key);
        try {
            return parser.parse(text);
        } catch (Malformed refused) {
            String line = Integer.toString(tree.line());
            Problem problem = refused.problem();
            throw problem.code().equals(Names.UNKNOWN)
                    ? new Malformed(
                            Names.UNKNOWN,
                            line,
                            Quoted.of(text),
                            problem.arguments().getLast())
                    : new Malformed("memorandum.yaml.bad-value", line, Quoted.of(key), Quoted.of(text));
        }
    }

    private static <E extends Enum<E> & Word> E word(Tree tree, String key, Class<E> list) throws Malformed {
        String text = text(tree, key);
        String line = Integer.toString(tree.line());
        String known = String.join(
                " | ", Arrays.stream(list.getEnumConstants()).map(Word::word).toList());
        return Word.find(list, text)
                .orElseThrow(() -> new Malformed("memorandum.yaml.unknown-word", line, key, Quoted.of(text), known));
    }

    /** What reads one text; its own problem is replaced by one that names the line. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws Malformed;
    }
}
