package org.entente.memorandum.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.entente.memorandum.decision.Story.authority;
import static org.entente.memorandum.decision.Story.parsed;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Amendments;
import org.entente.memorandum.signing.Course;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

/** Random acts against the example, each held to a model that is written out from the text of the example by hand. */
class DeciderPropertyTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final int ACTS = 20_000 * DEPTH;
    private static final List<String> AUTHORITIES = List.of(
            "MX/UIF",
            "MX/FGR",
            "MX/ANAM",
            "MX/SAT",
            "MX/SSP-SIN",
            "US/FINCEN",
            "US/DEA",
            "US/ATF",
            "US/CBP",
            "US/OFAC",
            "GT/IVE",
            "US/FBI");
    private static final List<String> PURPOSES =
            List.of("drug-trafficking", "money-laundering", "arms-trafficking", "migration-enforcement", "tariffs");
    private static final List<String> CATEGORIES = List.of("public-list-entry", "company", "firearm", "person");
    private static final List<String> PLACES =
            List.of("MX", "MX-SIN", "MX-SON", "US", "US-AZ", "GT", "unknown", "online", "several");

    @Test
    void noActIsPermittedThatThePlainModelForbids() {
        int permitted = 0;
        for (long seed = 1; seed <= ACTS; seed++) {
            Act act = act(new Random(seed));
            Decision decision = Decider.decide(Story.IN_FORCE, act);
            assertThat(decision.clauses()).as("seed %d", seed).isNotEmpty();
            boolean allowed = plainModel(act);
            boolean granted = !(decision instanceof Decision.Refused);
            assertThat(granted).as("seed %d: %s → %s", seed, act, decision).isEqualTo(allowed);
            permitted += granted ? 1 : 0;
        }
        assertThat(permitted)
                .as("a generator that permits nothing proves nothing")
                .isGreaterThan(ACTS / 500);
    }

    @Test
    void aSuspendedMemorandumPermitsNothing() {
        Standing suspended = new Standing.Suspended(
                Example.memorandum(), parsed(() -> PartyCode.parse("MX")), Instant.EPOCH, new TreeSet<>());
        for (long seed = 1; seed <= ACTS / 4; seed++) {
            assertThat(Decider.decide(suspended, act(new Random(seed))))
                    .as("seed %d", seed)
                    .isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void suspendingClausesOnlyEverTakesPermitsAway() {
        Memorandum memorandum = Example.memorandum();
        List<ClauseNumber> granting = List.of("2.1", "2.2", "3.1", "5.2", "5.3").stream()
                .map(ClauseNumber::new)
                .toList();
        for (long seed = 1; seed <= ACTS / 20; seed++) {
            Random random = new Random(seed);
            Act act = act(random);
            Decision before = Decider.decide(Story.IN_FORCE, act);
            ClauseNumber one = granting.get(random.nextInt(granting.size()));
            Decision after = Decider.decide(suspended(memorandum, List.of(one)), act);
            switch (after) {
                case Decision.Refused _ ->
                    assertThat(before instanceof Decision.Refused || names(before, one))
                            .as("seed %d: %s → %s", seed, before, after)
                            .isTrue();
                case Decision.Permitted _, Decision.ConsentNeeded _ -> {
                    assertThat(names(after, one)).as("seed %d", seed).isFalse();
                    if (!names(before, one)) {
                        assertThat(after).as("seed %d", seed).isEqualTo(before);
                    }
                    assertThat(before).as("seed %d", seed).isNotInstanceOf(Decision.Refused.class);
                }
            }
            assertThat(Decider.decide(suspended(memorandum, granting), act))
                    .as("seed %d", seed)
                    .isInstanceOf(Decision.Refused.class);
        }
    }

    private static boolean names(Decision decision, ClauseNumber clause) {
        return decision.clauses().stream()
                .anyMatch(citation -> citation.clause().equals(clause));
    }

    private static Standing suspended(Memorandum memorandum, List<ClauseNumber> clauses) {
        TreeMap<ClauseNumber, Course.Suspension> suspensions = new TreeMap<>();
        clauses.forEach(clause -> suspensions.put(
                clause,
                new Course.Suspension(
                        parsed(() -> PartyCode.parse("MX")), Instant.EPOCH, new TreeSet<>(), Optional.empty())));
        return new Standing.InForce(new Course(memorandum, Instant.EPOCH, suspensions), Instant.EPOCH);
    }

    @Test
    void aNewerVersionDecidesAsIfTheOlderHadNeverBeen() {
        Standing newer = new Standing.InForce(
                parsed(() -> Memorandum.parseYaml(
                        Example.yaml().replace("version: 1", "version: 2").replace("2048", "128"))),
                Instant.EPOCH);
        List<Standing> both = Amendments.among(List.of(Story.IN_FORCE, newer));
        for (long seed = 1; seed <= ACTS / 4; seed++) {
            Act act = act(new Random(seed));
            if (!Set.of("migration-enforcement", "tariffs")
                    .contains(act.circumstances().purpose().code())) {
                assertThat(Decider.decide(both, act))
                        .as("seed %d", seed)
                        .isEqualTo(Decider.decide(List.of(newer), act));
            }
            assertThat(Decider.decide(both.getFirst(), act)).as("seed %d", seed).isInstanceOf(Decision.Refused.class);
        }
    }

    @Test
    void noFactThatIsAddedMendsAPurposeThatIsNotNamed() {
        for (long seed = 1; seed <= ACTS / 4; seed++) {
            Random random = new Random(seed);
            Act act = act(random);
            if (Set.of("migration-enforcement", "tariffs")
                    .contains(act.circumstances().purpose().code())) {
                Decision bare = Decider.decide(Story.IN_FORCE, act);
                Decision rich = Decider.decide(Story.IN_FORCE, withEverything(act));
                assertThat(rich).as("seed %d", seed).isEqualTo(bare).isInstanceOf(Decision.Refused.class);
            }
        }
    }

    @Test
    void twoMemorandaNeverPermitWhatOneOfThemRefuses() {
        Standing other = new Standing.InForce(
                parsed(() -> Memorandum.parseYaml(Example.yaml()
                        .replace("MX-US/2025-09", "MX-US/2026-02")
                        .replace("by: [MX/UIF, US/FINCEN]", "by: [MX/UIF, US/DEA]")
                        .replace("2048", "128"))),
                Instant.EPOCH);
        for (long seed = 1; seed <= ACTS / 4; seed++) {
            Act act = act(new Random(seed));
            boolean refusedByOne = Decider.decide(Story.IN_FORCE, act) instanceof Decision.Refused
                    || Decider.decide(other, act) instanceof Decision.Refused;
            assertThat(Decider.decide(List.of(Story.IN_FORCE, other), act) instanceof Decision.Refused)
                    .as("seed %d", seed)
                    .isEqualTo(refusedByOne);
        }
    }

    /** The example in plain words: what is not refused here is permitted, or is once its originator consents. */
    private static boolean plainModel(Act act) {
        String by = act.circumstances().by().text();
        String to = act.circumstances().counterpart().text();
        String purpose = act.circumstances().purpose().code();
        String category = act.circumstances().category().code();
        boolean general = Set.of("drug-trafficking", "money-laundering").contains(purpose);
        boolean plain = Set.of("public-list-entry", "company").contains(category);
        Set<String> holders = Set.of("MX/UIF", "US/FINCEN");
        Set<String> askers = Set.of("MX/UIF", "MX/FGR", "US/FINCEN", "US/DEA");
        boolean across = !by.substring(0, 2).equals(to.substring(0, 2));
        boolean arms = purpose.equals("arms-trafficking")
                && category.equals("firearm")
                && Set.of("MX/FGR", "US/ATF").containsAll(List.of(by, to));
        boolean grounded = act.grounds().caseReference().isPresent()
                && act.grounds().legalBasis().isPresent();
        int needed = arms ? 2 : 1;
        boolean asks = general && plain && askers.contains(by) && holders.contains(to);
        return across
                && switch (act) {
                    case Act.Probe probe -> asks && grounded && mayAsk(act, probe.charge(), probe.indexIdentifiers());
                    case Act.Watch watch ->
                        asks
                                && grounded
                                && mayAsk(act, watch.charge(), watch.indexIdentifiers())
                                && allowed(watch.rounds());
                    case Act.Reconcile reconcile ->
                        general
                                && category.equals("public-list-entry")
                                && holders.contains(by)
                                && holders.contains(to)
                                && adviser(act, "MX")
                                && adviser(act, "US")
                                && reconcile.indexIdentifiers() >= 50;
                    case Act.Index index ->
                        general
                                && plain
                                && holders.contains(by)
                                && askers.contains(to)
                                && officers(act, by, Set.of(Role.LIAISON, Role.LEGAL)) >= 1
                                && mayMove(index.item().envelope(), act)
                                && mayBeIndexed(index.item().envelope());
                    case Act.Request _ ->
                        (asks || arms) && grounded && officers(act, by, Set.of(Role.ANALYST, Role.LIAISON)) >= needed;
                    case Act.Release release ->
                        ((general && plain && holders.contains(by) && askers.contains(to)) || arms)
                                && grounded
                                && officers(act, by, Set.of(Role.LIAISON)) >= needed
                                && mayBeHandedOver(release, arms ? 3 : 5);
                    default -> throw new AssertionError("not drawn here");
                };
    }

    private static boolean mayAsk(Act act, Act.Charge charge, long indexIdentifiers) {
        String by = act.circumstances().by().text();
        return officers(act, by, Set.of(Role.ANALYST, Role.LIAISON)) >= 1
                && indexIdentifiers >= 50
                && charge.identifiers() + charge.alreadyCharged() <= 2048;
    }

    private static boolean allowed(Rounds rounds) {
        Instant begins = rounds.begins();
        return !rounds.until().isAfter(begins.plus(Duration.ofDays(90)))
                && !rounds.each().after(begins).isBefore(begins.plus(Duration.ofDays(1)))
                && Story.AT.isBefore(rounds.until());
    }

    private static boolean mayBeIndexed(Envelope envelope) {
        return Set.of("not-a-person", "listed", "suspect", "convicted", "contact")
                .contains(envelope.marking().personCategory().word());
    }

    private static boolean mayBeHandedOver(Act.Release release, int yearsMax) {
        Envelope envelope = release.item().envelope();
        return mayMove(envelope, release)
                && envelope.marking().grading().isPresent()
                && envelope.marking().handling().code() != Handling.Code.H0
                && envelope.retention().getYears() <= yearsMax;
    }

    private static boolean mayMove(Envelope envelope, Act act) {
        String place = envelope.provenance().obtainedIn().code();
        String obtainer = envelope.provenance().obtainedBy().text();
        String territory = obtainer.equals("MX/SSP-SIN") ? "MX-SIN" : obtainer.substring(0, 2);
        boolean known = AUTHORITIES.indexOf(obtainer) < 10;
        return known
                && (place.equals(territory) || place.startsWith(territory + "-"))
                && envelope.category().equals(act.circumstances().category())
                && envelope.purposes().contains(act.circumstances().purpose())
                && envelope.marking().secrecyRegime() == SecrecyRegime.NONE;
    }

    private static long officers(Act act, String authority, Set<Role> roles) {
        return act.grounds().approvers().stream()
                .filter(approver -> approver.authority().text().equals(authority) && roles.contains(approver.role()))
                .map(Approver::officer)
                .distinct()
                .count();
    }

    private static boolean adviser(Act act, String party) {
        return act.grounds().approvers().stream()
                .anyMatch(
                        approver -> approver.authority().party().text().equals(party) && approver.role() == Role.LEGAL);
    }

    /** Mostly good facts, each of them sometimes bad, so that permits are frequent enough to mean something. */
    private static Act act(Random random) {
        boolean arms = random.nextInt(6) == 0;
        String by = mostly(random, arms ? "US/ATF" : random.nextBoolean() ? "MX/UIF" : "US/FINCEN", AUTHORITIES);
        String likely = arms ? "MX/FGR" : by.startsWith("MX") ? "US/FINCEN" : "MX/UIF";
        Circumstances circumstances = Story.circumstances(
                by,
                mostly(random, likely, AUTHORITIES),
                mostly(random, arms ? "arms-trafficking" : "money-laundering", PURPOSES),
                mostly(random, arms ? "firearm" : "public-list-entry", CATEGORIES));
        Grounds grounds = grounds(random, by);
        return switch (random.nextInt(6)) {
            case 0 ->
                new Act.Probe(
                        circumstances,
                        grounds,
                        new Act.Charge(64L * (1 + random.nextInt(20)), 64L * random.nextInt(20)),
                        random.nextInt(400));
            case 4 ->
                new Act.Watch(
                        circumstances,
                        grounds,
                        new Act.Charge(64L * (1 + random.nextInt(20)), 64L * random.nextInt(20)),
                        random.nextInt(400),
                        rounds(random));
            case 1 -> new Act.Reconcile(circumstances, grounds, random.nextInt(400));
            case 2 -> new Act.Index(circumstances, grounds, Item.of(envelope(random, circumstances)));
            case 3 -> new Act.Request(circumstances, grounds);
            default -> new Act.Release(circumstances, grounds, Item.of(envelope(random, circumstances)));
        };
    }

    private static Rounds rounds(Random random) {
        Instant begins = Story.AT.minus(Duration.ofDays(random.nextInt(40)));
        return new Rounds(
                begins,
                begins.plus(Duration.ofDays(30 + random.nextInt(80))),
                new Term(Duration.ofHours(any(random, 12, 23, 24, 48, 100))));
    }

    private static Grounds grounds(Random random, String by) {
        TreeSet<Approver> approvers = new TreeSet<>();
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            Role role = any(random, Role.values());
            String authority = mostly(random, random.nextInt(3) == 0 ? "US/FINCEN" : by, AUTHORITIES);
            approvers.add(new Approver(authority(authority), "o" + random.nextInt(10) + "-" + role.word(), role));
        }
        Grounds grounds = Grounds.approvedBy(approvers.toArray(Approver[]::new));
        return random.nextInt(8) == 0 ? grounds : grounds.forCase("case 7", "article 15");
    }

    private static Envelope envelope(Random random, Circumstances circumstances) {
        Category category = random.nextInt(12) == 0 ? new Category("company") : circumstances.category();
        List<Purpose> purposes = new ArrayList<>(List.of(new Purpose("drug-trafficking")));
        if (random.nextInt(12) != 0) {
            purposes.add(circumstances.purpose());
        }
        String by = circumstances.by().text();
        Provenance provenance = new Provenance(
                authority(mostly(random, by, AUTHORITIES)),
                parsed(() -> Place.parse(mostly(random, by.substring(0, 2), PLACES))),
                LocalDate.parse("2026-05-03"),
                "publication",
                Optional.empty(),
                Digest.of(new byte[] {2}));
        Marking marking = new Marking(
                random.nextInt(8) == 0 ? Optional.empty() : Optional.of(new Grading(Grading.Source.B, 2)),
                new Handling(any(random, Handling.Code.values()), Handling.Audience.AMBER),
                random.nextInt(8) == 0 ? SecrecyRegime.TAX : SecrecyRegime.NONE,
                any(random, PersonCategory.values()));
        return Envelope.of(
                category, new TreeSet<>(purposes), provenance, marking, Period.ofYears(1 + random.nextInt(6)));
    }

    private static Act withEverything(Act act) {
        TreeSet<Approver> all = new TreeSet<>(act.grounds().approvers());
        for (String code : AUTHORITIES) {
            for (Role role : Role.values()) {
                all.add(new Approver(authority(code), "x-" + role.word(), role));
                all.add(new Approver(authority(code), "y-" + role.word(), role));
            }
        }
        Grounds grounds = Grounds.approvedBy(all.toArray(Approver[]::new))
                .forCase("case 1", "article 1")
                .withConsents(AUTHORITIES.stream().map(Story::authority).toList());
        return switch (act) {
            case Act.Probe probe -> new Act.Probe(probe.circumstances(), grounds, new Act.Charge(1, 0), Act.COUNT_MAX);
            case Act.Watch watch ->
                new Act.Watch(watch.circumstances(), grounds, new Act.Charge(1, 0), Act.COUNT_MAX, watch.rounds());
            case Act.Reconcile reconcile -> new Act.Reconcile(reconcile.circumstances(), grounds, Act.COUNT_MAX);
            case Act.Index index -> new Act.Index(index.circumstances(), grounds, index.item());
            case Act.Request request -> new Act.Request(request.circumstances(), grounds);
            case Act.Release release -> new Act.Release(release.circumstances(), grounds, release.item());
            default -> throw new AssertionError("not drawn here");
        };
    }

    @SafeVarargs
    private static <T> T any(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }

    private static String mostly(Random random, String likely, List<String> others) {
        return random.nextInt(10) == 0 ? others.get(random.nextInt(others.size())) : likely;
    }
}
