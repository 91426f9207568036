package org.entente.memorandum.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Decider;
import org.entente.memorandum.decision.Decision;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Party;
import org.entente.memorandum.officer.ActName;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectsTest {
    private static final Instant AT = Instant.parse("2026-06-01T12:00:00Z");
    private static final List<String> KINDS = List.of("financial-intelligence-unit", "police", "customs", "tax");

    @Test
    void theExampleIsReadInBothLanguages() {
        Effects effects = Effects.of(Example.memorandum());
        List<EffectsWords.Line> lines = EffectsWords.lines(effects, Language.EN);
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0).conditions()).contains("the legal advisers of both sides sign each time");
        assertThat(lines.get(2).sides().givers()).isEqualTo("MX/UIF; US/FINCEN");
        assertThat(lines.get(2).sides().receivers()).isEqualTo("MX/FGR, UIF; US/DEA, FINCEN");
        assertThat(lines.get(2).conditions())
                .contains("handling at least: H1")
                .contains("kept at most: 5 years")
                .contains("use as evidence: only with the consent of who obtained it");
        assertThat(lines.get(3).conditions())
                .contains("sensitive: two officers approve in any case")
                .contains("only in the joint group of clause 5.1, from 2025-09-04 to 2028-09-03");
        assertThat(EffectsWords.lines(effects, Language.ES).get(2).conditions())
                .contains("manejo de al menos: H1")
                .contains("se conserva a lo sumo: 5 años");
        assertThat(EffectsWords.always(Example.memorandum(), Language.EN)).anyMatch(note -> note.contains("4.1"));
    }

    @Test
    void sixtyAuthoritiesWithEqualTermsStandOnOneRowForEachCondition() throws Malformed {
        StringBuilder clauses = new StringBuilder();
        List<String> all = new ArrayList<>();
        for (String party : List.of("MX", "US", "CA", "GT", "BZ")) {
            IntStream.range(0, 12).forEach(number -> all.add(party + "/A" + number));
        }
        for (int clause = 0; clause < all.size(); clause++) {
            clauses.append(release("3." + (clause + 1), List.of(all.get(clause)), all, "P5Y"));
        }
        Effects effects = Effects.of(Memorandum.parseYaml(text(all, clauses.toString())));
        assertThat(effects.rows())
                .hasSize(5)
                .filteredOn(row -> !row.condition().underJointGroup())
                .hasSize(2)
                .allMatch(row -> row.givers().size() == 60
                        && row.receivers().size() == 60
                        && row.clauses().size() == 60);
        assertThat(effects.groups()).hasSize(8);
        assertThat(EffectsWords.lines(effects, Language.EN))
                .anyMatch(line ->
                        line.sides().givers().equals("BZ/ all 12; CA/ all 12; GT/ all 12; MX/ all 12; US/ all 12"));
        for (Effects.Group group : effects.groups()) {
            assertThat(effects.between(group, group)).isEmpty();
        }
    }

    /** The engine is the oracle: a row stands exactly where it permits the act with everything given that a clause may ask for. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void rowsSayWhatTheDeciderPermits(long seed) throws Malformed {
        Random random = new Random(seed);
        Memorandum memorandum = Memorandum.parseYaml(random(random));
        Standing standing = new Standing.InForce(memorandum, Instant.parse("2026-01-01T00:00:00Z"));
        Effects effects = Effects.of(memorandum);
        int permitted = 0;
        List<AuthorityCode> authorities = authorities(memorandum);
        for (AuthorityCode giver : authorities) {
            for (AuthorityCode receiver : authorities) {
                for (Category category : memorandum.categories().keySet()) {
                    for (Purpose purpose : memorandum.purposes().keySet()) {
                        Circumstances facts = new Circumstances(receiver, giver, purpose, category, AT);
                        boolean request = permits(standing, new Act.Request(facts, grounds(receiver)));
                        boolean probe = permits(
                                standing, new Act.Probe(facts, grounds(receiver), new Act.Charge(1, 0), 1_000_000));
                        String where = "seed %d: %s".formatted(seed, facts);
                        assertThat(shown(effects, ActName.RELEASE, facts))
                                .as(where)
                                .isEqualTo(request);
                        assertThat(shown(effects, ActName.PROBE, facts))
                                .as(where)
                                .isEqualTo(probe);
                        permitted += request || probe ? 1 : 0;
                    }
                }
            }
        }
        assertThat(permitted).as("seed %d", seed).isPositive();
    }

    private static boolean shown(Effects effects, ActName act, Circumstances facts) {
        return effects.rows().stream()
                .filter(row -> row.act() == act)
                .filter(row -> row.matter().categories().contains(facts.category()))
                .filter(row -> row.matter().purposes().contains(facts.purpose()))
                .anyMatch(row -> row.lets(facts.counterpart(), facts.by()));
    }

    private static boolean permits(Standing standing, Act act) {
        return Decider.decide(standing, act) instanceof Decision.Permitted;
    }

    private static Grounds grounds(AuthorityCode by) {
        TreeSet<Approver> approvers = IntStream.range(0, 9)
                .mapToObj(number -> new Approver(by, "officer-" + number, Role.ANALYST))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Grounds(Optional.of("case"), Optional.of("law"), approvers, new TreeSet<>(Party.ORDER));
    }

    private static List<AuthorityCode> authorities(Memorandum memorandum) {
        return memorandum.parties().values().stream()
                .flatMap(party -> party.authorities().keySet().stream())
                .toList();
    }

    private static String random(Random random) {
        List<String> all = new ArrayList<>();
        for (String party : List.of("MX", "US", "CA")) {
            IntStream.range(0, 3).forEach(number -> all.add(party + "/A" + number));
        }
        StringBuilder clauses = new StringBuilder();
        for (int clause = 1; clause <= 6; clause++) {
            clauses.append(
                    release("3." + clause, some(random, all), some(random, all), "P" + random.nextInt(1, 3) + "Y"));
            clauses.append(probe("2." + clause, some(random, all), some(random, all)));
        }
        return text(all, clauses.toString());
    }

    /** At least two, of at least two parties. */
    private static List<String> some(Random random, List<String> all) {
        List<String> some =
                new ArrayList<>(all.stream().filter(_ -> random.nextInt(3) == 0).toList());
        for (String one : List.of("MX/A" + random.nextInt(3), "US/A" + random.nextInt(3))) {
            if (!some.contains(one)) {
                some.add(one);
            }
        }
        return some;
    }

    private static String release(String number, List<String> by, List<String> to, String keep) {
        return """
                  "%s":
                    release: [listing, report, arms]
                    by: [%s]
                    to: [%s]
                    for: any purpose
                    handling at least: H1
                    keep: %s
                """.formatted(number, String.join(", ", by), String.join(", ", to), keep);
    }

    private static String probe(String number, List<String> by, List<String> of) {
        return """
                  "%s":
                    probe: [listing]
                    by: [%s]
                    of: [%s]
                    for: any purpose
                    mode: shared-index
                    index of at least: 50 identifiers
                    at most: 100 identifiers each P1M
                    tell the other side of a hit: within P3D
                """.formatted(number, String.join(", ", by), String.join(", ", of));
    }

    private static String text(List<String> authorities, String clauses) {
        StringBuilder parties = new StringBuilder();
        String last = "";
        for (String authority : authorities) {
            String party = authority.substring(0, 2);
            if (!party.equals(last)) {
                parties.append("  %s:\n    name: {en: Party %s, es: Parte %s}\n    territory: [%s]\n    authorities:\n"
                        .formatted(party, party, party, party));
            }
            last = party;
            int number = Integer.parseInt(authority.substring(4));
            parties.append(
                    "      A%d: {kind: %s}\n".formatted(number, KINDS.get(authorities.size() > 20 ? 0 : number)));
        }
        return """
                memorandum: TEST/2026-01
                version: 1
                title: {en: A test, es: Una prueba}
                languages: {authentic: [en, es]}
                parties:
                %spurposes:
                  drugs: {name: {en: drugs, es: drogas}}
                  arms-trafficking: {name: {en: arms, es: armas}, only under: joint-group}
                categories:
                  listing: {name: {en: listings, es: registros}, sensitive: no}
                  report: {name: {en: reports, es: reportes}, secrecy: suspicious-report}
                  arms: {name: {en: firearms, es: armas}, only between: [police, financial-intelligence-unit], only under: joint-group}
                clauses:
                  "1.1": {legal nature: non-binding understanding, signing is consent to be bound: no}
                  "1.2": {not named here: refused}
                  "4.1": {obtained outside own territory: only with a joint authorisation of the place}
                  "5.1":
                    joint-group: [MX/A0, MX/A1, US/A0, US/A1, CA/A1]
                    leaders: [MX/A0]
                    adds purposes: arms-trafficking
                    adds categories: arms
                    from: 2026-01-01
                    until: 2026-12-31
                  "7.1":
                    suspend: any party
                    effect: at once
                    resume: every party
                    surviving: [confidentiality]
                %s""".formatted(parties, clauses);
    }
}
