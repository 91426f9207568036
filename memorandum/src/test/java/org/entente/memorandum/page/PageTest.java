package org.entente.memorandum.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.Difference;
import org.entente.memorandum.rendering.Effects;
import org.entente.memorandum.rendering.Language;
import org.entente.memorandum.rendering.Paragraph;
import org.entente.memorandum.rendering.RenderedText;
import org.entente.memorandum.rendering.Rendering;
import org.junit.jupiter.api.Test;

class PageTest {
    private static final String HOSTILE = "</td></style><script>alert(1)</script> & \\\" ' ]]> <!-- {0}";

    @Test
    void everyParagraphStandsOnThePageInBothLanguages() {
        Memorandum memorandum = Example.memorandum();
        for (String page : List.of(BilingualPage.screen(memorandum), BilingualPage.paper(memorandum))) {
            for (Language language : Language.values()) {
                assertThat(Rendering.of(memorandum, language).stream()
                                .skip(1)
                                .map(Paragraph::text)
                                .toList())
                        .allMatch(text -> page.contains("<td lang=\"" + language.code() + "\">" + text + "</td>"));
                assertThat(page)
                        .contains(RenderedText.of(memorandum, language).digest().hex());
            }
            assertThat(page).contains(memorandum.digest().hex());
            assertThat(numbers(page))
                    .containsExactlyElementsOf(memorandum.clauses().keySet().stream()
                            .map(ClauseNumber::text)
                            .toList());
        }
    }

    @Test
    void aPageNeedsNothingFromOutsideAndRunsNothing() {
        Memorandum memorandum = Example.memorandum();
        for (String page : List.of(
                BilingualPage.screen(memorandum),
                DifferencePage.screen(Difference.between(memorandum, memorandum)),
                EffectsPage.screen(Effects.of(memorandum)))) {
            assertThat(page)
                    .contains("default-src &#39;none&#39;")
                    .doesNotContainIgnoringCase("<script")
                    .doesNotContain("src=")
                    .doesNotContain("url(")
                    .doesNotContain("http://")
                    .doesNotContain("https://");
        }
    }

    @Test
    void hostileWordsStayWords() throws Malformed {
        Memorandum hostile = Memorandum.parseYaml(Example.yaml()
                .replace("en: Understanding on the exchange", "en: \"" + HOSTILE + "\" #")
                .replace("{en: companies, es: empresas}", "{en: \"" + HOSTILE + "\", es: \"" + HOSTILE + "\"}")
                .replace("{en: United Mexican States,", "{en: \"" + HOSTILE + "\","));
        for (String page : List.of(
                BilingualPage.screen(hostile),
                BilingualPage.paper(hostile),
                DifferencePage.screen(Difference.between(Example.memorandum(), hostile)),
                DifferencePage.screen(Difference.between(hostile, Example.memorandum())),
                EffectsPage.screen(Effects.of(hostile)))) {
            assertThat(page)
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot; &#39; ]]&gt; &lt;!-- {0}")
                    .doesNotContain("<script")
                    .doesNotContain("<!--");
            assertThat(Pattern.compile("</style>").matcher(page).results()).hasSize(1);
        }
    }

    @Test
    void effectsNameEveryGroupAndRow() {
        String page = EffectsPage.screen(Effects.of(Example.memorandum()));
        assertThat(page)
                .contains("Who may give what to whom")
                .contains("Quién puede dar qué a quién")
                .contains("<th scope=\"row\">MX/UIF</th>")
                .contains("<td class=\"other\">1, 2, 3</td>");
    }

    @Test
    void aSheetThatCouldEndItselfIsRefused() {
        assertThatThrownBy(() -> new Markup().style("a { } </style>")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Markup().open("p").page()).isInstanceOf(IllegalStateException.class);
    }

    private static List<String> numbers(String page) {
        return Pattern.compile("<tr id=\"clause-([0-9.]+)\"")
                .matcher(page)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
