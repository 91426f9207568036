package org.entente.memorandum.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.entente.memorandum.signing.LifecycleEvent.Kind.RESUMED;
import static org.entente.memorandum.signing.LifecycleEvent.Kind.SIGNED;
import static org.entente.memorandum.signing.LifecycleEvent.Kind.SUSPENDED;
import static org.entente.memorandum.signing.LifecycleEvent.Kind.WITHDRAWN;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.memorandum.language.ClauseNumber;
import org.entente.memorandum.language.Example;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.rendering.RenderedText;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class ClauseSuspensionTest {
    private static final Signer MX = new Signer("MX");
    private static final Signer US = new Signer("US");
    private static final Memorandum TEXT = Example.memorandum();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<String, LifecycleEvent> DECLARED = new HashMap<>();
    private static final List<String> GRANTING = List.of("2.1", "2.2", "3.1", "5.2", "5.3");

    @Test
    void aClauseIsSuspendedByOnePartyAndResumedByAll() {
        Course course = course(fold(signed(), suspends(MX, 1, "3.1")));
        assertThat(course.suspended()).containsOnlyKeys(new ClauseNumber("3.1"));
        assertThat(course(fold(signed(), suspends(MX, 1, "3.1"), resumes(MX, 2, "3.1")))
                        .suspended())
                .isNotEmpty();
        Course resumed = course(fold(signed(), suspends(MX, 1, "3.1"), resumes(MX, 2, "3.1"), resumes(US, 3, "3.1")));
        assertThat(resumed.suspended()).isEmpty();
        ClauseNumber clause = new ClauseNumber("3.1");
        assertThat(resumed.suspendedSince(clause, moment(3))).isEmpty();
        assertThat(resumed.suspendedSince(clause, moment(2)))
                .as("what lies before the resumption stays refused")
                .contains(moment(3));
    }

    @Test
    void whoeverSuspendsAgainTakesBackWhatWasAgreed() {
        Course course = course(fold(
                signed(),
                suspends(MX, 1, "3.1"),
                resumes(MX, 2, "3.1"),
                suspends(US, 3, "3.1"),
                resumes(US, 4, "3.1")));
        assertThat(course.suspension(new ClauseNumber("3.1"))).hasValueSatisfying(suspension -> {
            assertThat(suspension.by()).isEqualTo(US.code());
            assertThat(suspension.since()).isEqualTo(moment(1));
            assertThat(suspension.agreedToResume()).containsExactly(US.code());
        });
    }

    @Test
    void theWholeAndItsClausesAreSuspendedAndResumedApart() {
        Standing whole =
                fold(signed(), suspends(MX, 1, "3.1"), suspends(US, 2), resumes(MX, 3, "3.1"), resumes(US, 4, "3.1"));
        assertThat(whole).isInstanceOf(Standing.Suspended.class);
        assertThat(course(whole).suspended()).isEmpty();
        Standing resumed = fold(signed(), suspends(MX, 1, "3.1"), suspends(US, 2), resumes(MX, 3), resumes(US, 4));
        assertThat(resumed).isInstanceOf(Standing.InForce.class);
        assertThat(course(resumed).suspended()).containsOnlyKeys(new ClauseNumber("3.1"));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        refused("memorandum.signing.clause-grants-nothing", suspends(MX, 1, "4.1"));
        refused("memorandum.signing.clause-grants-nothing", suspends(MX, 1, "7.1"));
        refused("memorandum.signing.clause-grants-nothing", suspends(MX, 1, "3.1", "9.9"));
        refused("memorandum.signing.out-of-order", resumes(MX, 1, "3.1"));
        refused("memorandum.signing.out-of-order", suspends(MX, 1, "3.1"), resumes(MX, 2, "2.2", "3.1"));
        refused("memorandum.signing.twice", suspends(MX, 1, "3.1"), suspends(US, 2, "3.1"));
        refused("memorandum.signing.twice", suspends(MX, 1, "3.1"), resumes(US, 2, "3.1"), resumes(US, 3, "3.1"));
        refused(
                "memorandum.signing.out-of-order",
                suspends(MX, 1, "3.1"),
                MX.declares(WITHDRAWN, TEXT, moment(2).toString()),
                resumes(US, 3, "3.1"));
        assertThat(Lifecycle.fold(TEXT, List.of(suspends(MX, 1, "3.1"))).refused())
                .hasSize(1);
    }

    @Test
    void clausesAreNamedOnceInTheirOrderAndOnlyToSuspendAndResume() {
        assertThatThrownBy(() -> read(SUSPENDED, "3.1", "2.2"))
                .hasMessageContaining("memorandum.signing.clauses-unsorted");
        assertThatThrownBy(() -> read(SUSPENDED, "3.1", "3.1"))
                .hasMessageContaining("memorandum.signing.clauses-unsorted");
        assertThatThrownBy(() -> read(SUSPENDED)).hasMessageContaining("json.array-size");
        assertThatThrownBy(() -> read(SUSPENDED, "three")).hasMessageContaining("memorandum.clause-number.malformed");
        assertThatThrownBy(() -> read(SIGNED, "3.1")).hasMessageContaining("json.member-unknown");
        assertThatThrownBy(() -> read(WITHDRAWN, "3.1")).hasMessageContaining("json.member-unknown");
    }

    /** Random declarations, held to a plain model: who has agreed about what, clause by clause and for the whole, in maps. */
    @Test
    void theFoldIsThatOfAPlainModel() {
        for (long seed = 1; seed <= 2_000; seed++) {
            Random random = new Random(seed);
            Map<String, TreeSet<PartyCode>> asleep = new TreeMap<>();
            List<LifecycleEvent> events = new ArrayList<>(signed());
            for (int n = 1; n <= 12; n++) {
                Signer party = random.nextBoolean() ? MX : US;
                boolean suspends = random.nextInt(3) == 0;
                String[] named = random.nextInt(4) == 0
                        ? new String[0]
                        : GRANTING.stream()
                                .filter(clause -> random.nextInt(3) == 0)
                                .toArray(String[]::new);
                List<String> subjects = named.length == 0 ? List.of("whole") : List.of(named);
                events.add(suspends ? suspends(party, 1, named) : resumes(party, 2, named));
                if (suspends) {
                    subjects.forEach(subject -> asleep.put(subject, new TreeSet<>()));
                } else if (asleep.keySet().containsAll(subjects)) {
                    subjects.forEach(subject -> {
                        TreeSet<PartyCode> agreed = Objects.requireNonNull(asleep.get(subject));
                        agreed.add(party.code());
                        if (agreed.size() == 2) {
                            asleep.remove(subject);
                        }
                    });
                }
            }
            Standing standing = Lifecycle.fold(TEXT, events).standing();
            assertThat(standing instanceof Standing.Suspended)
                    .as("seed %d", seed)
                    .isEqualTo(asleep.containsKey("whole"));
            asleep.remove("whole");
            assertThat(course(standing).suspended().keySet().stream()
                            .map(ClauseNumber::text)
                            .collect(Collectors.toSet()))
                    .as("seed %d", seed)
                    .isEqualTo(asleep.keySet());
        }
    }

    @Test
    void suspensionsAndAgreementsCountInWhicheverOrder() {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            List<LifecycleEvent> suspensions = new ArrayList<>(
                    List.of(suspends(MX, 1, "3.1"), suspends(US, 2, "2.2"), suspends(MX, 3), suspends(US, 4, "5.2")));
            List<LifecycleEvent> agreements =
                    new ArrayList<>(List.of(resumes(MX, 5, "3.1"), resumes(US, 6, "2.2", "3.1"), resumes(MX, 7)));
            Collections.shuffle(suspensions, random);
            Collections.shuffle(agreements, random);
            List<LifecycleEvent> events = new ArrayList<>(suspensions);
            events.addAll(agreements);
            Standing standing = fold(signed(), events.toArray(LifecycleEvent[]::new));
            assertThat(standing).isInstanceOf(Standing.Suspended.class);
            assertThat(course(standing).suspended())
                    .as("seed %d", seed)
                    .containsOnlyKeys(new ClauseNumber("2.2"), new ClauseNumber("5.2"));
        }
    }

    private static Instant moment(int hours) {
        return NOON.plusSeconds(3_600L * hours);
    }

    private static List<LifecycleEvent> signed() {
        return List.of(
                MX.declares(SIGNED, TEXT, "2026-02-01T10:00:00Z"), US.declares(SIGNED, TEXT, "2026-02-02T10:00:00Z"));
    }

    private static LifecycleEvent suspends(Signer party, int hour, String... clauses) {
        return declared(party, SUSPENDED, hour, clauses);
    }

    private static LifecycleEvent resumes(Signer party, int hour, String... clauses) {
        return declared(party, RESUMED, hour, clauses);
    }

    /** Each declaration is signed once, for signing is slow. */
    private static LifecycleEvent declared(Signer party, LifecycleEvent.Kind kind, int hour, String... clauses) {
        return DECLARED.computeIfAbsent(
                kind + " " + party.code() + hour + Arrays.toString(clauses),
                fresh -> party.declares(kind, TEXT, moment(hour).toString(), clauses));
    }

    private static Standing fold(List<LifecycleEvent> signatures, LifecycleEvent... events) {
        List<LifecycleEvent> all = new ArrayList<>(signatures);
        all.addAll(Arrays.asList(events));
        Lifecycle.Outcome outcome = Lifecycle.fold(TEXT, all);
        assertThat(outcome.refused()).isEmpty();
        return outcome.standing();
    }

    private static Course course(Standing standing) {
        return ((Standing.Concluded) standing).course();
    }

    private static void refused(String code, LifecycleEvent... events) {
        List<LifecycleEvent> all = new ArrayList<>(signed());
        all.addAll(Arrays.asList(events));
        Lifecycle.Outcome before = Lifecycle.fold(TEXT, all.subList(0, all.size() - 1));
        Lifecycle.Outcome after = Lifecycle.fold(TEXT, all);
        assertThat(before.refused()).isEmpty();
        assertThat(after.refused())
                .singleElement()
                .satisfies(unmoved -> assertThat(unmoved.problem().code()).isEqualTo(code));
        assertThat(after.standing()).isEqualTo(before.standing());
    }

    private static LifecycleEvent read(LifecycleEvent.Kind kind, String... clauses) throws Exception {
        ObjectNode content = JsonNodeFactory.instance
                .objectNode()
                .put("memorandum", TEXT.id())
                .put("version", TEXT.version())
                .put("digest", TEXT.digest().hex());
        if (kind == SIGNED) {
            content.set("texts", RenderedText.both(TEXT).json());
        }
        var numbers = content.putArray("clauses");
        Arrays.stream(clauses).forEach(numbers::add);
        Statement statement = MX.byRoot(StatementDraft.of(kind.word(), MX.code(), NOON, content));
        return LifecycleEvent.read(statement, MX.card());
    }
}
