package org.entente.memorandum.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Named;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.language.Words;
import tools.jackson.databind.JsonNode;

/**
 * The keys and values of the canonical form in one language: what a memorandum defines by the name that it gives, what the
 * language fixes by its phrase, and anything else as it is written, so that nothing that is signed is ever left out.
 */
final class TermWords {
    private static final Set<String> PURPOSES = Set.of("for", "adds purposes");
    private static final Set<String> CATEGORIES =
            Set.of("reconcile", "probe", "release", "contribute", "adds categories");
    /** What a memorandum says in its own words or by its own names; a title that happens to be a word of the language stays a title. */
    private static final Set<String> OWN = Set.of("en", "es", "memorandum", "version", "offences", "territory");

    private static final String WITHIN = "within ";
    private static final String EACH = "each ";
    private static final String TOLD = ", told within ";

    private final Phrases phrases;
    private final List<Memorandum> memoranda;

    /** Looks names up in the memoranda in their order. */
    TermWords(Phrases phrases, Memorandum... memoranda) {
        this.phrases = phrases;
        this.memoranda = List.of(memoranda);
    }

    String key(String key) {
        String code = "key." + slug(key);
        return phrases.knows(code) ? phrases.say(code) : key;
    }

    String value(String key, JsonNode value) {
        if (value.isArray()) {
            return phrases.list(value.valueStream()
                    .map(element -> value(key, element))
                    .sorted()
                    .toList());
        }
        if (key.equals("needs") && value.isObject()) {
            return needs(value);
        }
        if (value.isObject()) {
            List<String> parts = new ArrayList<>();
            value.forEachEntry((name, part) -> parts.add(phrases.say("term", key(name), value(name, part))));
            return String.join(", ", parts);
        }
        return value.isString() ? word(key, value.stringValue()) : phrases.say("nothing");
    }

    private String needs(JsonNode needs) {
        List<String> parts = new ArrayList<>();
        needs.forEachEntry((name, part) -> {
            if (name.equals("officers")) {
                parts.add(phrases.say("need.officers", value(name, part)));
            } else if (part.isString() && part.stringValue().equals("yes")) {
                parts.add(key(name));
            } else if (!part.isString() || !part.stringValue().equals("no")) {
                parts.add(phrases.say("term", key(name), value(name, part)));
            }
        });
        return phrases.list(parts);
    }

    private String word(String key, String text) {
        if (OWN.contains(key)) {
            return text;
        }
        return Stream.of(named(key, text), fixed(key, text), span(text))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(text);
    }

    private Optional<String> named(String key, String text) {
        try {
            for (Memorandum memorandum : memoranda) {
                Optional<? extends Named> named = Optional.empty();
                if (PURPOSES.contains(key)) {
                    named = memorandum.purpose(Purpose.parse(text));
                } else if (CATEGORIES.contains(key)) {
                    named = memorandum.category(Category.parse(text));
                }
                if (named.isPresent()) {
                    return named.map(terms -> phrases.of(terms.name()));
                }
            }
        } catch (Malformed noName) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private Optional<String> fixed(String key, String text) {
        String code = switch (key) {
            case "kind", "only between" -> "kind." + text;
            case "refuse only on", "never refuse on" -> "ground." + text;
            case "surviving" -> "surviving." + text;
            case "secrecy", "equivalent secrecy" -> "secrecy." + text;
            case "authentic" -> "language." + text;
            case "never" -> "never." + constant(Word.find(Never.class, text));
            case "place of obtaining" -> "place." + constant(Word.find(Words.PlaceOfObtaining.class, text));
            default -> "value." + slug(text);
        };
        return phrases.knows(code) ? Optional.of(phrases.say(code)) : Optional.empty();
    }

    /** "within P3D", "each P1Y", "for any purpose, told within PT24H", "P5Y", "2048 identifiers each P1M", "50 identifiers". */
    private Optional<String> span(String text) {
        try {
            if (text.startsWith(WITHIN)) {
                return Optional.of(phrases.say("value.within", within(text.substring(WITHIN.length()))));
            }
            if (text.startsWith(EACH)) {
                return Optional.of(phrases.say("value.each", within(text.substring(EACH.length()))));
            }
            if (text.contains(TOLD)) {
                int told = text.indexOf(TOLD);
                return Optional.of(phrases.say(
                        "value.told", word("", text.substring(0, told)), within(text.substring(told + TOLD.length()))));
            }
            if (text.matches("[0-9]+ identifiers each P[0-9A-Z]+")) {
                String[] parts = text.split(" ", -1);
                return Optional.of(phrases.say("value.quota", parts[0], phrases.term(Term.parse(parts[3]))));
            }
            if (text.matches("[0-9]+ identifiers")) {
                return Optional.of(phrases.say("value.identifiers", text.substring(0, text.indexOf(' '))));
            }
            return text.startsWith("P") ? Optional.of(phrases.term(Term.parse(text))) : Optional.empty();
        } catch (Malformed noSpan) {
            return Optional.empty();
        }
    }

    private String within(String text) throws Malformed {
        return text.matches("[0-9]+ working days")
                ? phrases.say("value.working-days", text.substring(0, text.indexOf(' ')))
                : phrases.term(Term.parse(text));
    }

    private static String constant(Optional<? extends Enum<?>> constant) {
        return constant.map(one -> one.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .orElse("");
    }

    static String slug(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }
}
