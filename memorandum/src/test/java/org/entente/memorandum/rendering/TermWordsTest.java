package org.entente.memorandum.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Example;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at most    | "2048 identifiers each P1M"                 | 2048 identifiers in any one month       | 2048 identificadores en cualquier lapso de un mes
            urgent     | "within PT8H"                               | within 8 hours                          | en un plazo de 8 horas
            answer     | "within 30 working days"                    | within 30 working days                  | en un plazo de 30 días hábiles
            review     | "each P1Y"                                  | each one year                           | cada un año
            threat     | "for any purpose, told within PT24H"        | for any purpose, told within 24 hours   | para cualquier fin, con aviso en un plazo de 24 horas
            keep       | "P5Y"                                       | 5 years                                 | 5 años
            onward     | "never"                                     | never                                   | nunca
            for        | ["drug-trafficking","money-laundering"]     | drug trafficking and money laundering   | lavado de dinero y narcotráfico
            kind       | "prosecutor"                                | prosecutor                              | fiscalía
            needs      | {"case":"yes","legal basis":"no","officers":"2"} | case and approving officers: 2     | caso y funcionarios que aprueben: 2
            watch      | {"each":"P1D","for at most":"P90D"}         | each: one day, for at most: 90 days     | cada: un día, durante a lo sumo: 90 días
            by         | "MX/UIF"                                    | MX/UIF                                  | MX/UIF
            from       | "2026-01-31"                                | 2026-01-31                              | 2026-01-31
            """)
    void aValueIsSaidInBothLanguages(String key, String json, String english, String spanish) throws Malformed {
        assertThat(value(Language.EN, key, json)).isEqualTo(english);
        assertThat(value(Language.ES, key, json)).isEqualTo(spanish);
    }

    /** Nothing that is signed is left out because a word for it is missing. */
    @Test
    void whatHasNoWordsStandsAsItIsWritten() throws Malformed {
        assertThat(value(Language.ES, "a new key", "\"some new word\"")).isEqualTo("some new word");
        assertThat(value(Language.EN, "urgent", "\"within reason\"")).isEqualTo("within reason");
        assertThat(new TermWords(new Phrases(Language.ES), Example.memorandum()).key("a new key"))
                .isEqualTo("a new key");
    }

    @Test
    void aNameThatIsAWordOfTheLanguageStaysAName() throws Malformed {
        assertThat(value(Language.ES, "en", "\"never\"")).isEqualTo("never");
        assertThat(value(Language.EN, "es", "\"P5Y\"")).isEqualTo("P5Y");
    }

    private static String value(Language language, String key, String json) throws Malformed {
        byte[] bytes = json.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new TermWords(new Phrases(language), Example.memorandum())
                .value(key, CanonicalJson.parse(bytes, bytes.length));
    }
}
