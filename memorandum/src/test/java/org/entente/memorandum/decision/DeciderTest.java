package org.entente.memorandum.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.entente.memorandum.decision.Story.IN_FORCE;
import static org.entente.memorandum.decision.Story.authority;
import static org.entente.memorandum.decision.Story.circumstances;
import static org.entente.memorandum.decision.Story.envelope;
import static org.entente.memorandum.decision.Story.grounds;
import static org.entente.memorandum.decision.Story.index;
import static org.entente.memorandum.decision.Story.marking;
import static org.entente.memorandum.decision.Story.officer;
import static org.entente.memorandum.decision.Story.probe;
import static org.entente.memorandum.decision.Story.provenance;
import static org.entente.memorandum.decision.Story.reconcile;
import static org.entente.memorandum.decision.Story.release;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.ListStatus;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

class DeciderTest {
    private static final Envelope OWN = envelope("public-list-entry", provenance("US/OFAC", "US"));

    @Test
    void theStoryIsPermittedWithTheClausesThatPermitIt() {
        permitted(index(OWN), "2.1");
        permitted(reconcile(officer("MX/UIF", Role.LEGAL), officer("US/FINCEN", Role.LEGAL)), "2.1");
        permitted(probe("drug-trafficking", 64, 1984), "2.2");
        permitted(
                new Act.Request(
                        circumstances("MX/UIF", "US/FINCEN", "money-laundering", "public-list-entry"),
                        grounds(officer("MX/UIF", Role.ANALYST))),
                "3.1");
        permitted(release(OWN), "3.1");
    }

    @Test
    void aPurposeThatIsNotNamedIsRefusedByTheClosingClause() {
        refused(probe("migration-enforcement", 64, 0), "1.2", "memorandum.decision.purpose-not-named");
    }

    @Test
    void anItemObtainedElsewhereIsRefusedByTheTerritorialClause() {
        refused(release(envelope("company", provenance("US/DEA", "MX-SIN"))), "4.1", "memorandum.decision.territory");
        refused(release(envelope("company", provenance("US/DEA", "GT"))), "4.1", "memorandum.decision.territory");
        refused(
                release(envelope("company", provenance("US/DEA", "online"))),
                "4.1",
                "memorandum.decision.place-unknown");
        refused(
                index(envelope("company", provenance("US/DEA", "several"))),
                "4.1",
                "memorandum.decision.place-unknown");
        refused(
                release(envelope("company", provenance("US/FBI", "US"))),
                "4.1",
                "memorandum.decision.obtainer-not-named");
    }

    @Test
    void anAuthorityOfAStateHasThatStateOnly() {
        Circumstances out = circumstances("MX/UIF", "US/FINCEN", "drug-trafficking", "company");
        Grounds grounds = grounds(officer("MX/UIF", Role.LIAISON));
        permitted(
                new Act.Release(out, grounds, Item.of(envelope("company", provenance("MX/SSP-SIN", "MX-SIN")))), "3.1");
        for (String place : List.of("MX-SON", "MX")) {
            refused(
                    new Act.Release(out, grounds, Item.of(envelope("company", provenance("MX/SSP-SIN", place)))),
                    "4.1",
                    "memorandum.decision.territory");
        }
    }

    @Test
    void theQuotaCountsPaddingAndWhatWasChargedBefore() {
        refused(probe("drug-trafficking", 64, 1985), "2.2", "memorandum.decision.quota");
        refused(probe("drug-trafficking", 1, Act.COUNT_MAX), "2.2", "memorandum.decision.quota");
        refused(probe("drug-trafficking", Act.COUNT_MAX, 0), "2.2", "memorandum.decision.quota");
    }

