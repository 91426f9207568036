package org.entente.memorandum.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.memorandum.decision.Citation;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.Obligation;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.language.Words;
import org.junit.jupiter.api.Test;

class RenderingTest {
    private static final List<Citation> CLAUSE = List.of(new Citation("MX-US/2025-09", new ClauseNumber("4.1")));

    @Test
    void bothLanguagesHaveTheSameClausesInTheSameOrder() {
        List<Paragraph> english = Rendering.of(Example.memorandum(), Language.EN);
        List<Paragraph> spanish = Rendering.of(Example.memorandum(), Language.ES);
        assertThat(english)
                .extracting(Paragraph::number)
                .isEqualTo(spanish.stream().map(Paragraph::number).toList());
        assertThat(english)
                .extracting(Paragraph::number)
                .containsAll(Example.memorandum().clauses().keySet().stream()
                        .map(ClauseNumber::text)
                        .toList());
        assertThat(english).noneMatch(paragraph -> paragraph.text().matches(".*[{}].*"));
        assertThat(spanish).noneMatch(paragraph -> paragraph.text().matches(".*[{}].*"));
    }

    @Test
    void whatTheModeRevealsIsSaid() {
        assertThat(text(Language.EN, "2.2"))
                .contains("What this mode reveals")
                .contains("2048 identifiers")
                .contains("one month");
        assertThat(text(Language.ES, "2.2"))
                .contains("Lo que este modo revela")
                .contains("2048 identificadores")
                .contains("un mes");
        assertThat(text(Language.ES, "3.1"))
                .contains("empresas y registros de listas públicas")
                .contains("5 años");
    }

    @Test
    void aDecisionIsExplainedInOneSentenceThatNamesItsClause() {
        Decision refused =
                new Decision.Refused(CLAUSE, Problem.of("memorandum.decision.territory", "MX-SIN", "US/DEA"));
        assertThat(Explanation.why(refused, Language.EN))
                .startsWith("Clause 4.1 of MX-US/2025-09 refuses this: The item was obtained in MX-SIN");
        assertThat(Explanation.why(refused, Language.ES))
                .startsWith("Lo deniega: cláusula 4.1 de MX-US/2025-09. El elemento se obtuvo en MX-SIN");
        List<Obligation> owed = new ArrayList<>();
        for (Obligation.Duty duty : Obligation.Duty.values()) {
            owed.add(new Obligation(CLAUSE.getFirst(), duty, "P3D"));
        }
        owed.add(new Obligation(CLAUSE.getFirst(), Obligation.Duty.ONWARD, Words.Consent.WITH_CONSENT.word()));
        assertThat(Explanation.why(new Decision.Permitted(CLAUSE, owed), Language.ES))
                .contains("en un plazo de 3 días")
                .contains("solo con el consentimiento");
    }

    @Test
    void ofSeveralMemorandaItIsSaidThatTheMostProtectiveAnswerWins() throws Malformed {
        Decision refused =
                new Decision.Refused(CLAUSE, Problem.of("memorandum.decision.territory", "MX-SIN", "US/DEA"));
        Memorandum other = Memorandum.parseYaml(Example.yaml().replace("MX-US/2025-09", "MX-US/2026-01"));
        List<Memorandum> both = List.of(Example.memorandum(), other);
        assertThat(Explanation.why(refused, both, Language.EN))
                .startsWith("Clause 4.1 of MX-US/2025-09 refuses this")
                .endsWith(
                        "Several memoranda apply here, MX-US/2025-09 and MX-US/2026-01; the most protective answer wins,"
                                + " and it is this one.");
        assertThat(Explanation.why(refused, both, Language.ES))
                .startsWith("Lo deniega: cláusula 4.1 de MX-US/2025-09")
                .endsWith("Aquí se aplican varios memorandos, MX-US/2025-09 y MX-US/2026-01; prevalece la respuesta más"
                        + " protectora, que es esta.");
        assertThat(Explanation.why(refused, both.subList(0, 1), Language.EN))
                .isEqualTo(Explanation.why(refused, Language.EN));
    }

