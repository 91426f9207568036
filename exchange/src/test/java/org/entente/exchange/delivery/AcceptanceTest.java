package org.entente.exchange.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.delivery.Acceptance.Keeping;
import org.entente.exchange.delivery.Acceptance.Relation;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Samples;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class AcceptanceTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final Instant NOON = Parties.NOON;
    private static final Duration SKEW = Duration.ofMinutes(5);

    private final Message refused = new Samples(1).message(Kind.REFUSED);
    private final Statement said = Parties.fromMx(refused, NOON);

    @Test
    void aNewStatementIsApplied() {
        assertThat(decide(said)).isEqualTo(new Acceptance.Applied(refused));
    }

    @Test
    void aKnownOneIsAcknowledgedAgainEvenWhenItHasExpiredSince() {
        Statement expired = Statement.sign(
                refused.draft(Parties.UIF, Parties.FINCEN, NOON.minusSeconds(60))
                        .expiringAt(NOON),
                Parties.MX_KEYS);
        assertThat(problem(decide(expired))).isEqualTo("exchange.expired");
        Digest bytes = Parties.arrival(expired).bytes();
        assertThat(decide(Parties.arrival(expired), Optional.of(bytes), Relation.OPEN))
                .isEqualTo(new Acceptance.Duplicate(expired.id()));
    }

    @Test
    void theSameIdWithOtherBytesIsKeptAsEvidence() {
        Acceptance outcome = decide(Parties.arrival(said), Optional.of(new Samples(2).digest()), Relation.OPEN);
        assertThat(outcome).isInstanceOfSatisfying(Acceptance.Refused.class, no -> {
            assertThat(no.problem().code()).isEqualTo("exchange.other-bytes");
            assertThat(no.keeping()).isEqualTo(Keeping.KEPT_AS_EVIDENCE);
        });
    }

    @Test
    void onlyThePartnerOfTheConnectionSpeaks() {
        Arrival relayed = new Arrival(Samples.US, said, false, Set.of());
        assertThat(problem(decide(relayed, Optional.empty(), Relation.OPEN)))
                .isEqualTo("exchange.sender-not-connected[MX]");
    }

    @Test
    void onlyWhatIsAddressedHereIsTakenIn() {
        Statement toSelf = Statement.sign(refused.draft(Parties.UIF, Parties.UIF, NOON), Parties.MX_KEYS);
        assertThat(problem(decide(toSelf))).isEqualTo("exchange.not-addressed-here");
        Statement toNobody =
                Statement.sign(StatementDraft.of("refused", Parties.UIF, NOON, refused.content()), Parties.MX_KEYS);
        assertThat(problem(decide(toNobody))).isEqualTo("exchange.not-addressed-here");
        Message signature = new Samples(1).message(Kind.MEMORANDUM_SIGNED);
        Statement toAll = Statement.sign(
                StatementDraft.of(signature.kind().word(), Samples.MX, NOON, signature.content()), Parties.MX_ROOT);
        assertThat(decide(new Arrival(Samples.MX, toAll, true, Set.of()), Optional.empty(), Relation.OPEN))
                .isEqualTo(new Acceptance.Applied(signature));
    }

    @Test
    void clocksMayDifferByTheSkewAndNoMore() {
        assertThat(decide(Parties.fromMx(refused, NOON.plus(SKEW)))).isInstanceOf(Acceptance.Applied.class);
        assertThat(decide(Parties.fromMx(refused, NOON.plus(SKEW).plusSeconds(1))))
                .isEqualTo(new Acceptance.Postponed(Problem.of("exchange.future-dated")));
    }

    @Test
    void whatIsNotUnderstoodIsRefusedAndKept() {
        Statement unknown = Statement.sign(
                StatementDraft.of("item-sold", Parties.UIF, NOON, JsonNodeFactory.instance.objectNode())
                        .addressedTo(Parties.FINCEN),
                Parties.MX_KEYS);
        assertThat(problem(decide(unknown))).isEqualTo("exchange.kind-unknown[item-sold]");
        Statement strange = Statement.sign(
                StatementDraft.of(
                                "refused", Parties.UIF, NOON, refused.content().put("name", "x"))
                        .addressedTo(Parties.FINCEN),
                Parties.MX_KEYS);
        assertThat(problem(decide(strange))).startsWith("json.member-unknown");
    }

    @Test
    void withoutItsBodyAStatementWaitsAtItsSender() {
        Handover.ItemRequested request = (Handover.ItemRequested) new Samples(1).itemRequested();
        Statement statement = Parties.fromMx(request, NOON);
        assertThat(decide(statement)).isInstanceOf(Acceptance.Postponed.class);
        Arrival whole =
                new Arrival(Samples.MX, statement, false, Set.of(request.facts().ciphertext()));
        assertThat(decide(whole, Optional.empty(), Relation.OPEN)).isEqualTo(new Acceptance.Applied(request));
    }

    @Test
    void whileSuspendedBusinessIsQuarantinedAndTheRestPasses() {
        Handover.ItemRequested request = (Handover.ItemRequested) new Samples(1).itemRequested();
        Arrival business = new Arrival(
                Samples.MX,
                Parties.fromMx(request, NOON),
                false,
                Set.of(request.facts().ciphertext()));
        assertThat(decide(business, Optional.empty(), Relation.SUSPENDED))
                .isEqualTo(new Acceptance.Quarantined(request));
        assertThat(decide(Parties.arrival(said), Optional.empty(), Relation.SUSPENDED))
                .isEqualTo(new Acceptance.Applied(refused));
        Message exported = new Samples(1).message(Kind.ITEM_EXPORTED);
        assertThat(decide(Parties.arrival(Parties.fromMx(exported, NOON)), Optional.empty(), Relation.SUSPENDED))
                .isEqualTo(new Acceptance.Applied(exported));
    }

    @Test
    void rootKeysSayOnlyWhatTheRootMaySay() throws Malformed {
        Statement byRoot = Statement.sign(refused.draft(Parties.UIF, Parties.FINCEN, NOON), Parties.MX_ROOT);
        Arrival arrival = Arrival.verify(Statement.parse(byRoot.bytes()), Parties.MX_CARD, Set.of());
        assertThat(arrival.byRoot()).isTrue();
        assertThat(problem(decide(arrival, Optional.empty(), Relation.OPEN)))
                .isEqualTo("exchange.root-not-for-this[refused]");
    }

    @Test
    void onlyWhatThePinnedCardVerifiesArrives() throws Malformed {
        Arrival arrival = Arrival.verify(Statement.parse(said.bytes()), Parties.MX_CARD, Set.of());
        assertThat(arrival).isEqualTo(Parties.arrival(said));
        Statement forged = Statement.sign(refused.draft(Parties.UIF, Parties.FINCEN, NOON), Parties.US_KEYS);
        assertThatThrownBy(() -> Arrival.verify(Statement.parse(forged.bytes()), Parties.MX_CARD, Set.of()))
                .isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> Arrival.verify(Statement.parse(said.bytes()), Parties.US_CARD, Set.of()))
                .hasMessageContaining("statement.sender-foreign");
    }

    @Test
    void anyHistoryOfArrivalsAppliesWhatANaiveSetWouldHaveAdded() {
        List<Statement> statements = IntStream.range(0, 12)
                .mapToObj(i -> Parties.fromMx(new Samples(i).message(Kind.REFUSED), NOON.plusSeconds(i % 4 * 200L)))
                .toList();
        for (long seed = 0; seed < 200L * DEPTH; seed++) {
            Random random = new Random(seed);
            InMemoryInbox inbox = new InMemoryInbox();
            Set<Digest> naive = new HashSet<>();
            int[] effects = new int[1];
            for (int step = 0; step < 60; step++) {
                Statement statement = statements.get(random.nextInt(statements.size()));
                Instant now = NOON.plusSeconds(random.nextInt(600));
                Arrival arrival = Parties.arrival(statement);
                Acceptance outcome = Acceptance.decide(
                        arrival,
                        new Acceptance.Circumstances(
                                Parties.US_CARD, inbox.known(Samples.MX, statement.id()), Relation.OPEN, now, SKEW));
                boolean early = statement.at().isAfter(now.plus(SKEW));
                boolean expectNew = !early && !naive.contains(statement.id());
                assertThat(outcome instanceof Acceptance.Applied)
                        .as("seed %d step %d", seed, step)
                        .isEqualTo(expectNew);
                if (outcome instanceof Acceptance.Applied one) {
                    naive.add(statement.id());
                    inbox.accept(arrival, one.message(), () -> effects[0]++);
                }
            }
            assertThat(effects[0]).isEqualTo(naive.size());
        }
    }

    private static Acceptance decide(Statement statement) {
        return decide(Parties.arrival(statement), Optional.empty(), Relation.OPEN);
    }

    private static Acceptance decide(Arrival arrival, Optional<Digest> known, Relation relation) {
        return Acceptance.decide(arrival, new Acceptance.Circumstances(Parties.US_CARD, known, relation, NOON, SKEW));
    }

    private static String problem(Acceptance acceptance) {
        return acceptance instanceof Acceptance.Refused no ? no.problem().toString() : acceptance.toString();
    }
}
