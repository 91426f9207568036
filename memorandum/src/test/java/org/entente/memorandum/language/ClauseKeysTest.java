package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every key beyond the plainest memorandum: said, left out, and said wrongly. */
class ClauseKeysTest {
    private static final String HANDING_OVER = """
            keep: P3Y
            legal hold: restricted
            use for another purpose: with consent
            use against an immediate threat: for any purpose, told within PT24H
            onward to: [MX/ANAM, US/CBP]
            onward to those named in the request: presumed
            export: never
        """;

    private static final String CLAUSES = """
          "8.1":
            contribute: firearm
            between: [MX/FGR, US/ATF]
            for: arms-trafficking
            needs: {case: no, legal basis: yes, officers: 3}
            handling at least: H2
            grading: optional
            use as evidence: with consent
            use for another purpose: freely
            use against an immediate threat: for a named purpose, told within P2D
            onward: never
            onward to: MX/FGR
            onward to those named in the request: with consent
            export: freely
            keep: P1Y
            legal hold: in use
          "8.2":
            amend: by a new version that every party signs
          "8.3":
            enters into force: 2026-01-01
            ends: 2028-12-31
            review: each P1Y
          "8.4":
            tell of status changes: within P3D
          "8.5":
            challenge of provenance: by the party of the place
            answer: within P10D
            unanswered: quarantined
          "8.6":
            sovereignty incident: any party
            answer: within P5D
            joint review: within P30D
            consequence: consultation
          "8.7":
            equivalent secrecy: [financial, tax]
          "8.8":
            equivalent secrecy: [grand-jury, ministerial, classified]

        """;

    /** The example with one clause of each further kind, every one of whose keys is said. */
    static String full() {
        return Example.plain()
                .replace("    keep: P3Y\n", HANDING_OVER)
                .replaceFirst(
                        "(?m)^(    obtained outside own territory: .*)$", "$1\n    own territory: of the authority")
                .replace(
                        "    territory: [US]\n",
                        "    territory: [US]\n    central authority: US/DEA\n    contact: US/FINCEN\n")
                .replace("place of recovery\n", "place of recovery\n    only between: [police, prosecutor]\n")
                .replaceFirst("(?m)^never:", CLAUSES + "never:");
    }