    @Test
    void everyProblemAndWordIsSaidInBothLanguagesWithTheSameBlanks() throws IOException {
        for (String bundle : List.of("org.entente.memorandum.problems", "org.entente.memorandum.rendering.words")) {
            ResourceBundle english = ResourceBundle.getBundle(bundle, Language.EN.locale());
            ResourceBundle spanish = ResourceBundle.getBundle(bundle, Language.ES.locale());
            assertThat(english.keySet()).isEqualTo(spanish.keySet());
            for (String key : english.keySet()) {
                assertThat(blanks(english.getString(key))).as(key).isEqualTo(blanks(spanish.getString(key)));
                assertThat(english.getString(key) + spanish.getString(key))
                        .as(key)
                        .doesNotContain("'");
            }
        }
        assertThat(ResourceBundle.getBundle("org.entente.memorandum.problems", Language.EN.locale())
                        .keySet())
                .isEqualTo(codesInTheSource());
    }

    @Test
    void everyWordOfTheLanguageHasItsPhrase() {
        ResourceBundle words = ResourceBundle.getBundle("org.entente.memorandum.rendering.words", Language.EN.locale());
        for (Words.AuthorityKind kind : Words.AuthorityKind.values()) {
            assertThat(words.containsKey("kind." + kind.word())).isTrue();
        }
        for (Words.RefusalGround ground : Words.RefusalGround.values()) {
            assertThat(words.containsKey("ground." + ground.word())).isTrue();
        }
        for (Words.SurvivingDuty duty : Words.SurvivingDuty.values()) {
            assertThat(words.containsKey("surviving." + duty.word())).isTrue();
        }
        for (Words.MatchMode mode : Words.MatchMode.values()) {
            assertThat(words.containsKey("clause.reveals." + mode.word())).isTrue();
        }
        for (SecrecyRegime regime : SecrecyRegime.values()) {
            assertThat(words.containsKey("secrecy." + regime.word())).isTrue();
        }
        Map.of(
                        "threat.", Words.ThreatReach.values(),
                        "named-in-request.", Words.NamedInRequest.values(),
                        "legal-hold.", Words.LegalHold.values(),
                        "clause.territory.", Words.TerritorialRule.values(),
                        "own-territory.", Words.OwnTerritory.values(),
                        "clause.announce.", Words.AnnounceRule.values(),
                        "unanswered.", Words.Unanswered.values(),
                        "consequence.", Words.Consequence.values())
                .forEach((prefix, constants) -> {
                    for (Enum<?> constant : constants) {
                        assertThat(words.containsKey(prefix + Rendering.lower(constant)))
                                .as(prefix + constant)
                                .isTrue();
                    }
                });
        for (Never never : Never.values()) {
            assertThat(words.containsKey(
                            "never." + never.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                    .as(never.word())
                    .isTrue();
        }
        for (Words.PlaceOfObtaining place : Words.PlaceOfObtaining.values()) {
            assertThat(words.containsKey(
                            "place." + place.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                    .isTrue();
        }
    }

    private static String text(Language language, String number) {
        return Rendering.of(Example.memorandum(), language).stream()
                .filter(paragraph -> paragraph.number().equals(number))
                .findFirst()
                .orElseThrow()
                .text();
    }

    private static Set<String> blanks(String sentence) {
        return new TreeSet<>(Pattern.compile("\\{[0-9]+\\}")
                .matcher(sentence)
                .results()
                .map(MatchResult::group)
                .toList());
    }

    private static Set<String> codesInTheSource() throws IOException {
        Set<String> codes = new TreeSet<>();
        Pattern code = Pattern.compile("\"(memorandum\\.[a-z-]+(\\.[a-z-]+)?)\"");
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java/org/entente/memorandum"))) {
            for (Path source :
                    sources.filter(path -> path.toString().endsWith(".java")).toList()) {
                code.matcher(Files.readString(source)).results().forEach(match -> codes.add(match.group(1)));
            }
        }
        return codes;
    }
}
