package org.entente.memorandum.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.memorandum.decision.Story.parsed;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever prohibition is added to a memorandum, it adds no permit, and no consent that would make one. */
class ProhibitionsTest {
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;
    private static final int ACTS = 20_000 * DEPTH;
    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private static final List<Act> DRAWN = drawn();
    private static final List<PlainModel.Answer> BEFORE = answers(read(Loose.text()), DRAWN);

    /** What stands somewhere, and what stands there instead; then what is made strict before, where the one alone could change nothing. */
    private static final String ROWS = """
            territory: freely, own territory: of the party | territory: only with a joint authorisation of the place, own territory: of the party
            territory: freely, own territory: of the party | territory: only with a joint authorisation of the place
            effect: within P7D | effect: at once
            retention, use, answers] | retention, answers]
            retention, use, answers] | retention, use]
            retention, use, answers] | use, answers]
            from: 2026-01-01 | from: 2026-11-23
            until: 2027-12-31 | until: 2026-11-21
            announce: freely | announce: with the countersignature of every party named
            force: 2026-01-01 | force: 2026-11-23
            ends: 2028-12-31 | ends: 2026-11-21
            SSP-SIN: {kind: police, territory: [MX-SIN]} | SSP-SIN: {kind: police, territory: [MX-SON]} | territory: freely, own territory: of the party | territory: only with a joint authorisation of the place
            only between: [financial-intelligence-unit, police, prosecutor] | only between: [financial-intelligence-unit, police]
            only between: [financial-intelligence-unit, police, prosecutor] | only between: financial-intelligence-unit
            person: {name: {en: Persons, es: Personas}, sensitive: no | person: {name: {en: Persons, es: Personas}, sensitive: yes
            firearm: {name: {en: Firearms, es: Armas de fuego}, only under: joint-group, sensitive: no} | firearm: {name: {en: Firearms, es: Armas de fuego}, only under: joint-group}
            for: any purpose | for: money
            for: [arms, drugs] | for: arms
            between: [MX/UIF, US/FINCEN, GT/IVE] | between: [MX/UIF, US/FINCEN]
            watch: {each: P1D | watch: {each: P2D
            for at most: P90D | for at most: P30D
            at most: 2048 identifiers | at most: 1024 identifiers
            2048 identifiers each P1M | 2048 identifiers each P1Y
            onward to: [MX/ANAM, US/CBP] | onward to: US/CBP | onward: freely | onward: never
            named in the request: presumed | named in the request: with consent | onward: freely | onward: never
            index of at least: 10 identifiers | index of at least: 11 identifiers
            cleared entries: included with their status | cleared entries: not indexed
            needs: {case: no | needs: {case: yes
            legal basis: no | legal basis: yes
            officers: 0 | officers: 1
            officers: 0 | officers: 3
            on: request or own initiative | on: request
            handling at least: H0 | handling at least: H1
            handling at least: H0 | handling at least: H3
            grading: optional | grading: required
            use as evidence: freely | use as evidence: with consent
            use as evidence: freely | use as evidence: never
            use for another purpose: freely | use for another purpose: with consent
            use for another purpose: freely | use for another purpose: never
            use against an immediate threat: for any purpose | use against an immediate threat: for a named purpose
            use against an immediate threat: for any purpose, told within PT24H | use against an immediate threat: never
            onward: freely | onward: with consent
            onward: freely | onward: never
            export: freely | export: with consent
            export: freely | export: never
            keep: P5Y | keep: P1Y
            keep: P3Y | keep: PT8H
            legal hold: in use | legal hold: restricted
            legal hold: in use | legal hold: never
            legal hold: restricted | legal hold: never
            for: [drugs, money] | for: drugs
            of: [MX/UIF, US/FINCEN, GT/IVE] | of: US/FINCEN
            by: [MX/UIF, MX/FGR, US/FINCEN, US/DEA] | by: [MX/UIF, US/FINCEN]
            to: [MX/UIF, MX/FGR, US/FINCEN, US/DEA, GT/PNC] | to: [MX/FGR, US/DEA]
            [entry, company] | company
            [entry, company, account, person] | [entry, person]
            [firearm, person] | firearm
            between: [MX/FGR, US/DEA, GT/PNC] | between: [MX/FGR, US/DEA]
            """;

