package org.entente.memorandum.language;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/**
 * Reads a whole memorandum: the names first, then the clauses that use them, then what only the whole can show. Everything
 * that is wrong is found in one reading; what was read all the same is checked further, so that a mistake in one clause does
 * not hide those of another.
 */
final class MemorandumReader {
    static final String JOINT_GROUP = "joint-group";

    private static final String ID_FORM = "[A-Z0-9][A-Za-z0-9._-]{0,31}(/[A-Za-z0-9][A-Za-z0-9._-]{0,31}){0,3}";

    private final Tree document;
    private final Expansion expansion;
    private final Findings findings;

    private MemorandumReader(Tree document, Expansion expansion, Findings findings) {
        this.document = document;
        this.expansion = expansion;
        this.findings = findings;
    }

    /** Reads a document that takes what it extends from the library, or, without one, that is complete in itself. */
    static Optional<Memorandum> read(Tree document, Optional<Profiles> library, Findings findings) {
        Expansion expansion = Expansion.of(document, library, findings);
        return new MemorandumReader(expansion.document(document), expansion, findings).read();
    }

    private Optional<Memorandum> read() {
        Block root = Block.of(document, "memorandum", Vocabulary.MEMORANDUM, findings);
        if (!root.readable()) {
            return Optional.empty();
        }
        Read<Heading> heading = heading(root);
        Names names = new NamesReader(root, findings).read();
        Clauses read = clauses(root, names);
        SortedMap<ClauseNumber, Terms> clauses = read.terms();
        Read<SortedSet<Never>> never = root.wordsOrNone("never", Never.class);
        new LookAlikes(document, findings).find();
        new Doubts(document, clauses, findings).find();
        if (read.groupKnown()) {
            new Agreement(document, names, clauses, findings).check();
            if (names.doubtful().isEmpty()) {
                new Reach(document, names, clauses, findings).find();
            }
        }
        if (findings.errors()) {
            return Optional.empty();
        }
        Extension extension = new Extension(expansion.profiles(), read.widened());
        return Read.whole(() -> new Memorandum(heading.get(), names, clauses, never.get(), extension))
                .found();
    }

    private Read<Heading> heading(Block root) {
        Read<String> id = formed(root, "memorandum", ID_FORM);
        Read<String> version = formed(root, "version", "[1-9][0-9]{0,5}");
        Read<Bilingual> title = NamesReader.bilingual(root, "title");
        Block languages = root.block("languages", Vocabulary.LANGUAGES);
        Read<SortedSet<String>> authentic = languages.set("authentic", MemorandumReader::language);
        Read<Words.Divergence> divergence =
                languages.wordOr("if they diverge", Words.Divergence.CONSULT, Words.Divergence.class);
        return Read.whole(() ->
                new Heading(id.get(), Integer.parseInt(version.get()), title.get(), authentic.get(), divergence.get()));
    }

    private static Read<String> formed(Block root, String key, String form) {
        Read<String> text = root.text(key);
        return Read.whole(() -> {
            if (!text.get().matches(form)) {
                throw root.unread(key, "memorandum.yaml.bad-value", key, Quoted.of(text.get()));
            }
            return text.get();
        });
    }

    private static String language(String text) throws Malformed {
        if (!text.equals("en") && !text.equals("es")) {
            throw new Malformed("memorandum.word.unknown", Quoted.of(text));
        }
        return text;
    }

    private Clauses clauses(Block root, Names names) {
        Block listed = NamesReader.named(root, "clauses", findings);
        ClauseReader reader = new ClauseReader(names, findings);
        SortedMap<ClauseNumber, Terms> clauses = new TreeMap<>();
        SortedMap<ClauseNumber, SortedSet<String>> widened = new TreeMap<>();
        List<Tree> unread = new ArrayList<>();
        for (String key : listed.keys()) {
            Tree tree = listed.tree(key).orElseThrow();
            Read<ClauseNumber> number = NamesReader.coined(listed, key, ClauseNumber::parse, findings);
            Read<Terms> terms = reader.read(tree, listed.spot(key), key);
            if (number.found().isPresent() && terms.found().isPresent()) {
                clauses.put(number.found().orElseThrow(), terms.found().orElseThrow());
                SortedSet<String> wider = expansion.widened(key, terms.found().orElseThrow(), reader);
                if (!wider.isEmpty()) {
                    widened.put(number.found().orElseThrow(), wider);
                }
            } else {
                unread.add(tree);
            }
        }
        if (listed.readable()) {
            for (String head : reader.missing()) {
                findings.error(root.spot("clauses"), "memorandum.language.missing-clause", head);
            }
        }
        boolean groupKnown = listed.readable() && unread.stream().noneMatch(MemorandumReader::mayBeJointGroup);
        return new Clauses(Collections.unmodifiableSortedMap(clauses), widened, groupKnown);
    }

    /**
     * The clauses that could be read.
     *
     * @param widened the keys with which they say more than their profiles
     * @param groupKnown whether every clause that may be the joint group's is among them
     */
    private record Clauses(
            SortedMap<ClauseNumber, Terms> terms,
            SortedMap<ClauseNumber, SortedSet<String>> widened,
            boolean groupKnown) {}

    /** A clause that could not be read and may have been the joint group's: then nobody can say who its members are. */
    private static boolean mayBeJointGroup(Tree tree) {
        return !(tree instanceof Tree.Entries entries)
                || entries.entries().containsKey(JOINT_GROUP)
                || Vocabulary.clauses().stream()
                        .noneMatch(kind -> entries.entries().containsKey(kind.head()));
    }
}
