package org.entente.exchange.passage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.SeededRandom;
import org.entente.exchange.delivery.Parties;
import org.entente.exchange.message.Approvals;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Comparison.Ground;
import org.entente.exchange.message.Comparison.ProbeAsked;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Samples;
import org.entente.exchange.message.SentDecision;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.language.Memorandum;
import org.entente.memorandum.officer.Role;
import org.entente.memorandum.signing.Standing;
import org.junit.jupiter.api.Test;

class PassageTest {
    private static final Instant NOON = Parties.NOON;
    private static final String EXAMPLE = text();
    private static final Memorandum MEMORANDUM = example();
    private static final List<Standing> IN_FORCE = List.of(new Standing.InForce(MEMORANDUM, NOON.minusSeconds(60)));
    private static final SecretKeys NODE = SecretKeys.generate(new SeededRandom(41));
    private static final SecretKeys OFFICER = SecretKeys.generate(new SeededRandom(42));
    private static final Approver ANALYST = new Approver(Parties.UIF, "analyst.7", Role.ANALYST);
    private static final Category COMPANY = new Category("company");
    private static final Purpose DRUGS = new Purpose("drug-trafficking");

    private final Samples samples = new Samples(6);
    private final Ground.UnderCase ground = new Ground.UnderCase(samples.digest());
    private final Comparison.Batch batch =
            new Comparison.Batch(64, samples.digest(), samples.digest(), samples.body(), samples.body());

    @Test
    void bothPermit() {
        assertThat(receive(probe(act(0)), IN_FORCE, UnaryOperator.identity())).isInstanceOf(Passage.Permitted.class);
    }

    @Test
    void theReceiversOwnCountOfTheQuotaDecidesToo() {
        Passage outcome = receive(probe(act(0)), IN_FORCE, _ -> act(2_000));
        assertThat(outcome).isInstanceOf(Passage.NotPermitted.class);
    }

    @Test
    void aFactThatTheStatementDoesNotStateIsTheSendersError() {
        Act other = new Act.Probe(
                new Circumstances(Parties.UIF, Parties.FINCEN, DRUGS, COMPANY, NOON),
                Grounds.approvedBy(ANALYST).forCase(ground.digest().hex(), "Ley"),
                new Act.Charge(63, 0),
                1_000);
        assertThat(receive(probe(other), IN_FORCE, UnaryOperator.identity()))
                .asString()
                .contains("identifiers");
        Act backdated = new Act.Probe(
                new Circumstances(Parties.UIF, Parties.FINCEN, DRUGS, COMPANY, NOON.minusSeconds(1)),
                Grounds.approvedBy(ANALYST).forCase(ground.digest().hex(), "Ley"),
                new Act.Charge(64, 0),
                1_000);
        assertThat(receive(probe(backdated), IN_FORCE, UnaryOperator.identity()))
                .isInstanceOf(Passage.False.class)
                .asString()
                .contains("exchange.act-differs[at]");
    }

    @Test
    void anApprovalThatWasNotGivenIsTheSendersError() {
        ProbeAsked message = probe(act(0));
        Passage outcome = Passage.incoming(
                new Passage.Incoming(statement(message), message, Optional.empty(), new TreeSet<>(), Set.of()),
                new Passage.Here(IN_FORCE, List.of(), UnaryOperator.identity()));
        assertThat(outcome).asString().contains("approvers");
    }

    @Test
    void aRecordThatItsInputsDoNotGiveIsTheSendersError() {
        ProbeAsked honest = probe(act(0));
        SentDecision forged =
                new SentDecision(honest.sent().act(), honest.sent().record().replace("\"2.2\"", "\"2.1\""));
        ProbeAsked message = new ProbeAsked(ground, COMPANY, DRUGS, honest.index(), batch, forged);
        assertThat(receive(message, IN_FORCE, UnaryOperator.identity()))
                .asString()
                .contains("exchange.decision-differs");
    }

    @Test
    void anotherStandingHereIsADifference() {
        List<Standing> suspended = List.of(new Standing.Suspended(MEMORANDUM, Samples.US, NOON, new TreeSet<>()));
        assertThat(receive(probe(act(0)), suspended, UnaryOperator.identity()))
                .asString()
                .contains("exchange.decision-differs");
    }

    @Test
    void aTextThatNotEveryPartyHasSignedEntersNoDecision() throws Malformed {
        List<Standing> withDrafts = new ArrayList<>(IN_FORCE);
        withDrafts.add(new Standing.Draft(Memorandum.parseYaml(EXAMPLE.replace("version: 1", "version: 2"))));
        withDrafts.add(new Standing.Signed(
                Memorandum.parseYaml(EXAMPLE.replace("version: 1", "version: 3")),
                new TreeMap<>(Map.of(Samples.US, NOON))));
        assertThat(receive(probe(act(0)), withDrafts, UnaryOperator.identity())).isInstanceOf(Passage.Permitted.class);
        SentDecision atTheSender = SentDecision.of(act(0), Passage.outgoing(act(0), withDrafts));
        assertThat(atTheSender).isEqualTo(SentDecision.of(act(0), Passage.outgoing(act(0), IN_FORCE)));
    }

    @Test
    void aMemorandumThatIsNotInForceHerePermitsNothing() {
        for (List<Standing> here : List.of(
                List.<Standing>of(),
                List.<Standing>of(new Standing.Draft(MEMORANDUM)),
                List.<Standing>of(new Standing.Signed(MEMORANDUM, new TreeMap<>(Map.of(Samples.MX, NOON)))))) {
            assertThat(receive(probe(act(0)), here, UnaryOperator.identity()))
                    .isInstanceOf(Passage.False.class)
                    .asString()
                    .contains("exchange.decision-differs");
        }
    }

