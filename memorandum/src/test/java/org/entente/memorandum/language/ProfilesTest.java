package org.entente.memorandum.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesTest {
    private static final String EXTENDS = "extends: {territorial: \"4\", egmont: \"3\", joint-team: \"9\"}\n\nparties:";

    private static String extended() {
        return Example.plain().replaceFirst("(?m)^parties:", Matcher.quoteReplacement(EXTENDS));
    }

    @Test
    void clausesAndWordsThatAreLeftOutComeFromTheProfiles() throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(extended());
        assertThat(memorandum.extension().profiles())
                .containsEntry("territorial", new ClauseNumber("4"))
                .containsEntry("egmont", new ClauseNumber("3"));
        assertThat(memorandum.clauses().get(new ClauseNumber("4.2")))
                .isEqualTo(new Terms.Challenge(Term.parse("P10D"), Words.Unanswered.QUARANTINED));
        for (var release : memorandum.clausesOf(Terms.Release.class)) {
            assertThat(release.terms().handover().onward().namedInRequest()).isEqualTo(Words.NamedInRequest.PRESUMED);
        }
        assertThat(memorandum.extension().widened()).isEmpty();
    }

    @Test
    void whatTheMemorandumSaysItselfStands() throws Malformed {
        Memorandum memorandum = Memorandum.parseYaml(extended());
        Terms.Answer answer =
                memorandum.clausesOf(Terms.Answer.class).getFirst().terms();
        assertThat(answer.acknowledge()).hasToString("P1D");
        String stricter = extended().replace("    on: request\n", "    use for another purpose: never\n");
        assertThat(Memorandum.parseYaml(stricter)
                        .clausesOf(Terms.Release.class)
                        .getFirst()
                        .terms()
                        .handover()
                        .use()
                        .otherPurpose())
                .isEqualTo(Words.Consent.NEVER);
    }

    @Test
    void theCanonicalFormIsReadWithoutTheProfilesAndWithThem() throws Malformed {
        String given = """
                profile: house
                title: {en: House, es: Casa}
                extends: territorial
                clauses:
                  "3": {sovereignty incident: any party, answer: within P5D, joint review: within P30D, consequence: suspension}
                where a clause says nothing:
                  release: {export: never}
                """;
        String yaml = Example.plain()
                .replaceFirst("(?m)^parties:", "extends: {house: \"4\"}\nparties:")
                .replaceFirst("    keep: P5Y", "    keep: P5Y\n    export: with consent\n    widens: yes");
        Memorandum memorandum = Memorandum.parseYaml(yaml, Map.of("house", given));
        assertThat(Memorandum.parseCanonical(memorandum.canonical())).isEqualTo(memorandum);
        String canonical = new String(memorandum.canonical(), StandardCharsets.UTF_8);
        assertThat(canonical).contains("\"extends\":{\"house\":\"4\"}").contains("\"widens\":[\"export\"]");
        assertThat(Memorandum.parseYaml(canonical, Map.of("house", given))).isEqualTo(memorandum);
        assertThat(memorandum.clauses()).containsKeys(new ClauseNumber("4.2"), new ClauseNumber("4.3"));
        assertThat(memorandum.extension().widened()).containsOnlyKeys(new ClauseNumber("3.1"));
        assertThat(code(canonical, Map.of())).isEqualTo("memorandum.language.unknown-profile");
    }

    /** Each row makes the extended text say more than a profile lets it; the key at fault is named, and may be owned up to. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "    obtained outside own territory: only with a joint authorisation of the place|    obtained outside own territory: freely|obtained outside own territory",
                "    acknowledge: within P1D|    acknowledge: within P8D|acknowledge",
                "    answer requests: within P60D|    answer requests: within P61D|answer requests",
                "    answer requests: within P60D|    answer requests: within 5 working days|answer requests",
                "    interim: within P30D|    interim: within 31 working days|interim",
                "    interim: within P30D|    interim: within P31D|interim",
                "    never refuse on: [fiscal-matter]|    never refuse on: [bank-secrecy]|never refuse on",
                "    use as evidence: with consent|    use as evidence: freely|use as evidence",
                "    onward: with consent|    onward: freely|onward",
                "    grading: required|    use for another purpose: freely|use for another purpose",
            })
    void sayingMoreThanAProfileIsRefusedUnlessOwnedUpTo(String text, String instead, String key) throws Malformed {
        String yaml = extended().replaceFirst(Pattern.quote(text), instead);
        Finding finding = Memorandum.check(yaml).findings().getFirst();
        assertThat(finding.problem().code()).isEqualTo("memorandum.language.wider-than-profile");
        assertThat(finding.problem().arguments()).contains(key);
        assertThat(yaml.lines().toList().get(finding.line() - 1)).contains(key);
        for (String owned : List.of("yes", key, "[" + key + "]")) {
            Memorandum widened = Memorandum.parseYaml(yaml.replace(instead, instead + "\n    widens: " + owned));
            assertThat(widened.extension().widened().values().iterator().next()).containsExactly(key);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "    acknowledge: within P1D|    acknowledge: within PT12H",
                "    interim: within P30D|    interim: within 30 working days",
                "    interim: within P30D|    interim: within 29 working days",
                "    onward: with consent|    onward: never",
                "    never refuse on: [fiscal-matter]|    never refuse on: [fiscal-matter, bank-secrecy]",
                "    grading: required|    onward to those named in the request: with consent",
            })
    void sayingLessNeedsNoWord(String text, String instead) throws Malformed {
        String yaml = extended().replaceFirst(Pattern.quote(text), instead);
        assertThat(Memorandum.parseYaml(yaml).extension().widened()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "egmont: \"3\"|egmond: \"3\"|memorandum.language.unknown-profile",
                "egmont: \"3\"|egmont: three|memorandum.yaml.bad-value",
                "egmont: \"3\"|egmont: \"1.2.3.4\"|memorandum.yaml.bad-value",
                "egmont: \"3\"|EGMONT: \"3\"|memorandum.yaml.bad-name",
                "egmont: \"3\"|egmont: \"8\"|memorandum.language.clause-twice",
                "egmont: \"3\"|egmont: \"2\"|memorandum.language.other-than-profile",
                "{territorial: \"4\", egmont: \"3\", joint-team: \"9\"}|{}|memorandum.yaml.empty-list",
                "{territorial: \"4\", egmont: \"3\", joint-team: \"9\"}|egmont|memorandum.yaml.entries-expected",
                "    on: request|    widens: no|memorandum.yaml.bad-value",
                "    on: request|    widens: [onwards]|memorandum.yaml.bad-value",
                "    on: request|    widens: yes|memorandum.language.widens-nothing",
            })
    void aWrongExtensionIsRefusedAndSaidWhere(String text, String instead, String code) {
        assertThat(extended()).contains(text);
        Finding finding =
                Memorandum.check(extended().replace(text, instead)).findings().getFirst();
        assertThat(finding.problem().code()).as(finding.toString()).isEqualTo(code);
    }

    @Test
    void aCircleAndABrokenProfileAreRefusedAtTheExtension() {
        Map<String, String> circle = Map.of(
                "a", "profile: a\ntitle: {en: A, es: A}\nextends: b\n",
                "b", "profile: b\ntitle: {en: B, es: B}\nextends: [territorial, a]\n",
                "c", "profile: c\ntitle: {en: C, es: C}\nextends: c\n",
                "d", "profile: e\ntitle: {en: D, es: D}\n",
                "f", "profile: f\ntitle: {en: F, es: F}\nwhere a clause says nothing: {release: {releese: x}}\n",
                "g", "profile: g\ntitle: {en: [1\n",
                "h", "profile: h\ntitle: {en: H, es: H}\nextends: {a: b}\n",
                "i", "profile: i\ntitle: {en: I, es: I}\nwhere a clause says nothing: {release: {widens: yes}}\n",
                "j", "profile: j\ntitle: {en: J, es: J}\nclauses: {\"1\": {announce: freely, widens: yes}}\n");
        for (String name : List.of("a", "b", "c")) {
            assertThat(code(extending(name), circle)).isEqualTo("memorandum.language.circular-extension");
        }
        for (String name : List.of("d", "f", "g", "h", "i", "j")) {
            assertThat(code(extending(name), circle)).isEqualTo("memorandum.language.profile-unreadable");
        }
        Finding finding = Memorandum.check(extending("a"), circle).findings().getFirst();
        assertThat(extending("a").lines().toList().get(finding.line() - 1)).contains("extends");
    }

    @Test
    void profilesThatDisagreeAreToldWhereAClauseIsSilent() throws Malformed {
        Map<String, String> two = Map.of(
                "a", "profile: a\ntitle: {en: A, es: A}\nwhere a clause says nothing: {release: {export: never}}\n",
                "b", "profile: b\ntitle: {en: B, es: B}\nwhere a clause says nothing: {release: {export: freely}}\n");
        String yaml = Example.plain().replaceFirst("(?m)^parties:", "extends: {a: \"8\", b: \"9\"}\nparties:");
        assertThat(code(yaml, two)).isEqualTo("memorandum.language.profiles-disagree");
        String said = yaml.replace("    on: request\n", "    on: request\n    export: never\n");
        assertThat(Memorandum.parseYaml(said, two).extension().widened()).isEmpty();
    }

    @Test
    void aClauseThatCannotBeComparedCountsAsMore() throws Malformed {
        Map<String, String> given =
                Map.of("a", "profile: a\ntitle: {en: A, es: A}\nclauses: {\"2\": {answer requests: within P1D}}\n");
        String yaml = Example.plain().replaceFirst("(?m)^parties:", "extends: {a: \"3\"}\nparties:");
        assertThat(code(yaml, given)).isEqualTo("memorandum.language.wider-than-profile");
        String owned = yaml.replace("    urgent: within PT8H", "    urgent: within PT8H\n    widens: yes");
        assertThat(Memorandum.parseYaml(owned, given).extension().widened()).containsOnlyKeys(new ClauseNumber("3.2"));
    }

    @Test
    void aNameOfTheHouseMeansOneThing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Memorandum.check(Example.plain(), Map.of("egmont", "profile: egmont")));
    }

    private static String extending(String name) {
        return Example.plain().replaceFirst("(?m)^parties:", "extends: {" + name + ": \"9\"}\nparties:");
    }

    private static String code(String yaml, Map<String, String> profiles) {
        return Memorandum.check(yaml, profiles).findings().getFirst().problem().code();
    }
}
