package org.entente.node.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Pace;
import org.entente.exchange.message.Reply;
import org.entente.exchange.message.SentDecision;
import org.entente.exchange.passage.Passage;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Rounds;
import org.entente.memorandum.language.Term;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.Decisions;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A partner's watch is held to what it said when it began, batch by batch. */
@Timeout(180)
class PartnersWatchTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final int ELEMENTS = 64;

    @TempDir
    static Path folder;

    private static PartyOnTrial party;
    private static Questions questions;
    private static Signer asker;
    private static BodyReference body;
    private int cases;

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder, text -> text.replace("epoch: P30D", "epoch: P1Y"));
        questions = Questions.about(party);
        asker = party.partnerOfficer("fincen-analyst-1", PartyOnTrial.FINCEN, Role.ANALYST);
        body = party.arrived("no batch".getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void laterOn() {
        party.pass(Duration.ofDays(35));
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    /** What a partner says about a round; each test spoils one thing. */
    private record Round(Digest watch, AuthorityCode from, Digest file, Digest index, int elements, Rounds rounds) {
        Round from(AuthorityCode other) {
            return new Round(watch, other, file, index, elements, rounds);
        }

        Round file(Digest other) {
            return new Round(watch, from, other, index, elements, rounds);
        }

        Round index(Digest other) {
            return new Round(watch, from, file, other, elements, rounds);
        }

        Round elements(int other) {
            return new Round(watch, from, file, index, other, rounds);
        }

        Round rounds(Rounds other) {
            return new Round(watch, from, file, index, elements, other);
        }

        Round watch(Digest other) {
            return new Round(other, from, file, index, elements, rounds);
        }
    }

    @Test
    void oneBatchOfEachRoundIsTakenAndCharged() throws Exception {
        Round round = begun(30);
        for (int day = 0; day < 3; day++) {
            assertThat(tell(round)).isEmpty();
            party.pass(Duration.ofSeconds(1));
            assertThat(tell(round)).contains(Reply.Reason.NOT_PERMITTED);
            party.pass(DAY);
        }
        assertThat(party.count("charge where act = 'watch' and amount = 64 and basis = '\\x" + round.watch.hex() + "'"))
                .isEqualTo(3);
        assertThat(party.probes.charged(PartyOnTrial.US, party.clock.instant().minus(Duration.ofDays(30))))
                .isEqualTo(3 * ELEMENTS);
    }

    @Test
    void nothingIsTakenThatTheWatchDidNotSay() throws Exception {
        Round round = begun(30);
        Rounds longer = new Rounds(round.rounds.begins(), round.rounds.until().plus(DAY), round.rounds.each());
        Rounds faster = new Rounds(round.rounds.begins(), round.rounds.until(), new Term(Period.ofDays(2)));
        for (Round wrong : List.of(
                round.from(PartyOnTrial.DEA),
                round.elements(ELEMENTS * 2),
                round.elements(ELEMENTS / 2),
                round.file(Digest.of(new byte[] {9, 9})),
                round.index(Digest.of(new byte[] {8, 8})),
                round.rounds(longer),
                round.rounds(faster),
                round.watch(Digest.of(new byte[] {7, 7})),
                round.watch(questions.index()))) {
            assertThat(tell(wrong)).as("%s", wrong).isPresent();
        }
        assertThat(party.count("charge where basis = '\\x" + round.watch.hex() + "'"))
                .isZero();
        assertThat(tell(round)).isEmpty();
    }

    @Test
    void nothingIsTakenOnceItIsOver() throws Exception {
        Round round = begun(2);
        party.pass(Duration.ofDays(2).minusSeconds(2));
        assertThat(tell(round)).isEmpty();
        assertThat(tell(round)).isPresent();
    }

    @Test
    void aWatchThatTheMemorandumForbidsIsRefusedWithItsRounds() throws Exception {
        Statement tooLong = asked(91, Period.ofDays(1));
        assertThat(refusal(tooLong)).contains(Reply.Reason.DECISION_DIFFERS);
        assertThat(tell(round(tooLong, 30))).isPresent();
        Statement tooOften = asked(30, Period.ofDays(1), Duration.ofHours(12));
        assertThat(refusal(tooOften)).contains(Reply.Reason.DECISION_DIFFERS);
    }

    @Test
    void theOfficerWhoApprovedTheWatchStandsForEachRound() throws Exception {
        Round round = begun(30);
        Statement statement = statement(round);
        assertThat(party.admission.approvers(statement, org.entente.exchange.message.Message.read(statement)))
                .extracting(org.entente.memorandum.decision.Approver::officer)
                .containsExactly("fincen-analyst-1");
    }

    @Test
    void aWatchDoesNotGoAroundTheCeilingOfTheSpace() throws Exception {
        Round round = begun(30);
        party.pass(Duration.ofDays(40));
        String earlier = "insert into charge (statement, partner, act, amount, at) values (?, 'US', 'probe', ?, ?)";
        party.sql
                .sql(earlier)
                .params(round.watch.bytes(), 100_000 - ELEMENTS + 1, Timestamp.from(party.clock.instant()))
                .update();
        party.pass(Duration.ofDays(40));
        Round later = begun(30);
        assertThat(tell(later)).contains(Reply.Reason.QUOTA);
        party.sql
                .sql("delete from charge where statement = ?")
                .param(round.watch.bytes())
                .update();
        assertThat(tell(later)).isEmpty();
    }

    @Test
    void aWatchOfAnEpochThatIsOverIsRefusedWithItsRounds() throws Exception {
        Round round = begun(30);
        party.sql
                .sql("update epoch_index set ended_at = ?")
                .param(Timestamp.from(party.clock.instant()))
                .update();
        try {
            assertThat(tell(round)).contains(Reply.Reason.EPOCH_ENDED);
            assertThat(refusal(asked(30, Period.ofDays(1)))).contains(Reply.Reason.EPOCH_ENDED);
        } finally {
            party.sql.sql("update epoch_index set ended_at = null").update();
        }
    }

    private Round begun(int days) throws Exception {
        Statement watch = asked(days, Period.ofDays(1));
        assertThat(refusal(watch)).isEmpty();
        return round(watch, days);
    }

    private Round round(Statement watch, int days) {
        return new Round(
                watch.id(),
                PartyOnTrial.FINCEN,
                Digest.of(new byte[] {(byte) cases, 5}),
                questions.index(),
                ELEMENTS,
                new Rounds(watch.at(), watch.at().plus(Duration.ofDays(days)), new Term(Period.ofDays(1))));
    }

    private Statement asked(int days, Period each) throws Exception {
        return asked(days, each, each);
    }

    /** FINCEN begins a watch; its own node would have decided on terms that it may have, whatever it says. */
    private Statement asked(int days, Period honest, java.time.temporal.TemporalAmount each) throws Exception {
        cases++;
        Digest file = Digest.of(new byte[] {(byte) cases, 5});
        Instant at = UtcSeconds.whole(party.clock.instant());
        Rounds decided = new Rounds(at, at.plus(Duration.ofDays(Math.min(90, days))), new Term(honest));
        Comparison.WatchAsked message = new Comparison.WatchAsked(
                new Comparison.WatchAsked.Matter(file, Questions.COMPANY, Questions.PURPOSE, questions.index()),
                new Pace(ELEMENTS, at.plus(Duration.ofHours(12)), at.plus(Duration.ofDays(days)), new Term(each)),
                body,
                decision(PartyOnTrial.FINCEN, file, ELEMENTS, decided));
        StatementDraft draft = message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, at);
        Statement statement =
                party.partner.say(draft.withApprovals(List.of(asker.approve("watch", draft.approvalSubject(), at))));
        receive(statement);
        return statement;
    }

    private SentDecision decision(AuthorityCode from, Digest file, int elements, Rounds rounds) {
        Act act = new Act.Watch(
                new Circumstances(
                        from,
                        PartyOnTrial.UIF,
                        Questions.PURPOSE,
                        Questions.COMPANY,
                        UtcSeconds.whole(party.clock.instant())),
                new Grounds(
                        Optional.of(file.hex()),
                        Optional.of("31 U.S.C. 310"),
                        new java.util.TreeSet<>(List.of(Decisions.approver(asker.officer()))),
                        Decisions.noConsents()),
                new Act.Charge(elements, 0),
                party.indices.find(questions.index()).orElseThrow().facts().size(),
                rounds);
        try {
            return SentDecision.of(act, Passage.outgoing(act, party.memoranda.standings(PartyOnTrial.US)));
        } catch (IllegalArgumentException notPermitted) {
            return new SentDecision(
                    org.entente.evidence.canonical.CanonicalJson.text(act.toJson()),
                    org.entente.evidence.canonical.CanonicalJson.text(
                            Passage.outgoing(act, party.memoranda.standings(PartyOnTrial.US))
                                    .toJson()));
        }
    }

    private Statement statement(Round round) {
        Comparison.ProbeAsked message = new Comparison.ProbeAsked(
                new Comparison.Ground.UnderWatch(round.watch),
                Questions.COMPANY,
                Questions.PURPOSE,
                round.index,
                new Comparison.Batch(round.elements, round.file, round.file, body, body),
                decision(round.from, round.file, round.elements, round.rounds));
        return party.partner.say(message.draft(round.from, PartyOnTrial.UIF, UtcSeconds.whole(party.clock.instant())));
    }

    private Optional<Reply.Reason> tell(Round round) throws Exception {
        party.pass(Duration.ofSeconds(1));
        Statement statement = statement(round);
        receive(statement);
        return refusal(statement);
    }

    private static void receive(Statement statement) throws Exception {
        party.reception(effects -> effects).receive(PartyOnTrial.US, statement.json());
    }

    private static Optional<Reply.Reason> refusal(Statement statement) {
        return party.statements.ofKind(PartyOnTrial.US, Kind.REFUSED.word()).stream()
                .map(entry -> (Reply.Refused) entry.message())
                .filter(refused -> refused.statement().equals(statement.id()))
                .map(Reply.Refused::reason)
                .findFirst();
    }
}
