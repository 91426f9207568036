package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.delivery.Effects;
import org.entente.exchange.delivery.Lane.Answer;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.RefusedAct;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.keys.SealedFiles;
import org.entente.node.trial.Inquiry;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** The example memorandum lets one party ask about 2,048 identifiers each month, padding included. */
@Timeout(180)
class QuotaTest {
    private static final int MORE_THAN_HALF = 1_088;
    private static final String OTHER_QUOTA = """
            | "2.3":
            |   probe: public-list-entry
            |   by: [MX/UIF, US/FINCEN]
            |   of: [MX/UIF, US/FINCEN]
            |   for: [drug-trafficking]
            |   mode: shared-index
            |   index of at least: 50 identifiers
            |   at most: 50000 identifiers each P1Y
            |   tell the other side of a hit: within P3D
            """.replace("| ", "  ");

    @TempDir
    Path folder;

    private PartyOnTrial party;
    private Questions questions;
    private Signer asker;
    private Signer analyst;

    @BeforeEach
    void start() throws Exception {
        start(text -> text);
    }

    private void start(UnaryOperator<String> text) throws Exception {
        party = PartyOnTrial.start(
                Files.createTempDirectory(folder, "party"),
                example -> text.apply(example.replace("epoch: P30D", "epoch: P1Y")));
        questions = Questions.about(party);
        asker = party.partnerOfficer("fincen-analyst-1", PartyOnTrial.FINCEN, Role.ANALYST);
        analyst = party.officer("uif-analyst-1", PartyOnTrial.UIF, Role.ANALYST);
    }

    @AfterEach
    void stop() {
        party.close();
    }

    @Test
    void aQuestionIsChargedWhenItIsAcceptedBeforeAnythingIsEvaluated() throws Exception {
        Statement question = questions.statement(64, 0, asker);
        assertThat(receive(question)).isInstanceOf(Answer.Acknowledged.class);
        assertThat(charged()).isEqualTo(64);
        assertThat(party.count("charge where amount = 64 and statement = '\\x"
                        + question.id().hex() + "'"))
                .isEqualTo(1);
        assertThat(party.count("duty where done_at is null and statement = '\\x"
                        + question.id().hex() + "'"))
                .isEqualTo(1);
        assertThat(party.statements.answers(question.id()))
                .noneMatch(entry -> entry.message().kind() == Kind.PROBE_ANSWERED);
    }

    @Test
    void theSameQuestionAgainIsChargedOnce() throws Exception {
        Statement question = questions.statement(128, 0, asker);
        receive(question);
        assertThat(receive(question)).isInstanceOf(Answer.Acknowledged.class);
        assertThat(charged()).isEqualTo(128);
    }

    @Test
    void whatWasNotAcceptedIsNotCharged() throws Exception {
        Statement question = questions.statement(64, 0, asker);
        Answer answer = party.reception(effects -> (statement, message) -> {
                    effects.apply(statement, message);
                    throw new IllegalStateException("the power fails here");
                })
                .receive(PartyOnTrial.US, question.json())
                .answer();
        assertThat(answer).isInstanceOf(Answer.RefusedForGood.class);
        assertThat(charged()).isZero();
        assertThat(party.statements.find(question.id())).isEmpty();
    }

    @Test
    void whatTheAskerSaysOfItsQuotaIsNotBelieved() throws Exception {
        receive(questions.statement(MORE_THAN_HALF, 0, asker));
        party.pass(Duration.ofDays(1));
        Statement second = questions.statement(MORE_THAN_HALF, 0, asker);
        receive(second);
        assertThat(refusal(second)).contains(Reply.Reason.QUOTA);
        assertThat(charged()).isEqualTo(MORE_THAN_HALF);
        Statement third = questions.statement(2_048 - MORE_THAN_HALF, MORE_THAN_HALF, asker);
        receive(third);
        assertThat(refusal(third)).isEmpty();
        assertThat(charged()).isEqualTo(2_048);
    }

    @Test
    void aChargeCountsForAMonthToTheSecond() throws Exception {
        Instant now = party.clock.instant();
        receive(questions.statement(2_048, 0, asker));
        Instant month = now.atOffset(java.time.ZoneOffset.UTC).plusMonths(1).toInstant();
        party.pass(Duration.between(now, month).minusSeconds(1));
        Statement early = questions.statement(64, 0, asker);
        receive(early);
        assertThat(refusal(early)).contains(Reply.Reason.QUOTA);
        party.pass(Duration.ofSeconds(1));
        Statement intime = questions.statement(2_048, 0, asker);
        receive(intime);
        assertThat(refusal(intime)).isEmpty();
        assertThat(party.quota.since(new PartyCode("FR"), now)).isEqualTo(now);
    }

