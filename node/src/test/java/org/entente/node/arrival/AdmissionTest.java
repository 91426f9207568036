package org.entente.node.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.message.Approvals;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.officer.Role;
import org.entente.node.officer.Officer;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose approvals count in what a partner says. */
@Timeout(180)
class AdmissionTest {
    private static final String PURPOSE = "reconcile";

    @TempDir
    static Path folder;

    private static PartyOnTrial party;
    private static Questions questions;
    private static Signer legal;
    private static Signer second;
    private static Signer analyst;
    private static Signer elsewhere;
    private static Signer ours;

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder);
        questions = Questions.about(party);
        legal = party.partnerOfficer("fincen-legal-1", PartyOnTrial.FINCEN, Role.LEGAL);
        second = party.partnerOfficer("fincen-legal-2", PartyOnTrial.FINCEN, Role.LEGAL);
        analyst = party.partnerOfficer("fincen-analyst-1", PartyOnTrial.FINCEN, Role.ANALYST);
        elsewhere = party.partnerOfficer("dea-legal-1", PartyOnTrial.DEA, Role.LEGAL);
        ours = party.officer("uif-legal-1", PartyOnTrial.UIF, Role.LEGAL);
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @Test
    void oneApprovalOfTheRightRoleIsEnoughAndTwoAreToo() throws Exception {
        StatementDraft draft = proposal(1);
        assertThat(refusal(draft.withApprovals(List.of(by(legal, draft))))).isEmpty();
        assertThat(refusal(draft.withApprovals(List.of(by(legal, draft), by(second, draft)))))
                .isEmpty();
        assertThat(refusal(draft.withApprovals(List.of(by(elsewhere, draft), by(legal, draft)))))
                .isEmpty();
    }

    @Test
    void withoutApprovalItHasNoEffect() throws Exception {
        assertNotApproved(proposal(2));
    }

    @Test
    void anApproverWhomNobodyAppointedIsNone() throws Exception {
        StatementDraft draft = proposal(3);
        Signer stranger = new Signer(new Officer("nobody-1", "nobody", PartyOnTrial.FINCEN, Role.LEGAL), legal.keys());
        assertNotApproved(draft.withApprovals(List.of(by(stranger, draft))));
    }

    @Test
    void anOfficerOfTheReceiverApprovesNothingOfTheSenders() throws Exception {
        StatementDraft draft = proposal(4);
        assertNotApproved(draft.withApprovals(List.of(by(ours, draft))));
        assertNotApproved(draft.withApprovals(List.of(by(legal, draft), by(ours, draft))));
    }

    @Test
    void noRegisterMakesAnOfficerOfTheReceiverOneOfTheSenders() throws Exception {
        StatementDraft draft = proposal(10);
        Statement statement = party.partner.say(draft.withApprovals(List.of(by(ours, draft))));
        Message message = Message.read(statement);
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> Approvals.verify(statement, message, _ -> Optional.of(ours.appointment())))
                .satisfies(
                        refused -> assertThat(refused.problem().code()).isEqualTo("exchange.approval-unknown-officer"));
    }

    @Test
    void anOfficerOfAnotherAuthorityDoesNotApproveAlone() throws Exception {
        StatementDraft draft = proposal(5);
        assertNotApproved(draft.withApprovals(List.of(by(elsewhere, draft))));
        assertNotApproved(draft.withApprovals(List.of(by(elsewhere, draft), by(analyst, draft))));
    }

    @Test
    void anotherRoleDoesNotApprove() throws Exception {
        StatementDraft draft = proposal(6);
        assertNotApproved(draft.withApprovals(List.of(by(analyst, draft))));
        Statement raised = new Approval(
                        analyst.officer().pseudonym(),
                        PartyOnTrial.FINCEN,
                        Role.LEGAL.word(),
                        PURPOSE,
                        draft.approvalSubject())
                .sign(party.clock.instant(), analyst.keys());
        assertNotApproved(draft.withApprovals(List.of(raised)));
    }

    @Test
    void anApprovalOfSomethingElseIsNone() throws Exception {
        StatementDraft draft = proposal(7);
        assertNotApproved(draft.withApprovals(List.of(by(legal, proposal(8)))));
        assertNotApproved(
                draft.withApprovals(List.of(legal.approve("release", draft.approvalSubject(), party.clock.instant()))));
    }

    @Test
    void theSameApprovalTwiceIsRefused() throws Exception {
        StatementDraft draft = proposal(9);
        assertNotApproved(draft.withApprovals(List.of(by(legal, draft), by(legal, draft))));
        assertNotApproved(draft.withApprovals(List.of(
                by(legal, draft),
                legal.approve(
                        PURPOSE, draft.approvalSubject(), party.clock.instant().plusSeconds(1)))));
    }

    @Test
    void aDecisionThatNamesOtherApproversThanApprovedIsFalse() throws Exception {
        Comparison.ProbeAsked message = questions.message(64, 0, analyst);
        StatementDraft draft = message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant());
        Signer other = party.partnerOfficer("fincen-analyst-2", PartyOnTrial.FINCEN, Role.ANALYST);
        Statement own = analyst.approve("probe", draft.approvalSubject(), party.clock.instant());
        Statement others = other.approve("probe", draft.approvalSubject(), party.clock.instant());
        assertThat(refusal(draft.withApprovals(List.of(own)))).isEmpty();
        assertThat(refusal(draft.withApprovals(List.of(others)))).contains(Reply.Reason.DECISION_DIFFERS);
        assertThat(refusal(draft.withApprovals(List.of(own, others)))).contains(Reply.Reason.DECISION_DIFFERS);
    }

    private static StatementDraft proposal(int number) {
        return new Comparison.ReconcileAsked(
                        party.memorandum.digest(),
                        new Category("public-list-entry"),
                        Questions.PURPOSE,
                        Digest.of(new byte[] {(byte) number}))
                .draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant());
    }

    private static Statement by(Signer signer, StatementDraft draft) {
        return signer.approve(PURPOSE, draft.approvalSubject(), party.clock.instant());
    }

    private static void assertNotApproved(StatementDraft draft) throws Malformed {
        assertThat(refusal(draft)).contains(Reply.Reason.NOT_APPROVED);
    }

    private static Optional<Reply.Reason> refusal(StatementDraft draft) throws Malformed {
        Statement statement = party.partner.say(draft);
        return party.admission.refusal(statement, Message.read(statement)).map(Reply.Refused::reason);
    }
}
