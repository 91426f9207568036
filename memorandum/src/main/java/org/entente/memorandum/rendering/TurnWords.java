package org.entente.memorandum.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.memorandum.rendering.Difference.Turn;
import tools.jackson.databind.JsonNode;

/** A term that became another, in words: old → new. */
final class TurnWords {
    private final Phrases phrases;
    private final TermWords terms;

    TurnWords(Phrases phrases, TermWords terms) {
        this.phrases = phrases;
        this.terms = terms;
    }

    String of(Turn turn) {
        String key = turn.path().isEmpty() ? "" : turn.path().getLast();
        String label = turn.path().stream().map(terms::key).collect(Collectors.joining(", "));
        if (turn.before().isArray() && turn.after().isArray()) {
            return phrases.say("term", label, list(key, texts(turn.before()), texts(turn.after())));
        }
        return phrases.say(
                "term", label, phrases.say("difference.turn", value(key, turn.before()), value(key, turn.after())));
    }

    private String value(String key, JsonNode value) {
        return value.isMissingNode() ? phrases.say("difference.absent") : terms.value(key, value);
    }

    /** A list is long and mostly the same: what came in and what went out is what changed. */
    private String list(String key, SortedSet<JsonText> before, SortedSet<JsonText> after) {
        List<String> parts = new ArrayList<>();
        SortedSet<JsonText> came = new TreeSet<>(after);
        came.removeAll(before);
        SortedSet<JsonText> went = new TreeSet<>(before);
        went.removeAll(after);
        if (!came.isEmpty()) {
            parts.add(phrases.say("difference.came", all(key, came)));
        }
        if (!went.isEmpty()) {
            parts.add(phrases.say("difference.went", all(key, went)));
        }
        return String.join("; ", parts);
    }

    private String all(String key, SortedSet<JsonText> values) {
        return phrases.list(
                values.stream().map(value -> terms.value(key, value.node())).toList());
    }

    private static SortedSet<JsonText> texts(JsonNode array) {
        return array.valueStream().map(JsonText::new).collect(Collectors.toCollection(TreeSet::new));
    }

    /** An element of a list, in the order of its text. */
    private record JsonText(JsonNode node) implements Comparable<JsonText> {
        @Override
        public int compareTo(JsonText other) {
            return node.toString().compareTo(other.node.toString());
        }
    }
}