    @Test
    void twoQuestionsAtOnceDoNotOverrunTheQuota() throws Exception {
        CountDownLatch charged = new CountDownLatch(1);
        CountDownLatch secondIsAtIt = new CountDownLatch(1);
        UnaryOperator<Effects> slow = effects -> (statement, message) -> {
            effects.apply(statement, message);
            charged.countDown();
            await(secondIsAtIt);
        };
        Statement first = questions.statement(MORE_THAN_HALF, 0, asker);
        Statement second = questions.statement(MORE_THAN_HALF, 0, asker);
        try (ExecutorService calls = Executors.newFixedThreadPool(1)) {
            Future<Answer> one = calls.submit(() ->
                    party.reception(slow).receive(PartyOnTrial.US, first.json()).answer());
            charged.await();
            FutureTask<Answer> other = new FutureTask<>(() -> receive(second));
            Thread waiting = Thread.ofPlatform().start(other);
            while (waiting.getState() != Thread.State.WAITING) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(other.isDone()).as("it waits for the sequencer").isFalse();
            secondIsAtIt.countDown();
            assertThat(one.get()).isInstanceOf(Answer.Acknowledged.class);
            assertThat(other.get()).isInstanceOf(Answer.Acknowledged.class);
        }
        assertThat(refusal(first)).isEmpty();
        assertThat(refusal(second)).contains(Reply.Reason.QUOTA);
        assertThat(charged()).isEqualTo(MORE_THAN_HALF);
    }

    @Test
    void aQuotaCountsWithinItsOwnTermWhateverOtherClausesSay() throws Exception {
        party.close();
        start(text -> text.replace("  \"3.1\":", OTHER_QUOTA + "  \"3.1\":"));
        receive(questions.statement(2_048, 0, asker));
        party.pass(Duration.ofDays(27));
        Statement early = questions.statement(64, 0, asker);
        receive(early);
        assertThat(refusal(early)).contains(Reply.Reason.QUOTA);
        party.pass(Duration.ofDays(5));
        Statement monthLater = questions.statement(2_048, 0, asker);
        receive(monthLater);
        assertThat(refusal(monthLater)).isEmpty();
        Act.Charge charge = party.quota.charge(
                64, PartyOnTrial.US, party.clock.instant(), since -> party.probes.charged(PartyOnTrial.US, since));
        assertThat(charge.alreadyCharged()).isEqualTo(4_096);
        assertThat(charge.within()).containsExactly(Map.entry("P1M", 2_048L));
    }

    @Test
    void noQuotaLetsAPartySweepTheSpaceOfIdentifiers() throws Exception {
        party.close();
        start(text -> text.replace("2048 identifiers each P1M", "70000 identifiers each P1D"));
        long ceiling = QuotaWindow.spaceCeiling(
                party.indices.find(questions.index()).orElseThrow().facts());
        assertThat(ceiling).isEqualTo(100_000);
        receive(questions.statement(65_536, 0, asker));
        party.pass(Duration.ofDays(2));
        receive(questions.statement(34_432, 0, asker));
        assertThat(party.count("charge")).isEqualTo(2);
        party.pass(Duration.ofDays(300));
        Statement over = questions.statement(64, 0, asker);
        receive(over);
        assertThat(refusal(over)).contains(Reply.Reason.QUOTA);
        Statement last = questions.statement(32, 0, asker);
        receive(last);
        assertThat(refusal(last)).isEmpty();
        assertThat(party.sql
                        .sql("select sum(amount) from charge")
                        .query(Long.class)
                        .single())
                .isEqualTo(ceiling);
    }