    @Test
    void aQuotaCountsWithinItsOwnTermAndTheLongestWhenThatIsNotSaid() throws Exception {
        Act.Probe plain = probe("drug-trafficking", 64, 0);
        SortedMap<String, Long> within = new TreeMap<>(Map.of("P1M", 1_984L, "P1D", 64L));
        Act.Probe left = new Act.Probe(
                plain.circumstances(), plain.grounds(), new Act.Charge(64, 9_000, within), plain.indexIdentifiers());
        assertThat(Decider.decide(IN_FORCE, left)).isInstanceOf(Decision.Permitted.class);
        assertThat(Act.fromJson(left.toJson(), List.of())).isEqualTo(left);
        Instant at = plain.circumstances().at();
        Act.Watch round = new Act.Watch(
                left.circumstances(),
                left.grounds(),
                left.charge(),
                left.indexIdentifiers(),
                new Rounds(at, at.plus(Duration.ofDays(30)), new Term(Period.ofDays(1))));
        assertThat(Decider.decide(IN_FORCE, round)).isInstanceOf(Decision.Permitted.class);
        assertThat(Act.fromJson(round.toJson(), List.of())).isEqualTo(round);
        within.put("P1M", 1_985L);
        refused(
                new Act.Probe(
                        plain.circumstances(),
                        plain.grounds(),
                        new Act.Charge(64, 9_000, within),
                        plain.indexIdentifiers()),
                "2.2",
                "memorandum.decision.quota");
        within.remove("P1M");
        refused(
                new Act.Probe(
                        plain.circumstances(),
                        plain.grounds(),
                        new Act.Charge(64, 9_000, within),
                        plain.indexIdentifiers()),
                "2.2",
                "memorandum.decision.quota");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Act.Charge(64, 10, new TreeMap<>(Map.of("P1D", 11L))));
    }

    @Test
    void bothLegalAdvisersSignAReconciliation() {
        refused(reconcile(officer("MX/UIF", Role.LEGAL)), "2.1", "memorandum.decision.needs-legal-adviser");
        refused(
                reconcile(officer("MX/UIF", Role.LEGAL), officer("US/FINCEN", Role.LIAISON)),
                "2.1",
                "memorandum.decision.needs-legal-adviser");
    }

    @Test
    void whatTheClauseNeedsIsMissed() {
        Circumstances ask = circumstances("MX/UIF", "US/FINCEN", "drug-trafficking", "company");
        Approver analyst = officer("MX/UIF", Role.ANALYST);
        Act.Charge charge = new Act.Charge(64, 0);
        refused(new Act.Probe(ask, Grounds.approvedBy(analyst), charge, 500), "2.2", "memorandum.decision.needs-case");
        refused(new Act.Probe(ask, grounds(), charge, 500), "2.2", "memorandum.decision.needs-officers");
        refused(
                new Act.Probe(ask, grounds(officer("MX/UIF", Role.OVERSIGHT)), charge, 500),
                "2.2",
                "memorandum.decision.needs-officers");
        refused(
                new Act.Probe(ask, grounds(officer("US/FINCEN", Role.ANALYST)), charge, 500),
                "2.2",
                "memorandum.decision.needs-officers");
        refused(new Act.Probe(ask, grounds(analyst), charge, 49), "2.2", "memorandum.decision.index-too-small");
    }

    @Test
    void protectedPeopleAreNeverIndexedAndClearedEntriesOnlyWhereTheClauseSaysSo() throws Malformed {
        for (PersonCategory person : PersonCategory.values()) {
            Envelope item = marked(OWN, marking(person, Handling.Code.H1));
            if (person.mayBeIndexed()) {
                permitted(index(item), "2.1");
            } else {
                refused(index(item), "1.2", "memorandum.decision.person-not-indexed");
            }
        }
        Envelope cleared =
                OWN.withListStatus(ListStatus.of("Sentencia Favorable", LocalDate.parse("2023-07-01"), true));
        permitted(index(cleared), "2.1");
        Memorandum strict =
                Memorandum.parseYaml(Example.yaml().replace("    cleared entries: included with their status\n", ""));
        Decision decision = Decider.decide(new Standing.InForce(strict, Instant.EPOCH), index(cleared));
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Decision.Refused.class,
                        refused -> assertThat(refused.problem().code())
                                .isEqualTo("memorandum.decision.cleared-not-indexed"));
    }

    @Test
    void aReleaseIsHeldToHandlingGradingRetentionSecrecyAndItsOwnPurposes() {
        refused(
                release(marked(OWN, marking(PersonCategory.LISTED, Handling.Code.H0))),
                "3.1",
                "memorandum.decision.handling");
        Marking ungraded =
                new Marking(Optional.empty(), OWN.marking().handling(), SecrecyRegime.NONE, PersonCategory.LISTED);
        refused(release(marked(OWN, ungraded)), "3.1", "memorandum.decision.not-graded");
        Marking secret = new Marking(
                OWN.marking().grading(), OWN.marking().handling(), SecrecyRegime.TAX, PersonCategory.LISTED);
        refused(release(marked(OWN, secret)), "3.1", "memorandum.decision.secrecy");
        refused(
                release(Envelope.of(
                        OWN.category(), OWN.purposes(), OWN.provenance(), OWN.marking(), Period.parse("P5Y1D"))),
                "3.1",
                "memorandum.decision.retention");
        refused(
                release(Envelope.of(
                        OWN.category(),
                        List.of(new Purpose("drug-trafficking")),
                        OWN.provenance(),
                        OWN.marking(),
                        OWN.retention())),
                "1.2",
                "memorandum.decision.purpose-not-served");
        Act.Release asked = release(OWN);
        refused(
                new Act.Disseminate(asked.circumstances(), asked.grounds(), asked.item()),
                "3.1",
                "memorandum.decision.not-requested");
        refused(
                new Act.Release(
                        circumstances("US/FINCEN", "MX/UIF", "money-laundering", "company"),
                        asked.grounds(),
                        asked.item()),
                "3.1",
                "memorandum.decision.other-category");
    }

    @Test
    void theOriginatorIsAskedBeforeItsItemIsPassedOn() {
        Act.Release act = release(marked(OWN, marking(PersonCategory.LISTED, Handling.Code.H2)));
        assertThat(Decider.decide(IN_FORCE, act))
                .isInstanceOfSatisfying(
                        Decision.ConsentNeeded.class,
                        consent -> assertThat(consent.from()).containsExactly(authority("US/OFAC")));
        permitted(
                new Act.Release(
                        act.circumstances(), act.grounds().withConsents(List.of(authority("US/OFAC"))), act.item()),
                "3.1");
        Act.Release received = release(envelope("company", provenance("MX/UIF", "MX")));
        assertThat(Decider.decide(IN_FORCE, received)).isInstanceOf(Decision.ConsentNeeded.class);
    }

    @Test
    void theJointGroupsTermsHoldBetweenItsMembersAndInItsTerm() {
        Grounds two = grounds(
                new Approver(authority("US/ATF"), "liaison-1", Role.LIAISON),
                new Approver(authority("US/ATF"), "liaison-2", Role.LIAISON));
        Envelope firearm = Envelope.of(
                new Category("firearm"),
                List.of(new Purpose("arms-trafficking")),
                provenance("US/ATF", "US-AZ"),
                marking(PersonCategory.NOT_A_PERSON, Handling.Code.H1),
                Period.ofYears(3));
        Circumstances within = circumstances("US/ATF", "MX/FGR", "arms-trafficking", "firearm");
        permitted(new Act.Release(within, two, Item.of(firearm)), "5.2");
        refused(
                new Act.Release(within, grounds(officer("US/ATF", Role.LIAISON)), Item.of(firearm)),
                "5.2",
                "memorandum.decision.needs-officers");
        refused(
                new Act.Release(
                        circumstances("US/ATF", "MX/ANAM", "arms-trafficking", "firearm"), two, Item.of(firearm)),
                "5.1",
                "memorandum.decision.not-in-joint-group");
        for (String outside : List.of("2025-09-03T23:59:59Z", "2028-09-04T00:00:00Z")) {
            Circumstances late = new Circumstances(
                    within.by(), within.counterpart(), within.purpose(), within.category(), Instant.parse(outside));
            Standing since2020 = new Standing.InForce(Example.memorandum(), Instant.parse("2020-01-01T00:00:00Z"));
            assertThat(Decider.decide(since2020, new Act.Release(late, two, Item.of(firearm))))
                    .isInstanceOfSatisfying(
                            Decision.Refused.class,
                            refused -> assertThat(refused.problem().code())
                                    .isEqualTo("memorandum.decision.joint-group-term"));
        }
        refused(probe("arms-trafficking", 64, 0), "1.2", "memorandum.decision.act-not-named");
    }

    @Test
    void onlyAMemorandumInForcePermits() {
        Memorandum memorandum = Example.memorandum();
        Instant before = Story.AT.minus(Duration.ofDays(1));
        var mx = authority("MX/UIF").party();
        refused(new Standing.Draft(memorandum), release(OWN), "1.1", "memorandum.decision.not-in-force");
        refused(
                new Standing.Signed(memorandum, new TreeMap<>()),
                release(OWN),
                "1.1",
                "memorandum.decision.not-in-force");
        refused(
                new Standing.InForce(memorandum, Story.AT.plusSeconds(1)),
                release(OWN),
                "1.1",
                "memorandum.decision.not-in-force");
        refused(
                new Standing.Suspended(memorandum, mx, before, new TreeSet<>()),
                release(OWN),
                "7.1",
                "memorandum.decision.suspended");
        refused(
                new Standing.Withdrawn(memorandum, mx, before, Story.AT),
                release(OWN),
                "7.2",
                "memorandum.decision.withdrawn");
        assertThat(Decider.decide(
                        new Standing.Withdrawn(memorandum, mx, before, Story.AT.plusSeconds(1)), release(OWN)))
                .isInstanceOf(Decision.Permitted.class);
    }

    @Test
    void ofSeveralMemorandaTheMostProtectiveWins() throws Malformed {
        Standing stricter = new Standing.InForce(
                Memorandum.parseYaml(Example.yaml()
                        .replace("MX-US/2025-09", "MX-US/2026-01")
                        .replace("handling at least: H1", "handling at least: H2")),
                Instant.EPOCH);
        assertThat(Decider.decide(List.of(IN_FORCE, stricter), release(OWN))).isInstanceOf(Decision.Refused.class);
        assertThat(Decider.decide(List.of(stricter, IN_FORCE), release(OWN))).isInstanceOf(Decision.Refused.class);
        assertThat(Decider.decide(List.of(IN_FORCE), release(OWN))).isInstanceOf(Decision.Permitted.class);
        assertThat(Decider.decide(List.<Standing>of(), release(OWN))).isInstanceOf(Decision.Refused.class);
    }

    @Test
    void theReceiverReadsTheSameActAndMakesTheSameRecord() throws Malformed {
        for (Act act : List.of(
                release(OWN),
                index(OWN),
                probe("drug-trafficking", 64, 0),
                probe("migration", 64, 0),
                reconcile(officer("MX/UIF", Role.LEGAL)))) {
            Act received = Act.fromJson(act.toJson(), List.of());
            assertThat(received).isEqualTo(act);
            DecisionRecord sent = DecisionRecord.of(List.of(IN_FORCE), act);
            DecisionRecord made = DecisionRecord.of(List.of(IN_FORCE), received);
            assertThat(made.agreesWith(sent.toJson())).isTrue();
            Standing later = new Standing.InForce(Example.memorandum(), Story.AT);
            assertThat(DecisionRecord.of(List.of(later), received).agreesWith(sent.toJson()))
                    .isFalse();
        }
    }

    private static Envelope marked(Envelope envelope, Marking marking) {
        return Envelope.of(
                envelope.category(), envelope.purposes(), envelope.provenance(), marking, envelope.retention());
    }

    private static void permitted(Act act, String clause) {
        assertThat(Decider.decide(IN_FORCE, act)).isInstanceOf(Decision.Permitted.class);
        assertThat(Decider.decide(IN_FORCE, act).clauses())
                .extracting(citation -> citation.clause().text())
                .containsExactly(clause);
    }

    private static void refused(Act act, String clause, String code) {
        refused(IN_FORCE, act, clause, code);
    }

    private static void refused(Standing standing, Act act, String clause, String code) {
        assertThat(Decider.decide(standing, act)).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
            assertThat(refused.problem().code()).as(refused.toString()).isEqualTo(code);
            assertThat(refused.clauses())
                    .extracting(citation -> citation.clause().text())
                    .containsExactly(clause);
        });
    }
}
