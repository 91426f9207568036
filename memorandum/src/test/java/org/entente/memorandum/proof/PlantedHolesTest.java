package org.entente.memorandum.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Never;
import org.entente.memorandum.rendering.CounterexampleWords;
import org.entente.memorandum.rendering.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Memoranda with one hole each, which promise everything that can be promised. */
class PlantedHolesTest {
    private static final String RELEASE = """
              "3.9":
                release: company
                by: MX/UIF
                to: US/DEA
                for: drug-trafficking
                needs: {officers: 1}
                handling at least: H0
                keep: P1Y
            """;
    private static final String CONTRIBUTE = """
              "5.9":
                contribute: company
                between: [MX/FGR, US/DEA]
                for: drug-trafficking
                needs: {officers: 1}
                handling at least: H0
                keep: P1Y
            """;

    /**
     * One hole.
     *
     * @param text where, and what stands there instead
     */
    record Hole(String name, List<String> text, Set<Never> breaks) {
        static Hole of(String name, Never breaks, String... text) {
            return new Hole(name, List.of(text), EnumSet.of(breaks));
        }

        String in(String sound) {
            String holed = sound;
            for (int n = 0; n < text.size(); n += 2) {
                assertThat(holed).contains(text.get(n));
                holed = holed.replaceFirst(Pattern.quote(text.get(n)), Matcher.quoteReplacement(text.get(n + 1)));
            }
            return holed;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Hole> holes() {
        return Stream.concat(
                Stream.of(
                        new Hole(
                                "anything from anywhere",
                                List.of("only with a joint authorisation of the place", "freely"),
                                EnumSet.of(Never.NOTHING_FROM_ELSEWHERE, Never.NOBODY_ACTS_ELSEWHERE)),
                        Hole.of(
                                "a state's police in another state",
                                Never.NOBODY_ACTS_ELSEWHERE,
                                "joint authorisation of the place\n",
                                "joint authorisation of the place\n    own territory: of the party\n"),
                        Hole.of(
                                "a week after",
                                Never.NOTHING_NEW_WHILE_SUSPENDED,
                                "effect: at once",
                                "effect: within P7D"),
                        Hole.of(
                                "onward from one receiver to another",
                                Never.NO_FORWARD_WITHOUT_CONSENT,
                                "    to: US/DEA\n",
                                "    to: [US/DEA, GT/PNC]\n    onward to: GT/PNC\n"),
                        new Hole(
                                "use survives",
                                List.of("surviving: [confidentiality,", "surviving: [use, confidentiality,"),
                                EnumSet.of(Never.NOTHING_NEW_WHILE_SUSPENDED, Never.NOTHING_BY_TRYING_AGAIN)),
                        new Hole(
                                "answers survive",
                                List.of("surviving: [confidentiality,", "surviving: [answers, confidentiality,"),
                                EnumSet.of(Never.NOTHING_NEW_WHILE_SUSPENDED, Never.NOTHING_BY_TRYING_AGAIN)),
                        Hole.of(
                                "nobody signs a probe",
                                Never.NOTHING_UNACCOUNTED,
                                "needs: {case: yes, legal basis: yes, officers: 1}\n    at most",
                                "needs: {case: yes, legal basis: yes, officers: 0}\n    at most")),
                Stream.of("3.1", "5.2", "5.3", "3.9", "5.9").flatMap(PlantedHolesTest::inClause));
    }

    /** The same holes in one of several clauses, behind others that are sound. */
    private static Stream<Hole> inClause(String clause) {
        return Stream.of(
                added(clause, "onward", "freely", Never.NO_FORWARD_WITHOUT_CONSENT),
                added(clause, "onward to", "GT/PNC", Never.NO_FORWARD_WITHOUT_CONSENT),
                added(clause, "use as evidence", "freely", Never.NO_EVIDENCE_WITHOUT_CONSENT),
                added(clause, "legal hold", "in use", Never.NOTHING_KEPT_TOO_LONG),
                added(
                        clause,
                        "use against an immediate threat",
                        "for any purpose, told within PT24H",
                        Never.NO_UNNAMED_PURPOSE),
                added(clause, "needs", "{case: no, legal basis: no, officers: 0}", Never.NOTHING_UNACCOUNTED));
    }

    /** Adds a line to a clause, in place of what it says under that key. */
    private static Hole added(String clause, String key, String value, Never breaks) {
        String sound = clauseText(clause);
        String without = Arrays.stream(sound.split("\n"))
                .filter(line -> !line.startsWith("    " + key + ":"))
                .collect(Collectors.joining("\n", "", "\n"));
        return Hole.of(clause + ": " + key + ": " + value, breaks, sound, without + "    " + key + ": " + value + "\n");
    }

    private static String clauseText(String clause) {
        String text = sound();
        int begin = text.indexOf("  \"" + clause + "\":");
        int end = text.indexOf("\n  \"", begin + 1);
        return text.substring(begin, end + 1);
    }

    /** The example with a third party, without profiles, with two clauses more, promising everything. */
    private static String sound() {
        String promises = Arrays.stream(Never.values())
                .map(Word::word)
                .map(promise -> "  - " + promise + "\n")
                .collect(Collectors.joining());
        return Example.yaml()
                        .replaceFirst("(?s)extends:.*?\n\n", "")
                        .replaceFirst("(?s)never:.*", "")
                        .replace("\npurposes:", """

                                  GT:
                                    name: {en: Guatemala, es: Guatemala}
                                    territory: [GT]
                                    authorities:
                                      PNC: {kind: police}

                                purposes:""")
                        .replaceFirst("  \"4\\.1\":", RELEASE.indent(0) + "  \"4.1\":")
                        .replaceFirst("  \"6\\.1\":", CONTRIBUTE.indent(0) + "  \"6.1\":")
                        .replace(
                                "    only under: joint-group\n\nclauses",
                                "    only under: joint-group\n    sensitive: no\n\nclauses")
                + "never:\n"
                + promises;
    }

    @Test
    void withoutAHoleEveryPromiseHolds() throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(sound());
        assertThat(report(memorandum).breaches()).isEmpty();
        assertThat(memorandum.brokenPromises()).isEmpty();
    }

    @Test
    void thereAreThirtyHolesAndMore() {
        assertThat(holes()).hasSizeGreaterThanOrEqualTo(30);
    }

    @ParameterizedTest
    @MethodSource("holes")
    void theHoleIsFoundAndTold(Hole hole) throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(hole.in(sound()));
        Proof proof = Proof.of(memorandum);
        Proof.Report report = report(memorandum);
        assertThat(report.breaches().keySet()).as("%s", stories(proof, report)).isEqualTo(hole.breaks());
        assertThat(memorandum.brokenPromises()).as("what a signature waits for").isEqualTo(hole.breaks());
        report.breaches().forEach((promise, breach) -> {
            Counterexample counterexample = proof.tell(promise, breach);
            for (Language language : Language.values()) {
                assertThat(CounterexampleWords.story(counterexample, language))
                        .hasSizeGreaterThan(2)
                        .noneMatch(sentence -> sentence.contains("{"));
            }
        });
    }

    private static String stories(Proof proof, Proof.Report report) {
        return report.breaches().entrySet().stream()
                .map(found -> found.getKey() + ": "
                        + CounterexampleWords.story(proof.tell(found.getKey(), found.getValue()), Language.EN))
                .collect(Collectors.joining("\n"));
    }

    private static Proof.Report report(Memorandum memorandum) {
        Proof proof = Proof.of(memorandum);
        return Proof.report(proof.parts().stream()
                .map(act -> proof.run(act, EnumSet.allOf(Never.class)))
                .toList());
    }
}