    @Test
    void theOwnOfficersAreHeldToTheSameCeiling() throws Exception {
        party.close();
        start(text -> text.replace("2048 identifiers each P1M", "90000 identifiers each P1D"));
        Inquiry inquiry = Inquiry.open(party, analyst);
        party.sql
                .sql("insert into charge (statement, partner, act, amount, at) values (?, 'MX', 'probe', 99000, ?)")
                .params(questions.index().bytes(), java.sql.Timestamp.from(party.clock.instant()))
                .update();
        party.pass(Duration.ofDays(2));
        assertThatExceptionOfType(RefusedAct.class)
                .isThrownBy(() -> party.acts().prepare("probe", inquiry.facts(1_000), analyst.officer()))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("comparison.space-exhausted");
                    assertThat(refused.problem().arguments()).containsExactly("1024", "1000");
                });
        assertThat(party.acts()
                        .prepare("probe", inquiry.facts(900), analyst.officer())
                        .has("subject"))
                .isTrue();
    }

    @Test
    void whatWasChargedWhenTheProcessWasKilledStaysCharged(@TempDir Path killed) throws Exception {
        String java = ProcessHandle.current().info().command().orElseThrow();
        Process process = new ProcessBuilder(
                        java,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChargingProcess.class.getName(),
                        killed.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long promised = 0;
        try (BufferedReader words = process.inputReader()) {
            for (String line = words.readLine(); line != null && promised < 20; line = words.readLine()) {
                if (line.startsWith("taken ")) {
                    promised = Long.parseLong(line.substring("taken ".length()));
                }
            }
            process.destroyForcibly();
        }
        process.waitFor();
        assertThat(promised).isGreaterThanOrEqualTo(20);
        try (Database again =
                Database.openEmbedded(killed.resolve("mx"), Path.of("target/postgres-cache"), StartProgress.SILENT)) {
            Probes probes = new Probes(again.client(), keys(killed), party.clock);
            assertThat(probes.charged(PartyOnTrial.US, Instant.EPOCH))
                    .isGreaterThanOrEqualTo(promised * ChargingProcess.ELEMENTS);
        }
    }

    private static SealedFiles keys(Path folder) throws Exception {
        return SealedFiles.open(folder.resolve("secrets"), new byte[16], new SecureRandom());
    }

    @Test
    void questionsPreparedTogetherDoNotOverrunTheOwnQuota() throws Exception {
        Inquiry inquiry = Inquiry.open(party, analyst);
        List<ObjectNode> drafts = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            drafts.add(party.acts().prepare("probe", inquiry.facts(1_000), analyst.officer()));
        }
        ObjectNode said = approve(drafts.get(0));
        assertThat(said.has("statement")).isTrue();
        assertThat(approve(drafts.get(1)).has("statement")).isTrue();
        assertRefused(() -> approve(drafts.get(2)));
        assertThat(party.probes.charged(PartyOnTrial.MX, party.quota.since(PartyOnTrial.US, party.clock.instant())))
                .isEqualTo(2_048);
        assertThat(party.acts()
                        .draft(Digest.parse(drafts.get(2).required("subject").asString()), analyst.officer())
                        .has("statement"))
                .isFalse();
        assertRefused(() -> party.acts().prepare("probe", inquiry.facts(1_000), analyst.officer()));
        onlyWhoWasAskedRefuses(Digest.parse(said.required("statement").asString()));
    }

    private void onlyWhoWasAskedRefuses(Digest probe) throws Exception {
        Reply.Refused refused = new Reply.Refused(probe, Reply.Reason.QUOTA, Optional.empty());
        receive(party.partner.say(refused.draft(PartyOnTrial.DEA, PartyOnTrial.UIF, party.clock.instant())));
        assertThat(problem(probe)).isEmpty();
        receive(party.partner.say(refused.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant())));
        assertThat(problem(probe)).contains("quota");
    }

    private Optional<String> problem(Digest probe) {
        return party.probes.find(probe).orElseThrow().details().problem();
    }

    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(RefusedAct.class).isThrownBy(call).satisfies(refused -> {
            assertThat(refused.problem().code()).isEqualTo("memorandum.decision.quota");
            assertThat(refused.clauses()).containsExactly("MX-US/2025-09 2.2");
        });
    }

    private ObjectNode approve(ObjectNode draft) throws Exception {
        Digest subject = Digest.parse(draft.required("subject").asString());
        return party.acts()
                .approve(
                        subject,
                        Signer.handedIn(analyst.approve("probe", subject, party.clock.instant())),
                        analyst.officer());
    }

    private Answer receive(Statement statement) throws Malformed {
        return party.reception(effects -> effects)
                .receive(PartyOnTrial.US, statement.json())
                .answer();
    }

    private long charged() {
        return party.probes.charged(PartyOnTrial.US, party.quota.since(PartyOnTrial.US, party.clock.instant()));
    }

    private Optional<Reply.Reason> refusal(Statement statement) {
        return party.statements.ofKind(PartyOnTrial.US, Kind.REFUSED.word()).stream()
                .map(entry -> (Reply.Refused) entry.message())
                .filter(refused -> refused.statement().equals(statement.id()))
                .map(Reply.Refused::reason)
                .findFirst();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
