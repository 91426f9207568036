package org.entente.verification.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.entente.node.language.Catalogue;
import org.entente.node.language.Language;
import org.junit.jupiter.api.Test;

/** Whatever a person reads exists in both languages, and says the same things. */
final class SentencesTest {
    private static final String ENGLISH = "_en.properties";
    private static final Pattern ARGUMENT = Pattern.compile("\\{([0-9])");
    private static final Pattern DEMO_STEP = Pattern.compile("\\.(?:step|ask)\\(\\s*\"([a-z-]+[a-z])\"");

    @Test
    void everyEnglishSentenceHasItsSpanishOne() throws IOException {
        List<Path> english = Sources.ending(ENGLISH);
        assertThat(english).hasSizeGreaterThan(5);
        for (Path file : english) {
            Properties one = load(file);
            Properties other = load(Path.of(file.toString().replace(ENGLISH, "_es.properties")));
            assertThat(new TreeSet<>(other.stringPropertyNames()))
                    .as(Sources.name(file))
                    .isEqualTo(new TreeSet<>(one.stringPropertyNames()));
            for (String code : one.stringPropertyNames()) {
                assertThat(arguments(other.getProperty(code)))
                        .as(Sources.name(file) + " " + code)
                        .isEqualTo(arguments(one.getProperty(code)));
            }
        }
    }

    @Test
    void everySentenceOfTheCatalogueCanBeSaid() {
        for (Language language : Language.values()) {
            for (String code : Catalogue.codes(language)) {
                Object[] numbers = {1, 2, 3, 4, 5, 6, 7, 8, 9};
                assertThat(Catalogue.say(language, code, numbers))
                        .as(language + " " + code)
                        .isNotBlank()
                        .doesNotContain("{");
            }
        }
    }

    @Test
    void everyStepOfTheDemonstrationHasItsSentence() throws IOException {
        List<String> steps = new ArrayList<>();
        for (Path file : Sources.ending(".java")) {
            if (Sources.name(file).contains("node/demo/")) {
                DEMO_STEP
                        .matcher(Files.readString(file))
                        .results()
                        .map(found -> found.group(1))
                        .forEach(steps::add);
            }
        }
        assertThat(steps).hasSizeGreaterThan(20);
        for (String step : steps) {
            assertThat(Catalogue.knows(Language.SPANISH, "demo." + step))
                    .as(step)
                    .isTrue();
        }
    }

    private static Set<String> arguments(String sentence) {
        assertThat(new MessageFormat(sentence)).isNotNull();
        return ARGUMENT.matcher(sentence).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties load(Path file) throws IOException {
        Properties sentences = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            sentences.load(reader);
        }
        return sentences;
    }
}
