package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemorandumTest {
    @Test
    void theExampleIsReadAndItsCanonicalFormIsReadBackAsTheSame() throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(Example.yaml());
        assertThat(Memorandum.parseCanonical(memorandum.canonical())).isEqualTo(memorandum);
        assertThat(memorandum.brokenPromises()).isEmpty();
        assertThat(memorandum.clauses()).hasSize(18);
    }

    @Test
    void commentsLayoutAndTheOrderOfListsDoNotChangeTheMeaning() throws Malformed {
        String other = Example.yaml()
                .replaceAll("(?m) +#.*$", "")
                .replace("[MX/UIF, US/FINCEN]", "[US/FINCEN, MX/UIF]")
                .replace("reconcile: public-list-entry", "reconcile: [public-list-entry]")
                .replace("    on: request\n", "");
        assertThat(Memorandum.parseYaml(other).digest())
                .isEqualTo(Example.memorandum().digest());
    }

    @Test
    void aChangedTermChangesTheDigest() throws Malformed {
        assertThat(changed("2048 identifiers", "2049 identifiers").digest())
                .isNotEqualTo(Memorandum.parseYaml(Example.plain()).digest());
    }

    /** Each row changes one place of the example; the finding names the line on which it stands. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1|versoin: 1|memorandum.yaml.unknown-key|version",
                "    keep: P5Y|    keeep: P5Y|memorandum.yaml.unknown-key|keep",
                "    probe: [public|    prob: [public|memorandum.yaml.unknown-key|probe",
                "version: 1|version: 1\\nversion: 1|memorandum.yaml.duplicate-key|version",
                "version: 1|version: &a 1|memorandum.yaml.anchor|",
                "version: 1|version: *a|memorandum.yaml.anchor|",
                "version: 1|version: !!str 1|memorandum.yaml.tag|",
                "version: 1|version: [1|memorandum.yaml.syntax|",
                "version: 1|version: {a: [1]}|memorandum.yaml.text-expected|version",
                "version: 1|version: 0|memorandum.yaml.bad-value|0",
                "by: [MX/UIF, US/FINCEN]|by: [MX/UIF, US/FINCN]|memorandum.language.unknown-name|US/FINCEN",
                "for: arms-trafficking|for: arms-traficking|memorandum.language.unknown-name|arms-trafficking",
                "probe: [public-list-entry, company]|probe: [firearm]|memorandum.language.sensitive-shared-index|firearm",
                "release: firearm|release: firearms|memorandum.language.unknown-name|firearm",
                "by: [MX/FGR, US/ATF]|by: [MX/FGR, MX/FGR]|memorandum.yaml.repeated-value|MX/FGR",
                "until: 2028-09-03|until: 2025-09-03|memorandum.language.ends-before-it-begins|2025-09-03",
                "territory: [US]|territory: [US, MX-SIN]|memorandum.language.territory-of-two|MX-SIN",
                "territory: [MX-SIN]|territory: [US-AZ]|memorandum.language.foreign-territory|US-AZ",
                "territory: [MX-SIN]|territory: [QQ]|memorandum.yaml.bad-value|QQ",
                "mode: shared-index|mode: open-index|memorandum.yaml.unknown-word|open-index",
                "effect: at once|effect: tomorrow|memorandum.yaml.unknown-word|tomorrow",
                "at most: 2048 identifiers each P1M|at most: many|memorandum.yaml.bad-value|many",
                "epoch: P30D|epoch: P2Y|memorandum.yaml.bad-value|P2Y",
                "keep: P5Y|keep: P0D|memorandum.yaml.bad-value|P0D",
                "leaders: [MX/FGR, US/DEA]|leaders: [MX/ANAM]|memorandum.language.leader-no-member|MX/ANAM",
                "    adds categories: firearm||memorandum.language.joint-group-differs|firearm",
                "\\\"1.2\\\":|\\\"1.1.0\\\":|memorandum.yaml.bad-name|1.1.0",
                "no act for a purpose|no deed for a purpose|memorandum.yaml.unknown-word|no deed for a purpose not named here",
                "never refuse on: [fiscal-matter]|never refuse on: [not-held]|memorandum.language.contradiction|not-held",
                "    not named here: refused|    announce: with the countersignature of every party named|memorandum.language.clause-twice|",
                "between: [MX/UIF, US/FINCEN]|between: [MX/UIF, MX/FGR]|memorandum.language.one-party-clause|",
                "en: Understanding|en: \\\"\\u202e\\\" #|memorandum.yaml.bad-value|",
            })
    void aFindingNamesTheLineAndWhatWouldBeRight(String text, String instead, String code, String named) {
        String from = text.replace("\\\"", "\"");
        String to = instead == null ? "" : instead.replace("\\\"", "\"").replace("\\n", "\n");
        assertThat(Example.yaml()).contains(from);
        String changed = Example.yaml().replaceFirst(Pattern.quote(from), Matcher.quoteReplacement(to));
        Problem problem = problem(changed);
        assertThat(problem.code()).as(problem.toString()).isEqualTo(code);
        int line = Integer.parseInt(problem.arguments().getFirst());
        assertThat(line).isBetween(1, Example.yaml().lines().toList().size() + 2);
        if (named != null) {
            assertThat(problem.arguments()).contains(named);
        }
    }

    @Test
    void theLineIsTheLineWhereItStands() {
        String yaml = Example.yaml().replace("    keep: P3Y", "    kept: P3Y");
        Problem problem = problem(yaml);
        int line = Integer.parseInt(problem.arguments().getFirst());
        assertThat(yaml.lines().toList().get(line - 1)).isEqualTo("    kept: P3Y");
    }

    @Test
    void everyMandatoryClauseIsMissed() {
        for (String clause : Set.of("1.1", "1.2", "4.1", "7.1")) {
            String yaml =
                    Example.plain().replaceFirst("(?s)  \"" + clause.replace(".", "\\.") + "\":.*?\n(?=  \"|\n)", "");
            assertThat(problem(yaml).code()).as(clause).isEqualTo("memorandum.language.missing-clause");
        }
    }

    @Test
    void whatExplodesIsRefused() {
        assertThat(problem("[".repeat(100_000)).code()).isEqualTo("memorandum.yaml.too-deep");
        assertThat(problem("{a: ".repeat(50_000)).code()).isEqualTo("memorandum.yaml.too-deep");
        assertThat(problem("#".repeat(300_000)).code()).isEqualTo("memorandum.yaml.too-large");
        assertThat(problem(Example.yaml() + "---\na: b\n").code()).isEqualTo("memorandum.yaml.several-documents");
        assertThat(problem("").code()).isEqualTo("memorandum.yaml.empty");
        assertThat(problem("a: &x [1,1]\nb: [*x,*x]\n").code()).isEqualTo("memorandum.yaml.anchor");
    }

    @Test
    void aBrokenPromiseIsFound() throws Malformed {
        assertThat(changed("    onward: with consent", "    onward: freely").brokenPromises())
                .containsExactly(Never.NO_FORWARD_WITHOUT_CONSENT);
        assertThat(changed("    use as evidence: with consent", "    use as evidence: freely")
                        .brokenPromises())
                .containsExactly(Never.NO_EVIDENCE_WITHOUT_CONSENT);
        assertThat(changed(
                                "    sensitive: no\n  firearm",
                                "    sensitive: no\n    secrecy: suspicious-report\n  firearm")
                        .brokenPromises())
                .containsExactly(Never.NO_SUSPICIOUS_REPORT_BEYOND_UNITS);
    }

    @Test
    void canonicalBytesOfAnyOtherFormAreRefused() {
        String canonical = new String(Example.memorandum().canonical(), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Memorandum.parseCanonical(canonical
                        .replace("[\"MX/UIF\",\"US/FINCEN\"]", "[\"US/FINCEN\",\"MX/UIF\"]")
                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("memorandum.canonical.differs");
        assertThatThrownBy(() -> Memorandum.parseCanonical((canonical + " ").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Malformed.class);
    }

    private static Memorandum changed(String text, String instead) throws Malformed {
        assertThat(Example.plain()).contains(text);
        return Memorandum.parseYaml(Example.plain().replace(text, instead));
    }

    private static Problem problem(String yaml) {
        try {
            Memorandum.parseYaml(yaml);
        } catch (Malformed refused) {
            return refused.problem();
        }
        throw new AssertionError("was not refused");
    }
}