    static List<Stricter> prohibitions() {
        List<Stricter> all = new ArrayList<>();
        for (String row : ROWS.lines().toList()) {
            String[] parts = row.split(" \\| ", -1);
            all.add(
                    parts.length == 2
                            ? new Stricter(parts[0], parts[1])
                            : new Stricter(parts[0], parts[1], parts[2], parts[3]));
        }
        all.add(new Stricter("    watch: {each: P1D, for at most: P90D}\n", ""));
        for (String number : List.of("1.6", "1.8", "2.1", "2.2", "3.1", "3.2", "4.1")) {
            all.add(Stricter.without(number));
        }
        return all;
    }

    /**
     * One prohibition more.
     *
     * @param text what stands there, wherever it does, and instead of what
     */
    record Stricter(String text, String instead, String looseOtherwise, String strictOtherwise) {
        Stricter(String text, String instead) {
            this(text, instead, "", "");
        }

        static Stricter without(String number) {
            String text = Loose.text();
            int begin = text.indexOf("  \"" + number + "\":");
            int end = text.indexOf("\n  \"", begin + 1) + 1;
            return new Stricter(text.substring(begin, end == 0 ? text.length() : end), "");
        }

        /** With the other places strict already, where the one alone could change nothing. */
        String before() {
            return looseOtherwise.isEmpty() ? Loose.text() : Loose.text().replace(looseOtherwise, strictOtherwise);
        }

        String after() {
            assertThat(before()).contains(text);
            return before().replace(text, instead);
        }

        @Override
        public String toString() {
            return Pattern.compile("\\s+").matcher(text).replaceAll(" ") + " → " + instead;
        }
    }

    @ParameterizedTest
    @MethodSource("prohibitions")
    void aProhibitionAddsNoPermitAndTakesOne(Stricter stricter) {
        Memorandum after = read(stricter.after());
        List<PlainModel.Answer> before =
                stricter.before().equals(Loose.text()) ? BEFORE : answers(read(stricter.before()), DRAWN);
        int taken = 0;
        List<PlainModel.Answer> now = answers(after, DRAWN);
        for (int n = 0; n < DRAWN.size(); n++) {
            if (now.get(n).compareTo(before.get(n)) > 0) {
                assertThat(now.get(n)).as("act %d: %s", n, DRAWN.get(n)).isEqualTo(before.get(n));
            }
            taken += now.get(n).compareTo(before.get(n)) < 0 ? 1 : 0;
        }
        assertThat(taken).as("acts that the prohibition forbids").isPositive();
    }

    @Test
    void everyKindOfActIsPermittedBefore() {
        Map<ActName, Set<PlainModel.Answer>> met = new EnumMap<>(ActName.class);
        for (int n = 0; n < DRAWN.size(); n++) {
            met.computeIfAbsent(DRAWN.get(n).name(), _ -> EnumSet.noneOf(PlainModel.Answer.class))
                    .add(BEFORE.get(n));
        }
        assertThat(met.values())
                .hasSize(ActName.values().length)
                .allMatch(answers -> answers.contains(PlainModel.Answer.PERMITTED));
    }

    private static List<Act> drawn() {
        DrawnActs acts = new DrawnActs(read(Loose.text()), 6);
        List<Act> drawn = new ArrayList<>();
        for (int n = 0; n < ACTS; n++) {
            drawn.add(acts.next());
        }
        return drawn;
    }

    /** In force, and suspended three days before. */
    private static List<PlainModel.Answer> answers(Memorandum memorandum, List<Act> acts) {
        Decider inForce = Decider.under(List.of(new Standing.InForce(memorandum, SINCE)));
        Decider suspended = Decider.under(List.of(new Standing.Suspended(
                memorandum, Story.authority("MX/UIF").party(), Story.AT.minusSeconds(259_200), new TreeSet<>())));
        List<PlainModel.Answer> answers = new ArrayList<>();
        for (int n = 0; n < acts.size(); n++) {
            answers.add(PlainModel.Answer.of((n % 5 == 0 ? suspended : inForce).decide(acts.get(n))));
        }
        return answers;
    }

    private static Memorandum read(String text) {
        return parsed(() -> Memorandum.parseYaml(text));
    }
}
