package org.entente.memorandum.rendering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Promise;
import org.entente.memorandum.language.Property;
import org.entente.memorandum.proof.Counterexample;

/** A promise, and the story of a case that breaks it, sentence by sentence. */
public final class CounterexampleWords {
    private CounterexampleWords() {}

    public static String promise(Promise promise, Language language) {
        return switch (promise) {
            case Never never ->
                new Phrases(language)
                        .say("never." + never.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            case Property property ->
                language == Language.EN
                        ? property.words().en()
                        : property.words().es();
        };
    }

    public static List<String> story(Counterexample counterexample, Language language) {
        Phrases phrases = new Phrases(language);
        List<String> sentences = new ArrayList<>();
        counterexample
                .points()
                .forEach(point ->
                        sentences.add(phrases.say(point.key(), point.names().toArray())));
        sentences.add(phrases.say("story.permitted", counterexample.clause().text()));
        return sentences;
    }
}
