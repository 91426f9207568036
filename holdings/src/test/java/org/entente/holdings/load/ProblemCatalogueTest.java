package org.entente.holdings.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.identifier.Warning;
import org.junit.jupiter.api.Test;

final class ProblemCatalogueTest {
    @Test
    void everyProblemHasOneSentenceInEachLanguageAndNoSentenceIsUnused() throws IOException {
        Set<String> used = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                Matcher code =
                        Pattern.compile("\"(holdings\\.[a-z0-9-]*[a-z0-9])\"").matcher(Files.readString(source));
                while (code.find()) {
                    used.add(code.group(1));
                }
            }
        }
        for (Warning warning : Warning.values()) {
            used.add(warning.about(IdentifierType.RFC).code());
        }
        Properties english = catalogue("problems_en.properties");
        Properties spanish = catalogue("problems_es.properties");
        assertThat(english.stringPropertyNames()).isEqualTo(used);
        assertThat(spanish.stringPropertyNames()).isEqualTo(used);
        for (String code : used) {
            assertThat(placeholders(spanish.getProperty(code)))
                    .as(code)
                    .isEqualTo(placeholders(english.getProperty(code)));
            assertThat(english.getProperty(code)).endsWith(".").doesNotContain("'");
            assertThat(spanish.getProperty(code)).endsWith(".").doesNotContain("'");
        }
    }

    private static Set<String> placeholders(String sentence) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = Pattern.compile("\\{\\d}").matcher(sentence);
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static Properties catalogue(String name) throws IOException {
        Properties sentences = new Properties();
        InputStream stream = ListLoad.class.getResourceAsStream("/org/entente/holdings/" + name);
        try (Reader reader = new InputStreamReader(Objects.requireNonNull(stream), StandardCharsets.UTF_8)) {
            sentences.load(reader);
        }
        return sentences;
    }
}
