package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.casework.cases.CaseReference;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Reply;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.list.ListFormat;
import org.entente.matching.index.MatchInput;
import org.entente.memorandum.item.Place;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.RefusedAct;
import org.entente.node.holding.Loads;
import org.entente.node.ledger.Statements;
import org.entente.node.trial.Companies;
import org.entente.node.trial.IndexOfPartner;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Our own standing questions: what they ask and when, what they find, and how they end. */
@Timeout(180)
class WatchTest {
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    static Path folder;

    private static PartyOnTrial party;
    private static Signer analyst;
    private static int epochs;

    private IndexOfPartner index;
    private String reference = "";

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder);
        analyst = party.officer("uif-analyst-1", PartyOnTrial.UIF, Role.ANALYST);
    }

    @BeforeEach
    void begin() throws Exception {
        party.pass(Duration.ofDays(100));
        go();
        index = IndexOfPartner.announced(party, epochs++, 0, 60);
        reference = "A-" + epochs;
        party.cases.open(
                CaseReference.parse(reference), party.memorandum.digest(), Questions.PURPOSE, analyst.officer());
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @Test
    void itAsksAtOnceThenEachDayTheSameSizeAlsoWhenThereIsNothingNew() throws Exception {
        Digest watch = watch(facts().put("time", "03:15"), 50, 70);
        go();
        go();
        assertThat(rounds(watch)).hasSize(1);
        index.answer(rounds(watch).getLast());
        assertThat(hits(watch)).containsExactlyInAnyOrderElementsOf(companies(50, 60));
        Instant quarterPast = party.clock.instant().plus(Duration.ofHours(17)).plus(Duration.ofMinutes(15));
        party.pass(Duration.between(party.clock.instant(), quarterPast).minusSeconds(1));
        go();
        assertThat(rounds(watch)).hasSize(1);
        party.pass(Duration.ofSeconds(1));
        go();
        party.pass(DAY);
        go();
        assertThat(rounds(watch)).hasSize(3);
        assertThat(rounds(watch))
                .extracting(entry ->
                        ((Comparison.ProbeAsked) entry.message()).batch().elements())
                .containsOnly(64);
        assertThat(rounds(watch).getLast().statement().at()).isEqualTo(quarterPast.plus(DAY));
        assertThat(asked(rounds(watch).get(1))).isEmpty();
        index.answer(rounds(watch).get(1));
        index.answer(rounds(watch).get(2));
        assertThat(hits(watch)).hasSize(10);
        assertThat(party.probes.charged(PartyOnTrial.MX, party.clock.instant().minus(Duration.ofDays(30))))
                .isEqualTo(3 * 64);
    }

    @Test
    void aRoundThatWasAskedBeforeAnOlderCopyWasRestoredIsNotAskedAgain() throws Exception {
        Digest watch = watch(facts(), 0, 3);
        go();
        Statements.Entry asked = rounds(watch).getLast();
        party.sql
                .sql("update watch set round = -1, due_at = ? where statement = ?")
                .params(Timestamp.from(party.clock.instant()), watch.bytes())
                .update();
        party.sql
                .sql("delete from charge where statement = ?")
                .param(asked.statement().id().bytes())
                .update();
        party.assurance().lose(PartyOnTrial.US);
        go();
        assertThat(rounds(watch)).as("nothing is asked before the partner was").hasSize(1);
        assertThat(party.recalled().recall(asked.statement(), asked.message(), List.of()))
                .contains("restore.private-lost");
        party.assurance().gain(PartyOnTrial.US);
        go();
        assertThat(rounds(watch)).hasSize(1);
        party.pass(DAY);
        go();
        assertThat(rounds(watch)).hasSize(2);
    }

    @Test
    void aNodeThatWasDownForDaysDoesOneRound() throws Exception {
        Digest watch = watch(facts(), 0, 3);
        go();
        party.pass(Duration.ofDays(5).plusHours(3));
        go();
        go();
        assertThat(rounds(watch)).hasSize(2);
        party.pass(Duration.ofHours(20));
        go();
        assertThat(rounds(watch)).hasSize(2);
        party.pass(Duration.ofHours(1));
        go();
        assertThat(rounds(watch)).hasSize(3);
    }

    @Test
    void aNewGenerationIsLookedUpWithoutAnotherQuestion() throws Exception {
        Digest watch = watch(facts(), 55, 65);
        go();
        index.answer(rounds(watch).getLast());
        assertThat(hits(watch)).containsExactlyInAnyOrderElementsOf(companies(55, 60));
        index.change(62);
        go();
        assertThat(hits(watch)).hasSize(6).contains(Companies.rfc(62));
        go();
        assertThat(hits(watch)).hasSize(6);
        assertThat(rounds(watch)).hasSize(1);
        assertThat(party.count("hit h join epoch_index i on i.statement = h.index where i.generation = 1"))
                .isEqualTo(1);
    }

    @Test
    void aNewEpochIsAskedAnewWithTheNextRound() throws Exception {
        Digest watch = watch(facts(), 58, 62);
        go();
        index.answer(rounds(watch).getLast());
        IndexOfPartner later = IndexOfPartner.announced(party, epochs++, 0, 61);
        go();
        assertThat(rounds(watch)).hasSize(1);
        party.pass(DAY);
        go();
        Comparison.ProbeAsked second =
                (Comparison.ProbeAsked) rounds(watch).getLast().message();
        assertThat(second.index()).isEqualTo(later.statement());
        assertThat(asked(rounds(watch).getLast())).containsExactlyInAnyOrderElementsOf(companies(58, 62));
        later.answer(rounds(watch).getLast());
        assertThat(hits(watch))
                .containsExactlyInAnyOrder(
                        Companies.rfc(58), Companies.rfc(59), Companies.rfc(58), Companies.rfc(59), Companies.rfc(60));
    }

    @Test
    void aRoundThatIsDueWaitsForTheNextEpochAndTheTagsOfTheLastAreForgotten() throws Exception {
        Digest watch = watch(facts(), 50, 70);
        go();
        index.answer(rounds(watch).getLast());
        assertThat(tags(watch)).isEqualTo(20);
        party.pass(Duration.ofDays(29));
        go();
        party.pass(DAY);
        go();
        assertThat(rounds(watch)).hasSize(2);
        assertThat(tags(watch)).isZero();
        assertMalformed("comparison.epoch-ended", facts());
        refused(rounds(watch).getLast(), Reply.Reason.EPOCH_ENDED);
        party.received().sweep();
        go();
        assertThat(ended(watch)).isEmpty();
        IndexOfPartner next = IndexOfPartner.announced(party, epochs++, 0, 61);
        go();
        assertThat(rounds(watch)).hasSize(3);
        assertThat(((Comparison.ProbeAsked) rounds(watch).getLast().message()).index())
                .isEqualTo(next.statement());
        assertThat(asked(rounds(watch).getLast())).containsExactlyInAnyOrderElementsOf(companies(50, 70));
        next.answer(rounds(watch).getLast());
        assertThat(hits(watch)).hasSize(10 + 11);
    }

    @Test
    void aHitThatWasErasedIsFoundAgainInAnotherEpochOnly() throws Exception {
        Digest watch = watch(facts(), 55, 65);
        go();
        index.answer(rounds(watch).getLast());
        assertThat(hits(watch)).hasSize(5);
        party.sql
                .sql("update hit set erase_at = ?")
                .param(Timestamp.from(party.clock.instant()))
                .update();
        new HitLife(party.sql, party.transactions, party.clock).sweep();
        index.change(62);
        go();
        assertThat(hits(watch)).containsExactly(Companies.rfc(62));
        IndexOfPartner next = IndexOfPartner.announced(party, epochs++, 0, 60);
        party.pass(DAY);
        go();
        next.answer(rounds(watch).getLast());
        assertThat(hits(watch)).hasSize(1 + 5);
    }

    @Test
    void whatTheAuthorityTakesInIsAskedAboutInTheNextRound() throws Exception {
        load(50, 55);
        ObjectNode facts = facts().put("holdings", "all");
        Digest watch = said(facts);
        go();
        assertThat(asked(rounds(watch).getLast())).containsExactlyInAnyOrderElementsOf(companies(50, 55));
        index.answer(rounds(watch).getLast());
        load(57, 63);
        party.pass(DAY);
        go();
        assertThat(asked(rounds(watch).getLast())).containsExactlyInAnyOrderElementsOf(companies(57, 63));
        index.answer(rounds(watch).getLast());
        assertThat(hits(watch)).hasSize(5 + 3);
    }

    @Test
    void itEndsWithItsTermAndSaysSo() throws Exception {
        Digest watch = watch(facts().put("until", after(Duration.ofDays(2))), 0, 1);
        go();
        party.pass(DAY);
        go();
        party.pass(DAY);
        go();
        assertThat(rounds(watch)).hasSize(2);
        assertEnded(watch, "comparison.watch-over");
        assertThat(party.count("watched where watch = '\\x" + watch.hex() + "'"))
                .isZero();
    }

    @Test
    void itEndsWhenTheQuotaIsUsedUp() throws Exception {
        Digest watch = watch(facts().put("elements", 1_024), 0, 1);
        for (int day = 0; day < 5; day++) {
            go();
            party.pass(DAY);
        }
        assertThat(rounds(watch)).hasSize(2);
        assertEnded(watch, "memorandum.decision.quota");
    }

    @Test
    void itEndsWhenTheCeilingOfTheSpaceIsReached() throws Exception {
        Digest watch = watch(facts(), 0, 1);
        go();
        party.sql
                .sql("insert into charge (statement, partner, act, amount, at) values (?, 'MX', 'probe', 100000, ?)")
                .params(
                        index.statement().bytes(),
                        Timestamp.from(party.clock.instant().minus(Duration.ofDays(40))))
                .update();
        try {
            party.pass(DAY);
            go();
            assertThat(rounds(watch)).hasSize(1);
            assertEnded(watch, "comparison.space-exhausted");
            assertRefused("comparison.space-exhausted", facts());
        } finally {
            party.sql.sql("delete from charge where amount = 100000").update();
        }
    }

    @Test
    void itEndsWhenTheMemorandumIsSuspended() throws Exception {
        Digest watch = watch(facts(), 0, 1);
        go();
        party.suspend();
        try {
            go();
            assertEnded(watch, "memorandum.decision.suspended");
            party.pass(DAY);
            go();
            assertThat(rounds(watch)).hasSize(1);
        } finally {
            party.sql
                    .sql("delete from memorandum_event where kind like '%suspended'")
                    .update();
        }
    }

    @Test
    void itEndsWithItsCase() throws Exception {
        Digest watch = watch(facts(), 0, 1);
        go();
        party.sql
                .sql("update case_file set closed_at = ? where reference = ?")
                .params(Timestamp.from(party.clock.instant()), reference)
                .update();
        party.pass(DAY);
        go();
        assertThat(rounds(watch)).hasSize(1);
        assertThat(ended(watch)).isPresent();
    }

    @Test
    void itEndsWhenThePartnerRefusesARound() throws Exception {
        Digest watch = watch(facts(), 0, 1);
        go();
        refused(rounds(watch).getLast(), Reply.Reason.NOT_PERMITTED);
        go();
        assertEnded(watch, "comparison.watch-refused");
    }

    @Test
    void onlyANewActRenewsItAndTheEarlierOneEnds() throws Exception {
        Digest first = watch(facts(), 0, 1);
        go();
        party.pass(Duration.ofHours(1));
        Digest second = watch(facts().put("renews", first.hex()), 0, 1);
        go();
        assertEnded(first, "comparison.watch-renewed");
        assertThat(ended(second)).isEmpty();
        assertThat(rounds(second)).hasSize(1);
    }

    @Test
    void theMemorandumBoundsTermPaceAndSize() {
        assertRefused(
                "memorandum.decision.watch-too-long",
                facts().put("until", after(Duration.ofDays(90).plusSeconds(1))));
        assertRefused("memorandum.decision.watch-too-often", facts().put("each", "PT23H"));
        assertRefused("memorandum.decision.quota", facts().put("elements", 2_112));
        assertMalformed("comparison.watch-elements", facts().put("elements", 100));
        assertMalformed("comparison.watch-time", facts().put("time", "25:00"));
        assertMalformed("exchange.watch-pace", facts().put("each", "PT1M"));
        assertMalformed("memorandum.act.watch-ends-before", facts().put("until", after(Duration.ZERO)));
        assertMalformed(
                "comparison.watch-unknown",
                facts().put("renews", Digest.of(new byte[1]).hex()));
        assertMalformed("comparison.watch-of-one", facts().put("holdings", "all"));
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> party.acts().prepare("watch", facts(), analyst.officer()))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("comparison.watch-of-one"));
    }

    private static void refused(Statements.Entry round, Reply.Reason why) throws Exception {
        Digest statement = round.statement().id();
        Reply.Refused refused = new Reply.Refused(statement, why, Optional.empty());
        Statement said = party.partner.say(refused.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant()));
        party.accept(said, () -> party.probes.refused(statement, said.from(), why.word()));
    }

    private static long tags(Digest watch) {
        return party.count("watched where tag is not null and watch = '\\x" + watch.hex() + "'");
    }

    private void assertRefused(String code, ObjectNode facts) {
        assertThatExceptionOfType(RefusedAct.class)
                .isThrownBy(() -> party.acts().prepare("watch", naming(facts, 0, 1), analyst.officer()))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    private void assertMalformed(String code, ObjectNode facts) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> party.acts().prepare("watch", naming(facts, 0, 1), analyst.officer()))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    private static void load(int from, int until) throws Exception {
        StringBuilder csv = new StringBuilder("rfc,name\n");
        companies(from, until).forEach(rfc -> csv.append(rfc).append(",C\n"));
        party.loads.load(
                new Loads.Order(
                        new ListFormat.Csv("rfc", IdentifierType.RFC),
                        PartyOnTrial.UIF,
                        PartyOnTrial.UIF,
                        Optional.of(Place.parse("MX")),
                        List.of(Questions.PURPOSE)),
                new ByteArrayInputStream(csv.toString().getBytes(StandardCharsets.UTF_8)),
                "uif-analyst-1");
    }

    /** Each call begins afresh, as after a restart. */
    private static void go() {
        party.rounds().go();
    }

    private ObjectNode facts() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("case", reference)
                .put("index", index.statement().hex())
                .put("until", after(Duration.ofDays(60)))
                .put("justification", "tried")
                .put("legalBasis", "Ley de prueba 1");
    }

    private static String after(Duration time) {
        return UtcSeconds.print(party.clock.instant().plus(time));
    }

    private static ObjectNode naming(ObjectNode facts, int from, int until) {
        var array = facts.putArray("identifiers");
        companies(from, until)
                .forEach(rfc -> array.addObject().put("type", "rfc").put("value", rfc));
        return facts;
    }

    private Digest watch(ObjectNode facts, int from, int until) throws Exception {
        return said(naming(facts, from, until));
    }

    private Digest said(ObjectNode facts) throws Exception {
        ObjectNode draft = party.acts().prepare("watch", facts, analyst.officer());
        Digest subject = Digest.parse(draft.required("subject").asString());
        ObjectNode said = party.acts()
                .approve(
                        subject,
                        Signer.handedIn(analyst.approve("watch", subject, party.clock.instant())),
                        analyst.officer());
        return Digest.parse(said.required("statement").asString());
    }

    private static List<Statements.Entry> rounds(Digest watch) {
        return party.statements.ofKind(PartyOnTrial.US, "probe-asked").stream()
                .filter(entry -> ((Comparison.ProbeAsked) entry.message())
                        .ground()
                        .equals(new Comparison.Ground.UnderWatch(watch)))
                .toList();
    }

    private static List<String> asked(Statements.Entry round) throws Exception {
        return party
                .probes
                .openings()
                .resume(((Comparison.ProbeAsked) round.message()).batch().digest())
                .opening()
                .inputs()
                .stream()
                .filter(input -> !input.isPadding())
                .map(MatchInput::value)
                .toList();
    }

    private static List<String> hits(Digest watch) {
        return rounds(watch).stream()
                .flatMap(round -> party.probes.hits(round.statement().id()).stream())
                .map(Probes.Hit::value)
                .toList();
    }

    private static List<String> companies(int from, int until) {
        return java.util.stream.IntStream.range(from, until)
                .mapToObj(Companies::rfc)
                .toList();
    }

    private static Optional<Problem> ended(Digest watch) {
        return party.probes.watches().find(watch).orElseThrow().run().ended();
    }

    private static void assertEnded(Digest watch, String code) {
        assertThat(ended(watch)).map(Problem::code).contains(code);
    }
}
