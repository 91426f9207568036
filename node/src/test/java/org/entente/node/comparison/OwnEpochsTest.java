package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Reply;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.matching.index.DamagedIndex;
import org.entente.matching.index.MatchInput;
import org.entente.matching.index.OwnIndex;
import org.entente.matching.probe.ProbeQuery;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.NothingHere;
import org.entente.node.act.RefusedAct;
import org.entente.node.trial.Companies;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An index of ours lives thirty days; here a withdrawal ends the memorandum after five. */
@Timeout(180)
class OwnEpochsTest {
    @TempDir
    Path folder;

    private PartyOnTrial party;
    private Questions questions;
    private Signer asker;

    @BeforeEach
    void start() throws Exception {
        party = PartyOnTrial.start(folder, text -> text.replace("notice: P60D", "notice: P5D"));
        questions = Questions.about(party);
        asker = party.partnerOfficer("fincen-analyst-1", PartyOnTrial.FINCEN, Role.ANALYST);
    }

    @AfterEach
    void stop() {
        party.close();
    }

    @Test
    void atItsEndTheKeyIsDestroyedAndThatIsSaidOnce() throws Exception {
        party.pass(Duration.ofDays(30).minusSeconds(1));
        party.epochs().sweep();
        assertThat(ends()).isEmpty();
        assertThat(keyIsHere()).isTrue();
        party.pass(Duration.ofSeconds(1));
        for (int time = 0; time < 2; time++) {
            party.epochs().sweep();
            assertThat(ends()).containsExactly(OwnEpochs.message(index(), Ending.Why.TERM));
            assertThat(keyIsHere()).isFalse();
        }
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> party.shelf.key(index().facts().root()))
                .satisfies(gone -> assertThat(gone.problem().code()).isEqualTo("keys.missing"));
    }

    @Test
    void theKeyGoesInTimeThoughThePartnerMayHaveHeardOfItBeforeACopyWasRestored() throws Exception {
        party.assurance().lose(PartyOnTrial.US);
        party.pass(Duration.ofDays(30));
        party.epochs().sweep();
        assertThat(keyIsHere()).isFalse();
        assertThat(ends()).isEmpty();
        party.assurance().gain(PartyOnTrial.US);
        for (int time = 0; time < 2; time++) {
            party.epochs().sweep();
            assertThat(ends()).containsExactly(OwnEpochs.message(index(), Ending.Why.TERM));
        }
    }

    @Test
    void aQuestionAfterTheEndIsRefusedAndOneThatWaitedStaysCharged() throws Exception {
        Statement waiting = questions.statement(64, 0, asker);
        receive(waiting);
        party.pass(Duration.ofDays(30));
        Statement late = questions.statement(64, 0, asker);
        receive(late);
        assertThat(refusals(late)).containsExactly(Reply.Reason.EPOCH_ENDED);
        evaluate(waiting, Runnable::run);
        assertThat(refusals(waiting)).containsExactly(Reply.Reason.EPOCH_ENDED);
        assertThat(party.count("charge where amount = 64")).isEqualTo(1);
        party.epochs().sweep();
        evaluate(waiting, effect -> {});
        assertThat(refusals(waiting)).hasSize(1);
    }

    @Test
    void aQuestionThatIsBeingEvaluatedWhenTheEpochEndsIsNotAnswered() throws Exception {
        Statement inFlight = questions.statement(realBatch(), asker);
        receive(inFlight);
        evaluate(inFlight, effect -> {
            party.transactions.executeWithoutResult(
                    status -> assertThat(party.epochs().destroy(index())).isTrue());
            effect.run();
        });
        assertThat(answers(inFlight)).isZero();
        assertThat(refusals(inFlight)).containsExactly(Reply.Reason.EPOCH_ENDED);
        assertThat(party.count("charge where amount = 64")).isEqualTo(1);
    }

    @Test
    void aQuestionThatWasEvaluatedInTimeIsAnswered() throws Exception {
        Statement question = questions.statement(realBatch(), asker);
        receive(question);
        evaluate(question, Runnable::run);
        assertThat(answers(question)).isEqualTo(1);
    }

    @Test
    void aCrashBetweenTheKeyAndTheStatementLeavesAnEpochThatIsSaidToHaveLostItsKey() throws Exception {
        party.transactions.executeWithoutResult(status -> {
            assertThat(party.epochs().destroy(index())).isTrue();
            status.setRollbackOnly();
        });
        assertThat(index().facts().ended()).isEmpty();
        Statement question = questions.statement(realBatch(), asker);
        receive(question);
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> evaluate(question, Runnable::run));
        party.epochs().sweep();
        assertThat(ends()).containsExactly(OwnEpochs.message(index(), Ending.Why.KEY_LOST));
        evaluate(question, Runnable::run);
        assertThat(refusals(question)).containsExactly(Reply.Reason.EPOCH_ENDED);
    }

    @Test
    void theEndOfTheMemorandumEndsTheEpoch() throws Exception {
        party.partnerWithdraws();
        party.pass(Duration.ofDays(5).minusSeconds(1));
        party.epochs().sweep();
        assertThat(ends()).isEmpty();
        party.pass(Duration.ofSeconds(1));
        party.epochs().sweep();
        assertThat(ends()).containsExactly(OwnEpochs.message(index(), Ending.Why.MEMORANDUM));
        assertThat(keyIsHere()).isFalse();
    }

    @Test
    void anOfficerOfTheHolderEndsItAtOnceAndOnce() throws Exception {
        Signer liaison = party.officer("uif-liaison-2", PartyOnTrial.UIF, Role.LIAISON);
        Signer stranger = party.officer("fgr-liaison-1", PartyOnTrial.FGR, Role.LIAISON);
        Signer analyst = party.officer("uif-analyst-9", PartyOnTrial.UIF, Role.ANALYST);
        assertThatExceptionOfType(NothingHere.class).isThrownBy(() -> order(stranger));
        assertThatExceptionOfType(RefusedAct.class).isThrownBy(() -> order(analyst));
        assertThat(approve(order(liaison), liaison).has("statement")).isTrue();
        assertThat(keyIsHere()).isFalse();
        assertThat(ends()).containsExactly(OwnEpochs.message(index(), Ending.Why.OFFICER));
        party.pass(Duration.ofDays(40));
        party.epochs().sweep();
        assertThat(ends()).hasSize(1);
        assertThatExceptionOfType(Malformed.class).isThrownBy(() -> order(liaison));
    }

    @Test
    void anOrderThatIsApprovedAfterTheEndEndsNothingTwice() throws Exception {
        Signer liaison = party.officer("uif-liaison-2", PartyOnTrial.UIF, Role.LIAISON);
        party.pass(Duration.ofDays(30).minusSeconds(1));
        ObjectNode order = order(liaison);
        party.pass(Duration.ofSeconds(1));
        party.epochs().sweep();
        assertThatExceptionOfType(RefusedAct.class)
                .isThrownBy(() -> approve(order, liaison))
                .satisfies(late -> assertThat(late.problem().code()).isEqualTo("comparison.epoch-ended"));
        assertThat(ends()).containsExactly(OwnEpochs.message(index(), Ending.Why.TERM));
    }

    @Test
    void whatOpensALeafIsKeptUntilNobodyHoldsAHitAndThenErased() throws Exception {
        Digest root = index().facts().root();
        party.pass(Duration.ofDays(30));
        party.epochs().sweep();
        OwnIndex own = party.shelf.own(root);
        assertThat(own.open(firstRecord(own))).isNotNull();
        party.pass(OwnEpochs.OPENING_LIFE.minusSeconds(1));
        party.epochs().sweep();
        assertThat(party.shelf.holdsOwn(root)).isTrue();
        party.pass(Duration.ofSeconds(1));
        party.epochs().sweep();
        assertThat(party.shelf.holdsOwn(root)).isFalse();
        assertThatExceptionOfType(Exception.class).isThrownBy(() -> party.shelf.open(root));
        assertThat(party.count("epoch_index where erased_at is null")).isZero();
    }

    /** Any entry may be a dummy, the first too. */
    private static long firstRecord(OwnIndex own) throws DamagedIndex {
        long position = 0;
        while (own.recordIds(position).isEmpty()) {
            position++;
        }
        return position;
    }

    @Test
    void theReadersAttestationIsKeptAndNobodyElsesIs() throws Exception {
        Ending.IndexErased erased = new Ending.IndexErased(questions.index(), 1);
        Statement foreign = say(erased, PartyOnTrial.DEA, PartyOnTrial.UIF);
        receive(foreign);
        assertThat(refusals(foreign)).containsExactly(Reply.Reason.OUT_OF_DATE);
        Statement elsewhere = say(erased, PartyOnTrial.FINCEN, PartyOnTrial.FGR);
        receive(elsewhere);
        assertThat(refusals(elsewhere)).containsExactly(Reply.Reason.OUT_OF_DATE);
        assertThat(party.count("epoch_index where attested is not null")).isZero();
        Statement theirs = say(erased, PartyOnTrial.FINCEN, PartyOnTrial.UIF);
        receive(theirs);
        party.pass(Duration.ofSeconds(1));
        receive(say(erased, PartyOnTrial.FINCEN, PartyOnTrial.UIF));
        assertThat(party.count("epoch_index where attested = '\\x" + theirs.id().hex() + "'"))
                .isEqualTo(1);
    }

    @Test
    void aPartnerEndsNoEpochOfOurs() throws Exception {
        Statement usurping = say(OwnEpochs.message(index(), Ending.Why.TERM), PartyOnTrial.FINCEN, PartyOnTrial.UIF);
        receive(usurping);
        assertThat(refusals(usurping)).containsExactly(Reply.Reason.OUT_OF_DATE);
        assertThat(index().facts().ended()).isEmpty();
        assertThat(keyIsHere()).isTrue();
    }

    private Comparison.ProbeAsked realBatch() throws Exception {
        List<MatchInput> inputs = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            inputs.add(ProbeAct.input(
                    IdentifierType.RFC.read(Companies.rfc(n)).identifier().orElseThrow()));
        }
        ProbeQuery query = ProbeQuery.prepare(inputs, ProbeAct.PADDING_STEP, party.random());
        BodyReference why = party.arrived("tried".getBytes(StandardCharsets.UTF_8));
        return questions.message(ProbeAct.batch(query, party.arrived(query.batchBytes()), why), 0, asker);
    }

    private void evaluate(Statement question, ComparisonWork.Once once) throws Exception {
        party.comparison()
                .evaluate(
                        question,
                        (Comparison.ProbeAsked) party.statements
                                .find(question.id())
                                .orElseThrow()
                                .message(),
                        effect -> once.run(() -> party.sequencer.write(effect)));
    }

    private ObjectNode order(Signer officer) throws Exception {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("index", questions.index().hex());
        return party.acts().prepare("epoch-ended", facts, officer.officer());
    }

    private ObjectNode approve(ObjectNode draft, Signer officer) throws Exception {
        Digest subject = Digest.parse(draft.required("subject").asString());
        return party.acts()
                .approve(
                        subject,
                        Signer.handedIn(officer.approve("epoch-ended", subject, party.clock.instant())),
                        officer.officer());
    }

    private Statement say(Ending ending, AuthorityCode from, AuthorityCode to) {
        return party.partner.say(ending.draft(from, to, party.clock.instant()));
    }

    private Indices.Announced index() {
        return party.indices.find(questions.index()).orElseThrow();
    }

    private boolean keyIsHere() {
        return party.shelf.holdsKey(index().facts().root());
    }

    private List<Ending> ends() {
        return party.statements.ofKind(PartyOnTrial.US, Kind.EPOCH_ENDED.word()).stream()
                .map(entry -> (Ending) entry.message())
                .toList();
    }

    private long answers(Statement question) {
        return party.statements.answers(question.id()).stream()
                .filter(entry -> entry.message() instanceof Comparison.ProbeAnswered)
                .count();
    }

    private void receive(Statement statement) throws Exception {
        party.reception(effects -> effects).receive(PartyOnTrial.US, statement.json());
    }

    private List<Reply.Reason> refusals(Statement statement) {
        return party.statements.answers(statement.id()).stream()
                .filter(entry -> entry.outgoing() && entry.message() instanceof Reply.Refused)
                .map(entry -> ((Reply.Refused) entry.message()).reason())
                .toList();
    }
}