    @Test
    void everyKeyIsReadAndItsCanonicalFormIsReadBackAsTheSame() throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(full());
        assertThat(Memorandum.parseCanonical(memorandum.canonical())).isEqualTo(memorandum);
        assertThat(Memorandum.parseYaml(new String(memorandum.canonical(), StandardCharsets.UTF_8)))
                .isEqualTo(memorandum);
        for (Vocabulary construct : Vocabulary.values()) {
            List<String> keys = new ArrayList<>(documents().contains(construct) ? List.of() : construct.keys());
            keys.removeAll(List.of("extends", "widens"));
            for (String key : keys) {
                assertThat(canonical(full())).as(construct + " " + key).contains("\"" + key + "\"");
            }
        }
    }

    /** What stands in documents of their own. */
    private static Set<Vocabulary> documents() {
        return EnumSet.of(
                Vocabulary.PROFILE,
                Vocabulary.PROPERTIES,
                Vocabulary.PROPERTY,
                Vocabulary.PROPERTY_NEVER,
                Vocabulary.PROPERTY_UNLESS);
    }

    /** Each row says what the canonical form holds after one place of the full text was changed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use for another purpose: freely|-|\"use for another purpose\":\"never\"",
                "use for another purpose: freely|use for another purpose: never|\"use for another purpose\":\"never\"",
                "use against an immediate threat: for a named purpose, told within P2D|-|\"use against an immediate threat\":\"never\"",
                "told within P2D|told within PT1H|\"for a named purpose, told within PT1H\"",
                "onward to: MX/FGR|onward to: [US/DEA, MX/ANAM]|\"onward to\":[\"MX/ANAM\",\"US/DEA\"]",
                "onward to those named in the request: presumed|-|\"onward to those named in the request\":\"with consent\"",
                "export: freely|-|\"export\":\"with consent\"",
                "legal hold: in use|-|\"legal hold\":\"never\"",
                "officers: 3|officers: 0|\"officers\":\"0\"",
                "own territory: of the authority|-|\"own territory\":\"of the authority\"",
                "own territory: of the authority|own territory: of the party|\"own territory\":\"of the party\"",
                "only with a joint authorisation of the place|freely|\"obtained outside own territory\":\"freely\"",
                "effect: at once|effect: within P7D|\"effect\":\"within P7D\"",
                "surviving: [confidentiality|surviving: [use, answers, confidentiality|\"surviving\":[\"answers\",\"confidentiality\",\"erasure\",\"retention\",\"status-notices\",\"use\"]",
                "enters into force: 2026-01-01|enters into force: with the last signature|\"enters into force\":\"with the last signature\"",
                "announce: with the countersignature of every party named|announce: freely|\"announce\":\"freely\"",
                "unanswered: quarantined|unanswered: erased|\"unanswered\":\"erased\"",
                "consequence: consultation|consequence: suspension|\"consequence\":\"suspension\"",
                "answer requests: within P60D|answer requests: within 30 working days|\"answer requests\":\"within 30 working days\"",
                "urgent: within PT8H|urgent: within 1 working days|\"urgent\":\"within 1 working days\"",
            })
    void whatIsSaidOrLeftOutStandsInTheCanonicalForm(String text, String instead, String canonical) {
        assertThat(canonical(changed(text, instead))).contains(canonical);
    }

    @Test
    void whatMayBeLeftOutMeansNothingMore() throws Malformed {
        String silent = canonical(changed("ends: 2028-12-31", "-"));
        assertThat(silent).doesNotContain("\"ends\"");
        assertThat(canonical(changed("review: each P1Y", "-"))).doesNotContain("\"review\"");
        assertThat(canonical(changed("central authority: US/DEA", "-"))).doesNotContain("\"central authority\"");
        Memorandum plain = Memorandum.parseYaml(Example.plain());
        for (var release : plain.clausesOf(Terms.Release.class)) {
            Terms.Handover handover = release.terms().handover();
            assertThat(handover.use().otherPurpose()).isEqualTo(Words.Consent.NEVER);
            assertThat(handover.use().threat()).isEqualTo(Terms.Threat.NONE);
            assertThat(handover.onward().to()).isEmpty();
            assertThat(handover.onward().namedInRequest()).isEqualTo(Words.NamedInRequest.WITH_CONSENT);
            assertThat(handover.export()).isEqualTo(Words.Consent.WITH_CONSENT);
            assertThat(handover.retention().legalHold()).isEqualTo(Words.LegalHold.NEVER);
        }
    }

    /** Each row changes one place of the full text. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "use for another purpose: freely|use for another purpose: sometimes|memorandum.yaml.unknown-word|sometimes",
                "told within P2D|told within soon|memorandum.yaml.unknown-word|",
                "for a named purpose, told within P2D|for any purpose|memorandum.yaml.unknown-word|for any purpose",
                "for a named purpose, told within P2D|never, told within P2D|memorandum.yaml.unknown-word|",
                "for a named purpose, told within P2D|freely|memorandum.yaml.unknown-word|freely",
                "onward to: MX/FGR|onward to: MX/FGRR|memorandum.language.unknown-name|MX/FGR",
                "onward to: MX/FGR|onward to: []|memorandum.yaml.empty-list|onward to",
                "named in the request: presumed|named in the request: freely|memorandum.yaml.unknown-word|freely",
                "export: freely|export: presumed|memorandum.yaml.unknown-word|presumed",
                "legal hold: in use|legal hold: always|memorandum.yaml.unknown-word|always",
                "officers: 3|officers: 10|memorandum.yaml.bad-value|10",
                "officers: 3|officers: -1|memorandum.yaml.bad-value|-1",
                "own territory: of the authority|own territory: of nobody|memorandum.yaml.unknown-word|of nobody",
                "only with a joint authorisation of the place|never|memorandum.yaml.unknown-word|never",
                "effect: at once|effect: P7D|memorandum.yaml.unknown-word|P7D",
                "effect: at once|effect: within 7 working days|memorandum.yaml.unknown-word|within 7 working days",
                "surviving: [confidentiality|surviving: [gratitude|memorandum.yaml.unknown-word|gratitude",
                "amend: by a new version that every party signs|amend: by word of mouth|memorandum.yaml.unknown-word|by word of mouth",
                "force: 2026-01-01|force: 2026-02-30|memorandum.yaml.unknown-word|2026-02-30",
                "force: 2026-01-01|force: soon|memorandum.yaml.unknown-word|soon",
                "ends: 2028-12-31|ends: 2025-12-31|memorandum.language.ends-before-it-begins|2025-12-31",
                "review: each P1Y|review: P1Y|memorandum.yaml.bad-value|P1Y",
                "review: each P1Y|review: each 3 working days|memorandum.yaml.bad-value|",
                "announce: with the countersignature of every party named|announce: loudly|memorandum.yaml.unknown-word|loudly",
                "tell of status changes: within P3D|tell of status changes: P3D|memorandum.yaml.bad-value|P3D",
                "provenance: by the party of the place|provenance: by anybody|memorandum.yaml.unknown-word|by anybody",
                "unanswered: quarantined|unanswered: forgotten|memorandum.yaml.unknown-word|forgotten",
                "incident: any party|incident: one party|memorandum.yaml.unknown-word|one party",
                "joint review: within P30D|joint review: P30D|memorandum.yaml.bad-value|P30D",
                "consequence: consultation|consequence: war|memorandum.yaml.unknown-word|war",
                "secrecy: [financial, tax]|secrecy: [financial]|memorandum.language.secrecy-alone|",
                "secrecy: [financial, tax]|secrecy: [financial, none]|memorandum.language.secrecy-apart|none",
                "secrecy: [financial, tax]|secrecy: [tax, suspicious-report]|memorandum.language.secrecy-apart|suspicious-report",
                "secrecy: [financial, tax]|secrecy: [financial, ministerial]|memorandum.language.secrecy-twice|ministerial",
                "secrecy: [financial, tax]|secrecy: [financial, bank]|memorandum.yaml.unknown-word|bank",
                "central authority: US/DEA|central authority: MX/FGR|memorandum.language.unknown-name|MX/FGR",
                "contact: US/FINCEN|contact: FINCEN|memorandum.language.unknown-name|US/FINCEN",
                "answer requests: within P60D|answer requests: within 367 working days|memorandum.yaml.bad-value|",
                "answer requests: within P60D|answer requests: within 0 working days|memorandum.yaml.bad-value|",
                "answer requests: within P60D|answer requests: 30 working days|memorandum.yaml.bad-value|",
                "contribute: firearm|contribute: firearms|memorandum.language.unknown-name|firearm",
                "between: [MX/FGR, US/ATF]|between: [MX/FGR, US/CBP]|memorandum.language.contributor-no-member|US/CBP",
                "between: [MX/FGR, US/ATF]|between: [MX/FGR, MX/UIF]|memorandum.language.one-party-clause|",
            })
    void aWrongValueIsRefusedAndNamed(String text, String instead, String code, String named) {
        Problem problem = problem(changed(text, instead));
        assertThat(problem.code()).as(problem.toString()).isEqualTo(code);
        if (named != null) {
            assertThat(problem.arguments()).contains(named);
        }
    }

    @Test
    void whoContributesWithoutAGroupIsRefused() {
        String yaml = full().replaceFirst("(?s)  \"5\\.1\":.*?(?=  \"5\\.2\":)", "")
                .replaceAll("    only under: joint-group\n", "");
        assertThat(problem(yaml).code()).isEqualTo("memorandum.language.contributor-no-member");
    }

    @Test
    void loosePromisesAreBroken() throws Malformed {
        assertThat(broken("only with a joint authorisation of the place", "freely"))
                .contains(Never.NOTHING_FROM_ELSEWHERE, Never.NOBODY_ACTS_ELSEWHERE);
        assertThat(broken("own territory: of the authority", "own territory: of the party"))
                .contains(Never.NOBODY_ACTS_ELSEWHERE)
                .doesNotContain(Never.NOTHING_FROM_ELSEWHERE);
        assertThat(Memorandum.parseYaml(full()).brokenPromises()).containsExactly(Never.NO_UNNAMED_PURPOSE);
    }

    private static Set<Never> broken(String text, String instead) throws Malformed {
        String promise = "  - no act for a purpose not named here\n";
        return Memorandum.parseYaml(changed(text, instead)
                        .replace(promise, promise + "  - nobody but an authority of the place acts in a place\n"))
                .brokenPromises();
    }

    private static String changed(String text, String instead) {
        String full = full();
        assertThat(full).contains(text);
        String from = instead.equals("-") ? "(?m)^ *" + Pattern.quote(text) + "\n" : Pattern.quote(text);
        return full.replaceFirst(from, instead.equals("-") ? "" : Matcher.quoteReplacement(instead));
    }

    private static String canonical(String yaml) {
        try {
            return new String(Memorandum.parseYaml(yaml).canonical(), StandardCharsets.UTF_8);
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
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