    @Test
    void whatTheMemorandumDoesNotNameIsNeverSent() {
        Act politics = new Act.Probe(
                new Circumstances(Parties.UIF, Parties.FINCEN, new Purpose("politics"), COMPANY, NOON),
                Grounds.approvedBy(ANALYST).forCase("1", "Ley"),
                new Act.Charge(64, 0),
                1_000);
        assertThatThrownBy(() -> SentDecision.of(politics, Passage.outgoing(politics, IN_FORCE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerIsJudgedByItsQuestion() {
        ProbeAsked asked = probe(act(0));
        Comparison.ProbeAnswered answer = new Comparison.ProbeAnswered(samples.digest(), samples.body(), asked.sent());
        Statement statement = Statement.sign(answer.draft(Parties.FINCEN, Parties.UIF, NOON), NODE);
        TreeSet<Approver> approvers = new TreeSet<>(Set.of(ANALYST));
        Passage.Here here = new Passage.Here(IN_FORCE, List.of(), UnaryOperator.identity());
        assertThat(Passage.incoming(
                        new Passage.Incoming(statement, answer, Optional.of(asked), approvers, Set.of()), here))
                .isInstanceOf(Passage.Permitted.class);
        assertThat(Passage.incoming(
                        new Passage.Incoming(statement, answer, Optional.empty(), approvers, Set.of()), here))
                .isInstanceOf(Passage.NotJudged.class);
    }

    @Test
    void approvalsAreOfAppointedOfficersForExactlyThisStatement() throws Malformed {
        ProbeAsked message = probe(act(0));
        StatementDraft draft = message.draft(Parties.UIF, Parties.FINCEN, NOON);
        Statement approval =
                new Approval("analyst.7", Parties.UIF, "analyst", "probe", draft.approvalSubject()).sign(NOON, OFFICER);
        OfficerAppointment appointed =
                new OfficerAppointment("analyst.7", Parties.UIF, "analyst", OFFICER.publicKeys());
        Statement approved = Statement.sign(draft.withApprovals(List.of(approval)), NODE);
        assertThat(Message.read(approved)).isEqualTo(message);
        assertThat(Approvals.verify(approved, message, _ -> Optional.of(appointed)))
                .extracting(Approval::officer)
                .containsExactly("analyst.7");
        assertThatThrownBy(() -> Approvals.verify(approved, message, _ -> Optional.empty()))
                .hasMessageContaining("exchange.approval-unknown-officer");
        assertThatThrownBy(() -> Approvals.verify(statement(message), message, _ -> Optional.of(appointed)))
                .hasMessageContaining("exchange.approval-missing");
        Statement inTime = new Approval("analyst.7", Parties.UIF, "analyst", "probe", draft.approvalSubject())
                .sign(NOON.plus(Duration.ofHours(24)), OFFICER);
        assertThat(Approvals.verify(
                        Statement.sign(draft.withApprovals(List.of(inTime)), NODE),
                        message,
                        _ -> Optional.of(appointed)))
                .hasSize(1);
        Statement late = new Approval("analyst.7", Parties.UIF, "analyst", "probe", draft.approvalSubject())
                .sign(NOON.plus(Duration.ofHours(24)).plusSeconds(1), OFFICER);
        assertThatThrownBy(() -> Approvals.verify(
                        Statement.sign(draft.withApprovals(List.of(late)), NODE), message, _ -> Optional.of(appointed)))
                .hasMessageContaining("exchange.approval-late");
        Statement twice = Statement.sign(draft.withApprovals(List.of(approval, approval)), NODE);
        assertThatThrownBy(() -> Approvals.verify(twice, message, _ -> Optional.of(appointed)))
                .hasMessageContaining("exchange.approval-twice");
        StatementDraft later = new ProbeAsked(ground, COMPANY, DRUGS, samples.digest(), batch, message.sent())
                .draft(Parties.UIF, Parties.FINCEN, NOON);
        Statement moved = Statement.sign(later.withApprovals(List.of(approval)), NODE);
        assertThatThrownBy(() -> Approvals.verify(moved, message, _ -> Optional.of(appointed)))
                .hasMessageContaining("exchange.approval-not-for-this");
    }

    private Act act(long alreadyCharged) {
        return new Act.Probe(
                new Circumstances(Parties.UIF, Parties.FINCEN, DRUGS, COMPANY, NOON),
                Grounds.approvedBy(ANALYST).forCase(ground.digest().hex(), "Ley"),
                new Act.Charge(64, alreadyCharged),
                1_000);
    }

    private ProbeAsked probe(Act act) {
        return new ProbeAsked(
                ground, COMPANY, DRUGS, samples.digest(), batch, SentDecision.of(act, Passage.outgoing(act, IN_FORCE)));
    }

    private static Statement statement(Message message) {
        return Statement.sign(message.draft(Parties.UIF, Parties.FINCEN, NOON), NODE);
    }

    private static Passage receive(ProbeAsked message, List<Standing> standings, UnaryOperator<Act> ownFacts) {
        return Passage.incoming(
                new Passage.Incoming(
                        statement(message), message, Optional.empty(), new TreeSet<>(Set.of(ANALYST)), Set.of()),
                new Passage.Here(standings, List.of(), ownFacts));
    }

    private static Memorandum example() {
        try {
            return Memorandum.parseYaml(EXAMPLE);
        } catch (Malformed refused) {
            throw new AssertionError(refused);
        }
    }

    private static String text() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("examples/mx-us.yaml");
            if (Files.isRegularFile(file)) {
                try {
                    return Files.readString(file);
                } catch (IOException refused) {
                    throw new AssertionError(refused);
                }
            }
        }
        throw new AssertionError("examples/mx-us.yaml is missing");
    }
}
