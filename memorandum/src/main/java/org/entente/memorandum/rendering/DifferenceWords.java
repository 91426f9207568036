package org.entente.memorandum.rendering;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Bilingual;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.Difference.Change;
import org.entente.memorandum.rendering.Difference.Section;
import tools.jackson.databind.JsonNode;

/** A difference in words: what changed, and under it each term that became another, old → new. */
public final class DifferenceWords {
    private final Difference difference;
    private final Language language;
    private final Phrases phrases;
    private final TermWords terms;
    private final TurnWords turns;

    private DifferenceWords(Difference difference, Language language) {
        this.difference = difference;
        this.language = language;
        this.phrases = new Phrases(language);
        this.terms = new TermWords(phrases, difference.after(), difference.before());
        this.turns = new TurnWords(phrases, terms);
    }

    /**
     * One change.
     *
     * @param what what changed and how, as a sentence
     * @param details its whole text when it is new or gone, else each term; never empty but for a new number
     */
    public record Entry(String what, List<String> details) {
        public Entry {
            details = List.copyOf(details);
        }
    }

    /** The changes in their order; entry by entry the same in both languages. */
    public static List<Entry> of(Difference difference, Language language) {
        DifferenceWords words = new DifferenceWords(difference, language);
        return difference.changes().stream().map(words::entry).toList();
    }

    /** Between which two texts, whether anything changed, and whether the change hides under an old version. */
    public static String summary(Difference difference, Language language) {
        Memorandum before = difference.before();
        Memorandum after = difference.after();
        Phrases phrases = new Phrases(language);
        String version = Integer.toString(after.version());
        String summary = phrases.say(
                difference.isEmpty() ? "difference.none" : "difference.summary",
                before.id(),
                Integer.toString(before.version()),
                after.id(),
                version,
                Integer.toString(difference.changes().size()));
        boolean hidden = !difference.isEmpty() && before.id().equals(after.id()) && before.version() == after.version();
        return hidden ? summary + " " + phrases.say("difference.same-version", version) : summary;
    }

    private Entry entry(Change change) {
        return switch (change) {
            case Change.Added added ->
                new Entry(what("added", added), List.of(whole(added, difference.after(), added.value())));
            case Change.Removed removed ->
                new Entry(what("removed", removed), List.of(whole(removed, difference.before(), removed.value())));
            case Change.Changed changed ->
                new Entry(
                        what("changed", changed),
                        changed.turns().stream().map(turns::of).toList());
            case Change.Renumbered moved ->
                new Entry(phrases.say("difference.clause.renumbered", moved.name(), moved.to()), List.of());
        };
    }

    private String what(String kind, Change change) {
        String section = change.section().name().toLowerCase(Locale.ROOT);
        return phrases.say("difference." + section + "." + kind, name(change));
    }

    private String name(Change change) {
        return switch (change.section()) {
            case WHOLE, PARTY, AUTHORITY, CLAUSE -> change.name();
            case PURPOSE -> named(change.name(), purpose(change.name()));
            case CATEGORY -> named(change.name(), category(change.name()));
        };
    }

    private String named(String code, Bilingual name) {
        return phrases.say("difference.named", phrases.of(name), code);
    }

    private Bilingual purpose(String code) {
        return difference
                .after()
                .purpose(new Purpose(code))
                .or(() -> difference.before().purpose(new Purpose(code)))
                .orElseThrow()
                .name();
    }

    private Bilingual category(String code) {
        return difference
                .after()
                .category(new Category(code))
                .or(() -> difference.before().category(new Category(code)))
                .orElseThrow()
                .name();
    }

    /** All of what is new or gone: a clause in its own words, anything else by its terms. */
    private String whole(Change change, Memorandum memorandum, JsonNode value) {
        return change.section() == Section.CLAUSE
                ? Rendering.of(memorandum, language).stream()
                        .filter(paragraph -> paragraph.number().equals(change.name()))
                        .map(Paragraph::text)
                        .collect(Collectors.joining(" "))
                : terms.value("", value);
    }
}
