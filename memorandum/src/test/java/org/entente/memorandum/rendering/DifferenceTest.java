package org.entente.memorandum.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Vocabulary;
import org.entente.memorandum.rendering.Difference.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceTest {
    /** A change of the example's text. */
    private record Edit(String before, String after) {
        String in(String yaml) {
            assertThat(yaml).contains(before);
            return yaml.replace(before, after);
        }
    }

    private static final List<Edit> EDITS = List.of(
            new Edit("keep: P5Y", "keep: P3Y"),
            new Edit("version: 1\n", "version: 2\n"),
            new Edit("of: [MX/UIF, US/FINCEN]", "of: [MX/UIF, US/FINCEN, US/OFAC]"),
            new Edit("      DEA:    {kind: police}", "      DEA:    {kind: customs}"),
            new Edit("name: {en: companies, es: empresas}", "name: {en: firms, es: sociedades}"),
            new Edit("  \"6.1\":", "  \"6.3\":"),
            new Edit("watch: {each: P1D, for at most: P90D}", "watch: {each: P2D, for at most: P90D}"),
            new Edit("if they diverge: consult", "if they diverge: the narrower prevails"),
            new Edit("  - no act for a purpose not named here\n", ""),
            new Edit("      SAT:     {kind: tax}", "      AGA:     {kind: tax}"));

    @Test
    void whatChangedIsSaidInBothLanguages() throws Malformed {
        Difference difference = afterEdits(EDITS);
        assertThat(said(difference, Language.EN))
                .contains("Clause 3.1 changed.: kept at most: 5 years → 3 years")
                .contains("The memorandum as a whole changed.: languages, if the texts diverge")
                .contains("version: 1 → 2")
                .contains("Clause 2.2 changed.")
                .contains("of: added US/OFAC")
                .contains("standing question, each: one day → 2 days")
                .contains("Authority US/DEA changed.: kind: police → customs")
                .contains("Authority MX/AGA is new.: kind: tax authority, territory: MX")
                .contains("Authority MX/SAT was taken out.")
                .contains("The category “firms” (company) changed.: name, English: companies → firms")
                .contains("Clause 6.1 is now clause 6.3; its terms are the same.")
                .contains("taken out There is never an act for a purpose that is not named here");
        assertThat(said(difference, Language.ES))
                .contains("Cambió la cláusula 3.1.: se conserva a lo sumo: 5 años → 3 años")
                .contains("Cambió la autoridad US/DEA.: tipo: policía → aduanas")
                .contains("nombre, español: empresas → sociedades")
                .contains("La cláusula 6.1 es ahora la 6.3; sus términos son los mismos.");
        assertThat(DifferenceWords.summary(difference, Language.EN))
                .contains("version 1")
                .contains("version 2")
                .doesNotContain("Both");
    }

    @Test
    void aChangeUnderTheSameVersionIsPointedOut() throws Malformed {
        assertThat(DifferenceWords.summary(afterEdits(List.of(EDITS.getFirst())), Language.EN))
                .contains("Both call themselves version 1");
    }

    @Test
    void aNewClauseIsSaidInItsWholeWords() throws Malformed {
        Memorandum without = Memorandum.parseYaml(
                Example.yaml().replaceFirst("(?s)  \"7.2\":\n    withdraw: any party\n    notice: P60D\n", ""));
        assertThat(said(Difference.between(without, Example.memorandum()), Language.ES))
                .isEqualTo("Es nueva la cláusula 7.2.: Cualquier parte puede retirarse con un aviso de 60 días.");
        assertThat(said(Difference.between(Example.memorandum(), without), Language.EN))
                .isEqualTo("Clause 7.2 was taken out.: Any party may withdraw with 60 days of notice.");
    }

    @Test
    void nothingChangedBetweenATextAndItself() {
        Difference difference = Difference.between(Example.memorandum(), Example.memorandum());
        assertThat(difference.isEmpty()).isTrue();
        assertThat(DifferenceWords.summary(difference, Language.ES)).contains("nada cambió");
    }

    /** A difference is empty exactly when the digests are equal, and there and back are as many changes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aChangeIsSeenExactlyWhenTheDigestsDiffer(long seed) throws Malformed {
        Random random = new Random(seed);
        for (int round = 0; round < 12; round++) {
            List<Edit> edits = new ArrayList<>(EDITS);
            Collections.shuffle(edits, random);
            List<Edit> chosen = edits.subList(0, random.nextInt(EDITS.size() + 1));
            Difference there = afterEdits(chosen);
            Difference back = Difference.between(/* before= */ there.after(), /* after= */ there.before());
            assertThat(there.isEmpty())
                    .as("seed %d, %s", seed, chosen)
                    .isEqualTo(there.before().digest().equals(there.after().digest()));
            assertThat(back.changes()).as("seed %d, %s", seed, chosen).hasSameSizeAs(there.changes());
            for (Language language : Language.values()) {
                assertThat(DifferenceWords.of(there, language))
                        .as("seed %d, %s", seed, chosen)
                        .hasSameSizeAs(there.changes())
                        .noneMatch(entry -> entry.what().matches(".*[{}].*")
                                || entry.details().toString().matches(".*[{}].*"));
            }
        }
    }

    @Test
    void clausesStandInTheOrderOfTheirNumbers() throws Malformed {
        Difference difference = Difference.between(
                Example.memorandum(),
                Memorandum.parseYaml(Example.yaml()
                        .replace("P60D", "P59D")
                        .replace("\"6.1\":", "\"10.1\":")
                        .replace("until: 2028-09-03", "until: 2028-09-02")));
        assertThat(difference.changes()).extracting(Change::name).containsExactly("3.2", "5.1", "6.1", "7.2");
    }

    @Test
    void everyKeyOfTheLanguageHasItsWordsInBothLanguages() {
        Set<Vocabulary> ofOtherDocuments = EnumSet.of(
                Vocabulary.MEMORANDUM,
                Vocabulary.PROFILE,
                Vocabulary.PROPERTIES,
                Vocabulary.PROPERTY,
                Vocabulary.PROPERTY_NEVER,
                Vocabulary.PROPERTY_UNLESS);
        for (Language language : Language.values()) {
            Phrases phrases = new Phrases(language);
            for (Vocabulary construct : Vocabulary.values()) {
                if (!ofOtherDocuments.contains(construct)) {
                    assertThat(construct.keys())
                            .as(construct.definition())
                            .allMatch(key -> phrases.knows("key." + TermWords.slug(key)));
                }
            }
        }
    }

    private static Difference afterEdits(List<Edit> edits) throws Malformed {
        String yaml = Example.yaml();
        for (Edit edit : edits) {
            yaml = edit.in(yaml);
        }
        return Difference.between(Example.memorandum(), Memorandum.parseYaml(yaml));
    }

    private static String said(Difference difference, Language language) {
        return DifferenceWords.of(difference, language).stream()
                .map(entry -> entry.details().isEmpty()
                        ? entry.what()
                        : entry.what() + ": " + String.join("; ", entry.details()))
                .collect(Collectors.joining("\n"));
    }
}
