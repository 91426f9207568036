package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {
    @Test
    void theExamplesRaiseNoDoubt() {
        for (String yaml : List.of(Example.plain(), Example.yaml())) {
            assertThat(Memorandum.check(yaml)).isInstanceOf(Reading.Sound.class);
            assertThat(codes(yaml)).isEmpty();
        }
    }

    @Test
    void allFindingsAreToldAtOnceErrorsFirst() {
        String yaml = Example.plain()
                .replace("    keep: P3Y", "    kepp: P3Y")
                .replace("officers: 2", "officers: many")
                .replace("mode: shared-index\n    index of at least: 50", "mode: open-index\n    index of at least: 5O")
                .replace("kind: customs}", "kind: custom}")
                .replace("effect: at once", "effect: tomorrow")
                .replace("    notice: P60D\n", "")
                .replace(
                        "use as evidence: with consent\n    onward: with consent\n    keep: P5Y",
                        "use as evidence: freely\n    onward: freely\n    keep: P5Y")
                .replace("en: drug trafficking", "en: drug tr\u0430fficking");
        Reading reading = Memorandum.check(yaml);
        assertThat(reading).isInstanceOf(Reading.Faulty.class);
        assertThat(reading.findings()).isSortedAccordingTo(Finding.ORDER);
        assertThat(codes(yaml))
                .containsExactly(
                        "memorandum.yaml.unknown-word", // ANAM
                        "memorandum.yaml.unknown-word", // CBP
                        "memorandum.yaml.unknown-word", // mode of 2.1
                        "memorandum.yaml.bad-value", // index of at least
                        "memorandum.yaml.unknown-word", // mode of 2.2
                        "memorandum.yaml.bad-value",
                        "memorandum.yaml.bad-value", // officers
                        "memorandum.yaml.unknown-key", // kepp
                        "memorandum.yaml.unknown-word", // effect
                        "memorandum.yaml.missing-key", // notice
                        "memorandum.language.look-alike-letters",
                        "memorandum.language.loose-word",
                        "memorandum.language.loose-word");
    }

    /** Line and column are those of the word at fault. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "    keep: P3Y|    kepp: P3Y|kepp",
                "    keep: P3Y|    keep: P3|P3",
                "officers: 2|officers: many|many",
                "by: [MX/FGR, US/ATF]|by: [MX/FGR, US/AFT]|US/AFT",
                "territory: [MX-SIN]|territory: [US]|territory: [US]}",
                "until: 2028-09-03|until: 2024-09-03|until",
                "effect: at once|effect: within P7D|effect",
                "es: narcotráfico|es: narc\u043etráfico|narc\u043etráfico",
                "version: 1|version: 1\\nversion: 2|version: 2",
            })
    void aFindingPointsAtTheWord(String text, String instead, String word) {
        String yaml = Example.plain()
                .replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(instead.replace("\\n", "\n")));
        List<Finding> findings = Memorandum.check(yaml).findings();
        assertThat(findings).hasSize(1);
        Finding finding = findings.getFirst();
        assertThat(yaml.lines().toList().get(finding.line() - 1).substring(finding.column() - 1))
                .startsWith(word);
        if (finding.severity() == Finding.Severity.ERROR) {
            assertThat(finding.problem().arguments().getFirst()).isEqualTo(Integer.toString(finding.line()));
        }
    }

    /** One mistake is one finding: what follows from it is not told again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "      FGR:     {kind: prosecutor}|      FGR:     {kind: attorney}",
                "      FGR:     {kind: prosecutor}|      FGR:     {kynd: prosecutor}",
                "    territory: [MX]|    territory: [QQ]",
                "  arms-trafficking:|  Arms-trafficking:",
                "    only under: joint-group|    only over: joint-group",
                "    leaders: [MX/FGR, US/DEA]|    leaders: [MX/SAT]",
                "purposes:  |purpose:  ",
                "parties:|partys:",
                "clauses:|claws:",
                "    suspend: any party|    suspnd: any party",
                "    obtained outside own territory: |    obtained outside the territory: ",
                "    joint-group: [MX/UIF|    joint-group: [MX/UIFF",
                "    release: firearm|    release: {a: b}",
            })
    void whatFollowsFromAMistakeIsNotToldAgain(String text, String instead) {
        assertThat(Example.plain()).contains(text);
        String yaml = Example.plain().replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(instead));
        assertThat(Memorandum.check(yaml).findings())
                .filteredOn(finding -> finding.severity() == Finding.Severity.ERROR)
                .as(Memorandum.check(yaml).findings().toString())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "onward: never|onward: freely|loose-word",
                "use as evidence: with consent|use as evidence: freely|loose-word",
                "announce: with the countersignature of every party named|announce: freely|loose-word",
                "only with a joint authorisation of the place|freely|loose-word",
                "effect: at once|effect: within P7D|loose-word",
                "officers: 1|officers: 0|no-officer",
                "watch: {each: P1D, for at most: P90D}|watch: {each: P91D, for at most: P90D}|watch-of-one-round",
                "force: 2026-01-01|force: 2028-10-01|group-never-works",
                "ends: 2028-12-31|ends: 2026-06-30|never-reviewed",
                "place of registration|place of registration\\n    only between: court|kind-of-nobody",
                "place of registration|place of registration\\n    only between: [customs, tax]|kind-never-meets",
                "  money-laundering:|  money-laundering:\\n    only under: joint-group|joint-group-differs",
                "ATF:    {kind|DEB: {kind: police}\\n      D3A: {kind: police}\\n      ATF: {kind|none",
                "OFAC:   {kind|0FAC: {kind: police}\\n      OFAC: {kind|look-alike-codes",
                "ANAM:    {kind|AL1: {kind: police}\\n      A1I: {kind: police}\\n      ANAM: {kind|look-alike-codes",
                "en: Understanding|en: Underst\u0251nding|none",
                "en: Understanding|en: \u0395nd|look-alike-letters",
                "en: Understanding|en: \uff35nderstanding|look-alike-letters",
                "es: Entendimiento|es: Entendimiento n.\u00ba 1|none",
            })
    void aDoubtIsTold(String text, String instead, String code) {
        String yaml = ClauseKeysTest.full();
        assertThat(yaml).contains(text);
        String changed = yaml.replaceFirst(Pattern.quote(text), Matcher.quoteReplacement(instead.replace("\\n", "\n")));
        List<String> before = codes(yaml);
        List<String> after = codes(changed);
        before.forEach(after::remove);
        switch (code) {
            case "none" -> assertThat(after).isEmpty();
            default -> assertThat(after).contains("memorandum.language." + code);
        }
    }

    @Test
    void grantsThatMeetAreTold() {
        String release = Example.plain().replaceFirst("(?s).*(    release: firearm.*?    keep: P3Y\n).*", "$1");
        assertThat(codes(with("9.1", release))).containsExactly("memorandum.language.covered");
        assertThat(codes(with("9.1", release.replace("P3Y", "P4Y")))).containsExactly("memorandum.language.overlap");
        assertThat(codes(with("9.1", release.replace("[MX/FGR, US/ATF]", "[MX/FGR, US/DEA]"))))
                .isEmpty();
        assertThat(codes(with("9.1", release.replace("[MX/FGR, US/ATF]", "[MX/FGR, US/ATF, US/DEA]"))))
                .containsExactly("memorandum.language.covered");
        assertThat(codes(with("9.1", release.replace("[MX/FGR, US/ATF]", "[MX/SAT, US/CBP]"))))
                .containsExactly("memorandum.language.group-never-meets", "memorandum.language.group-never-meets");
    }

    @Test
    void whatParsingRefusesIsAmongTheFindings() {
        for (String yaml : List.of("", "a: [1", "version: &a 1", "#".repeat(300_000), "a: b\n---\nc: d", "[]", "x")) {
            Reading reading = Memorandum.check(yaml);
            try {
                Memorandum.parseYaml(yaml);
                throw new AssertionError("was read: " + yaml);
            } catch (Malformed refused) {
                assertThat(reading.findings()).extracting(Finding::problem).contains(refused.problem());
            }
        }
    }

    @Test
    void aTextFullOfMistakesIsToldTheFirstHundreds() {
        StringBuilder yaml = new StringBuilder("clauses:\n");
        for (int clause = 1; clause <= 250; clause++) {
            yaml.append("  \"1.").append(clause).append("\": {relase: [a, b], frm: MX}\n");
        }
        yaml.append("purpose: [").append("x, ".repeat(50_000)).append("y]\n");
        assertThat(Memorandum.check(yaml.toString()).findings()).hasSizeBetween(100, 2 * Findings.FINDINGS_MAX);
    }

    private static String with(String number, String clause) {
        return Example.plain().replaceFirst("(?m)^never:", "  \"" + number + "\":\n" + clause + "\nnever:");
    }

    private static List<String> codes(String yaml) {
        return new ArrayList<>(Memorandum.check(yaml).findings().stream()
                .map(finding -> finding.problem().code())
                .toList());
    }
}
