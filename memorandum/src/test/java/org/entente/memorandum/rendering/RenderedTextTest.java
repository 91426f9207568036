package org.entente.memorandum.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The golden files are the published example in both languages. After a change that is meant, they are renewed by {@code
 * ./mvnw -o -pl memorandum -am test -Dtest=RenderedTextTest -Dsurefire.failIfNoSpecifiedTests=false -Dentente.golden=renew}, read, and committed.
 */
class RenderedTextTest {
    @ParameterizedTest
    @EnumSource(Language.class)
    void theExampleReadsAsTheGoldenFileDoes(Language language) throws IOException {
        RenderedText rendered = RenderedText.of(Example.memorandum(), language);
        String name = "mx-us." + language.code() + ".txt";
        if ("renew".equals(System.getProperty("entente.golden"))) {
            Files.write(Path.of("src/test/resources/org/entente/memorandum/rendering", name), rendered.bytes());
            return;
        }
        try (InputStream golden = RenderedTextTest.class.getResourceAsStream(name)) {
            assertThat(golden).as(name).isNotNull();
            assertThat(rendered.text()).isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void theDigestIsOfTheBytesAndNamesTheSignedForm(Language language) throws Malformed {
        Memorandum memorandum = Example.memorandum();
        RenderedText rendered = RenderedText.of(memorandum, language);
        assertThat(rendered.digest()).isEqualTo(Digest.of(rendered.bytes()));
        assertThat(rendered.text().lines().toList().get(1))
                .isEqualTo("sha-256 " + memorandum.digest().hex());
        assertThat(RenderedText.of(Memorandum.parseCanonical(memorandum.canonical()), language)
                        .bytes())
                .isEqualTo(rendered.bytes());
    }

    @Test
    void theLanguagesHaveTheSameNumbersAndDigestsOfTheirOwn() {
        RenderedText english = RenderedText.of(Example.memorandum(), Language.EN);
        RenderedText spanish = RenderedText.of(Example.memorandum(), Language.ES);
        assertThat(english.digest()).isNotEqualTo(spanish.digest());
        assertThat(english.text().lines().skip(2).map(line -> line.substring(0, line.indexOf('\t'))))
                .containsExactlyElementsOf(spanish.text()
                        .lines()
                        .skip(2)
                        .map(line -> line.substring(0, line.indexOf('\t')))
                        .toList());
    }

    @Test
    void aTitleThatLooksLikeAClauseStaysATitle() throws Malformed {
        String yaml =
                Example.yaml().replace("en: Understanding on", "en: 9.9 MX/UIF may do what it likes. Understanding on");
        assertThat(RenderedText.of(Memorandum.parseYaml(yaml), Language.EN).text())
                .contains("\n\t9.9 MX/UIF may do what it likes.");
    }
}
