package org.entente.memorandum.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Property;
import org.entente.memorandum.rendering.CounterexampleWords;
import org.entente.memorandum.rendering.Language;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Properties that somebody wrote, of the example. */
class OwnPropertyTest {
    private final Memorandum memorandum = Example.memorandum();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acts: [release]; by: [MX/SAT]                                     | -                                   | holds
            acts: [release]; by: [MX]                                         | -                                   | broken
            acts: [release]; with kind: [tax, customs]                        | -                                   | holds
            acts: [release, disseminate]; with kind: [police]                 | case: yes; legal basis: yes         | holds
            acts: [release, disseminate]; with kind: [police]                 | officers: 2                         | broken
            acts: [release]; for: [arms-trafficking]                          | officers: 2                         | holds
            acts: [release]; for: [arms-trafficking]                          | officers: 3                         | broken
            acts: [release]; obtained in: [MX-JAL]                            | -                                   | broken
            acts: [release]; obtained by: [MX/SSP-SIN]; obtained in: [MX-JAL] | -                                   | holds
            acts: [release]; obtained by: [US/DEA]; obtained in: [MX] | - | broken
            acts: [release]; obtained by: [US/DEA]; obtained in: [MX] | joint authorisation of the place: yes | holds
            acts: [forward]; forwarded to kind: [sanctions] | consent of the originator: yes | broken
            acts: [forward]; category: [firearm]; forwarded to kind: [sanctions]                   | consent of the originator: yes      | holds
            acts: [forward]; forwarded to: [US/OFAC]                          | -                                   | broken
            used as: [evidence]                                               | consent of the originator: yes      | holds
            used as: [immediate-threat]; by: [MX/SAT]              | -                                   | holds
            used as: [immediate-threat]; for: [arms-trafficking]              | -                                   | broken
            while: [suspended]                                                | -                                   | broken
            acts: [probe, request, release, use, forward]; while: [suspended, withdrawn] | -                        | holds
            acts: [index]; person: [witness, minor, victim]                   | -                                   | holds
            acts: [index]; person: [contact]                                  | -                                   | broken
            acts: [release]; marked at least: H3                              | -                                   | broken
            acts: [announce]                                                  | consent of the originator: yes      | broken
            """)
    void holdsOrNot(String never, String unless, String expected) throws Malformed {
        assertThat(broken(yaml(never, unless))).hasSize(expected.equals("broken") ? 1 : 0);
    }

    @Test
    void theCounterexampleIsToldInTheWordsOfWhoeverAsked() throws Malformed {
        Proof proof = Proof.of(memorandum, properties(yaml("acts: [release]; obtained in: [MX-JAL]", "-")));
        Property property =
                properties(yaml("acts: [release]; obtained in: [MX-JAL]", "-")).getFirst();
        Proof.Report report = report(proof, List.of(property));
        Counterexample story = proof.tell(property, report.breach(property).orElseThrow());
        assertThat(CounterexampleWords.promise(property, Language.EN)).isEqualTo("Nothing like this");
        assertThat(CounterexampleWords.promise(property, Language.ES)).isEqualTo("Nada semejante");
        assertThat(String.join(" ", CounterexampleWords.story(story, Language.EN)))
                .contains("MX-JAL", "permits it");
    }

    @Test
    void whatAPropertyTellsApartIsToldApart() throws Malformed {
        // To the memorandum these two are one class; to who asks they are not.
        String twins = Example.yaml()
                .replace("ANAM:    {kind: customs}", "ANAM:    {kind: customs}\n      ANAMB:   {kind: customs}");
        Memorandum memorandum = Memorandum.parseYaml(twins);
        int before = Proof.of(memorandum).sizes().authorities();
        List<Property> properties = Property.parse(yaml("by: [MX/ANAM]", "-"), memorandum);
        assertThat(Proof.of(memorandum, properties).sizes().authorities()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            acts: [telephone]           | -             | memorandum.yaml.unknown-word
            by: [MX/UIV]                | -             | memorandum.language.unknown-name
            by: [FR]                    | -             | memorandum.language.unknown-name
            for: [migration]            | -             | memorandum.language.unknown-name
            obtained in: [XX]           | -             | memorandum.yaml.bad-value
            marked at least: H9         | -             | memorandum.yaml.bad-value
            whilst: [suspended]         | -             | memorandum.yaml.unknown-key
            acts: [release]             | officers: 10  | memorandum.yaml.bad-value
            acts: [release]             | officer: 2    | memorandum.yaml.unknown-key
            """)
    void badInputIsNamedWithItsLine(String never, String unless, String code) {
        assertThatThrownBy(() -> properties(yaml(never, unless))).isInstanceOfSatisfying(Malformed.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(code);
            assertThat(refused.problem().arguments().getFirst()).matches("[0-9]+");
        });
    }

    private List<Property> broken(String yaml) throws Malformed {
        List<Property> properties = properties(yaml);
        Proof.Report report = report(Proof.of(memorandum, properties), properties);
        return properties.stream()
                .filter(property -> report.breach(property).isPresent())
                .toList();
    }

    private static Proof.Report report(Proof proof, List<Property> properties) {
        return Proof.report(
                proof.parts().stream().map(act -> proof.run(act, properties)).collect(Collectors.toList()));
    }

    private List<Property> properties(String yaml) throws Malformed {
        return Property.parse(yaml, memorandum);
    }

    private static String yaml(String never, String unless) {
        return "properties:\n  like-this:\n    in words: {en: Nothing like this, es: Nada semejante}\n    never:\n"
                + lines(never)
                + (unless.equals("-") ? "" : "    unless:\n" + lines(unless));
    }

    private static String lines(String keys) {
        return keys.lines()
                .flatMap(line -> List.of(line.split(";")).stream())
                .map(key -> "      " + key.strip() + "\n")
                .collect(Collectors.joining());
    }
}
