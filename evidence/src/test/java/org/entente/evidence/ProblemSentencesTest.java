package org.entente.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemSentencesTest {
    private static final Pattern CODE = Pattern.compile(
            "((?:appointment|approval|authority|base64|bundle|card|chain|checkpoint|digest|fingerprint|json|key|misbehaviour|note|party|policy|receipt|reopening|signature|"
                    + "statement|succession|tile|time|timestamp|tlog-proof|witness)"
                    + "\\.[a-z0-9.-]+)\"");

    @Test
    void everyProblemOfTheCodeHasOneSentenceInBothLanguagesAndNoOtherHas() throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                CODE.matcher(Files.readString(file)).results().forEach(match -> codes.add(match.group(1)));
            }
        }
        Properties english = sentences("en");
        Properties spanish = sentences("es");
        assertThat(english.stringPropertyNames()).isEqualTo(codes);
        assertThat(spanish.stringPropertyNames()).isEqualTo(codes);
        for (String code : codes) {
            assertThat(places(english.getProperty(code))).as(code).isEqualTo(places(spanish.getProperty(code)));
            assertThat(english.getProperty(code) + spanish.getProperty(code))
                    .as(code)
                    .doesNotContain("'");
        }
    }

    private static Set<String> places(String sentence) {
        return Pattern.compile("\\{\\d}")
                .matcher(sentence)
                .results()
                .map(match -> match.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties sentences(String language) throws IOException {
        Properties sentences = new Properties();
        String name = "/org/entente/evidence/problems_" + language + ".properties";
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(ProblemSentencesTest.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
            sentences.load(reader);
        }
        return sentences;
    }
}
