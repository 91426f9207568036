package org.entente.node.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.exchange.message.Kind;
import org.entente.memorandum.officer.Role;
import org.junit.jupiter.api.Test;

/** Whatever a person reads exists in both languages, says the same things and renders. */
class CatalogueTest {
    private static final Pattern PROBLEM = Pattern.compile(
            "(?:Problem\\.of|new Malformed|new StoryBroken|new Problem)\\(\\s*\"([a-z0-9]+(?:[.-][a-z0-9]+)*)\"[,)]");
    private static final Pattern WORD =
            Pattern.compile("(?:\\.say\\(|Catalogue\\.say\\(\\s*language,|narrator\\.say\\()\\s*\"([a-z0-9.-]+)\"[,)]");
    private static final Pattern OPTION = Pattern.compile("descriptionKey = \"([a-z0-9.-]+)\"");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9]+)[,}]");

    @Test
    void everyProblemThatTheSourcesNameHasASentenceInBothLanguages() throws IOException {
        assertThat(found(PROBLEM, "java", root())).hasSizeGreaterThan(100).allSatisfy(CatalogueTest::isSaid);
    }

    @Test
    void everyWordThatCommandsAndScreensNameIsInBothLanguages() throws IOException {
        Path node = root().resolve("node/src/main");
        Set<String> words = new TreeSet<>(found(WORD, "java", node));
        words.addAll(found(WORD, "jte", node));
        assertThat(words).hasSizeGreaterThan(40).allSatisfy(CatalogueTest::isSaid);
    }

    @Test
    void everyWordOfAListIsSaid() {
        for (Kind kind : Kind.values()) {
            isSaid("console.kind." + kind.word());
        }
        for (Role role : Role.values()) {
            isSaid("console.role." + role.word());
        }
        for (String state : List.of("draft", "signed", "in-force", "suspended", "superseded", "withdrawn")) {
            isSaid("console.state." + state);
        }
        for (var part : org.entente.node.database.StartProgress.Part.values()) {
            isSaid("progress.database." + part.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void bothLanguagesHaveTheSameCodesAndFillInTheSameWords() {
        assertThat(Catalogue.codes(Language.SPANISH)).isEqualTo(Catalogue.codes(Language.ENGLISH));
        for (String code : Catalogue.codes(Language.ENGLISH)) {
            assertThat(placeholders(Language.SPANISH, code)).as(code).isEqualTo(placeholders(Language.ENGLISH, code));
        }
    }

    @Test
    void numbersAreWrittenAsInMexicoAndAlikeInBothLanguages() {
        for (Language language : Language.values()) {
            assertThat(NumberFormat.getIntegerInstance(language.locale()).format(1_004_020))
                    .isEqualTo("1,004,020");
            assertThat(NumberFormat.getNumberInstance(language.locale()).format(26.4))
                    .isEqualTo("26.4");
            assertThat(new MessageFormat("{0}", language.locale()).format(new Object[] {4_020}))
                    .isEqualTo("4,020");
            assertThat(ResourceBundle.getBundle("org.entente.node.usage", language.locale())
                            .getLocale()
                            .getLanguage())
                    .isEqualTo(language.code());
        }
    }

    @Test
    void everyOptionIsExplainedInBothLanguages() throws IOException {
        Properties english = usage("en");
        Properties spanish = usage("es");
        assertThat(spanish.stringPropertyNames()).isEqualTo(english.stringPropertyNames());
        assertThat(found(OPTION, "java", root().resolve("node/src/main")))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(english.stringPropertyNames()).contains(key));
    }

    private static void isSaid(String code) {
        for (Language language : Language.values()) {
            assertThat(Catalogue.knows(language, code))
                    .as("%s in %s", code, language.code())
                    .isTrue();
            assertThat(Catalogue.say(language, code, 1, 2, 3, 4, 5, 6))
                    .as("%s in %s", code, language.code())
                    .isNotBlank()
                    .isNotEqualTo(code);
        }
    }

    private static Set<String> found(Pattern pattern, String ending, Path below) throws IOException {
        Set<String> codes = new TreeSet<>();
        try (Stream<Path> files = Files.walk(below)) {
            for (Path file : files.filter(path -> path.toString().endsWith("." + ending))
                    .filter(path -> path.toString().contains("/src/main/"))
                    .toList()) {
                Matcher matcher = pattern.matcher(Files.readString(file));
                while (matcher.find()) {
                    codes.add(matcher.group(1));
                }
            }
        }
        return codes;
    }

    private static Set<String> placeholders(Language language, String code) {
        MessageFormat sentence = Catalogue.format(language, code);
        return PLACEHOLDER
                .matcher(sentence.toPattern())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Properties usage(String language) throws IOException {
        Properties usage = new Properties();
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(
                        CatalogueTest.class.getResourceAsStream("/org/entente/node/usage_" + language + ".properties")),
                StandardCharsets.UTF_8)) {
            usage.load(reader);
        }
        return usage;
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        while (here != null && !Files.isDirectory(here.resolve("examples"))) {
            here = here.getParent();
        }
        return Objects.requireNonNull(here, "the repository's root");
    }
}
