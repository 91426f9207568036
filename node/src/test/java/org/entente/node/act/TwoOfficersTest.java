package org.entente.node.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.message.Approvals;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.memorandum.officer.Role;
import org.entente.node.officer.Officer;
import org.entente.node.trial.Inquiry;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Questions;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A memorandum that wants two officers for a probe (clause 2.2), on both sides. */
@Timeout(180)
class TwoOfficersTest {
    private static final String ONE = "needs: {case: yes, legal basis: yes, officers: 1}";
    private static final String TWO = "needs: {case: yes, legal basis: yes, officers: 2}";

    @TempDir
    static Path folder;

    private static PartyOnTrial party;
    private static Inquiry inquiry;
    private static Questions questions;
    private static Signer analyst;
    private static Signer liaison;
    private static Signer asker;
    private static Signer second;

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(
                folder,
                text -> text.substring(0, text.indexOf(ONE)) + TWO + text.substring(text.indexOf(ONE) + ONE.length()));
        analyst = party.officer("uif-analyst-1", PartyOnTrial.UIF, Role.ANALYST);
        liaison = party.officer("uif-liaison-1", PartyOnTrial.UIF, Role.LIAISON);
        party.officer("uif-legal-1", PartyOnTrial.UIF, Role.LEGAL);
        party.officer("administrator", PartyOnTrial.UIF, Role.ADMINISTRATOR);
        party.officer("fgr-analyst-1", PartyOnTrial.FGR, Role.ANALYST);
        asker = party.partnerOfficer("fincen-analyst-1", PartyOnTrial.FINCEN, Role.ANALYST);
        second = party.partnerOfficer("fincen-liaison-1", PartyOnTrial.FINCEN, Role.LIAISON);
        inquiry = Inquiry.open(party, analyst);
        questions = Questions.about(party);
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @Test
    void anActThatNamesOneIsRefusedWithTheClause() {
        assertThatExceptionOfType(RefusedAct.class)
                .isThrownBy(() -> prepare(inquiry.facts(1)))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("memorandum.decision.needs-officers");
                    assertThat(refused.clauses()).containsExactly("MX-US/2025-09 2.2");
                });
    }

    @Test
    void aWatchNeedsBothTooAndItsRoundsRestOnBoth() throws Exception {
        ObjectNode facts = inquiry.facts(1)
                .put("until", UtcSeconds.print(party.clock.instant().plusSeconds(86_400)));
        assertThatExceptionOfType(RefusedAct.class)
                .isThrownBy(() -> party.acts().prepare("watch", facts.deepCopy(), analyst.officer()))
                .satisfies(refused ->
                        assertThat(refused.problem().code()).isEqualTo("memorandum.decision.needs-officers"));
        facts.putArray("with").add("uif-liaison-1");
        ObjectNode draft = party.acts().prepare("watch", facts, analyst.officer());
        Digest subject = Digest.parse(draft.required("subject").asString());
        ObjectNode half = party.acts()
                .approve(
                        subject,
                        Signer.handedIn(analyst.approve("watch", subject, party.clock.instant())),
                        analyst.officer());
        assertThat(half.has("statement")).isFalse();
        ObjectNode whole = party.acts()
                .approve(
                        subject,
                        Signer.handedIn(liaison.approve("watch", subject, party.clock.instant())),
                        liaison.officer());
        assertThat(approvers(Digest.parse(whole.required("statement").asString())))
                .containsExactlyInAnyOrder("uif-analyst-1", "uif-liaison-1");
    }

    @Test
    void aSensitiveCategoryCannotBeProbedOrWatchedAtAllBecauseNoIndexOfItMayBeShared() {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(() -> org.entente.memorandum.language.Memorandum.parseYaml(
                        java.nio.file.Files.readString(org.entente.node.partner.Understanding.text())
                                .replaceFirst("(?s)(company:.*?)sensitive: no", "$1sensitive: yes")))
                .satisfies(refused ->
                        assertThat(refused.problem().code()).isEqualTo("memorandum.language.sensitive-shared-index"));
    }

    @Test
    void itIsSaidWhenBothHaveApprovedInWhateverOrder() throws Exception {
        for (List<Signer> order : List.of(List.of(analyst, liaison), List.of(liaison, analyst))) {
            ObjectNode draft = prepare(with("uif-liaison-1"));
            Digest subject = Digest.parse(draft.required("subject").asString());
            assertThat(draft.required("approvers").size()).isEqualTo(2);
            assertThat(waiting(analyst)).containsExactly(subject.hex());
            assertThat(waiting(liaison)).containsExactly(subject.hex());
            ObjectNode half = approve(subject, order.getFirst());
            assertThat(half.has("statement")).isFalse();
            assertThat(half.required("approvedBy").get(0).asString())
                    .isEqualTo(order.getFirst().officer().pseudonym());
            assertThat(waiting(order.getFirst())).isEmpty();
            assertThat(waiting(order.getLast())).containsExactly(subject.hex());
            ObjectNode whole = approve(subject, order.getLast());
            assertThat(waiting(order.getLast())).isEmpty();
            assertThat(approvers(Digest.parse(whole.required("statement").asString())))
                    .containsExactlyInAnyOrder("uif-analyst-1", "uif-liaison-1");
        }
        assertThat(party.count("probe where asked_by = 'uif-analyst-1'")).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "nobody-1,act.colleague-unknown",
        "fgr-analyst-1,act.colleague-unknown",
        "fincen-analyst-1,act.colleague-unknown",
        "uif-analyst-1,act.colleague-twice",
        "UIF Liaison,officer.pseudonym-malformed"
    })
    void onlyAColleagueOfTheSameAuthorityIsNamed(String pseudonym, String code) {
        assertRefused(code, () -> prepare(with(pseudonym)));
    }

    @Test
    void nobodyIsNamedTwiceOrInAnEmptyList() {
        assertRefused("act.colleague-twice", () -> prepare(with("uif-liaison-1", "uif-liaison-1")));
        assertRefused("json.array-size", () -> prepare(with()));
        assertRefused("json.array-expected", () -> prepare(inquiry.facts(1).put("with", "uif-liaison-1")));
    }

    @ParameterizedTest
    @CsvSource({"uif-legal-1", "administrator"})
    void aColleagueWhoseRoleMayNotDoItIsRefused(String pseudonym) {
        assertThatExceptionOfType(RefusedAct.class)
                .isThrownBy(() -> prepare(with(pseudonym)))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo("officer.role-lacks"));
    }

    @Test
    void thePartnerIsHeldToTwoAsWell() throws Exception {
        Comparison.ProbeAsked message = questions.message(64, 0, asker, second);
        StatementDraft draft = message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant());
        Statement one = asker.approve("probe", draft.approvalSubject(), party.clock.instant());
        Statement other = second.approve("probe", draft.approvalSubject(), party.clock.instant());
        assertThat(refusal(draft.withApprovals(List.of(one, other)))).isEmpty();
        assertThat(refusal(draft.withApprovals(List.of(one)))).contains(Reply.Reason.DECISION_DIFFERS);
        assertThat(refusal(draft.withApprovals(List.of(one, one)))).contains(Reply.Reason.NOT_APPROVED);
    }

    @Test
    void onePersonUnderTwoNamesIsNotTwoOfficers() throws Exception {
        Signer alias = new Signer(
                new Officer("fincen-analyst-9", "fincen-analyst-9", PartyOnTrial.FINCEN, Role.ANALYST), asker.keys());
        party.officers.learn(alias.appointment());
        Comparison.ProbeAsked message = questions.message(64, 0, asker, alias);
        StatementDraft draft = message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant());
        Statement one = asker.approve("probe", draft.approvalSubject(), party.clock.instant());
        Statement other = alias.approve("probe", draft.approvalSubject(), party.clock.instant());
        assertThat(refusal(draft.withApprovals(List.of(one, other)))).contains(Reply.Reason.NOT_APPROVED);
    }

    private static Optional<Reply.Reason> refusal(StatementDraft draft) throws Malformed {
        Statement statement = party.partner.say(draft);
        return party.admission.refusal(statement, Message.read(statement)).map(Reply.Refused::reason);
    }

    private static List<String> approvers(Digest statement) throws Malformed {
        var said = party.statements.find(statement).orElseThrow();
        return Approvals.verify(
                        said.statement(),
                        said.message(),
                        pseudonym -> party.officers.appointment(PartyOnTrial.MX, pseudonym))
                .stream()
                .map(Approval::officer)
                .toList();
    }

    private static ObjectNode with(String... pseudonyms) {
        ObjectNode facts = inquiry.facts(1);
        ArrayNode array = facts.putArray("with");
        List.of(pseudonyms).forEach(array::add);
        return facts;
    }

    private static ObjectNode prepare(ObjectNode facts) throws Exception {
        return party.acts().prepare("probe", facts, analyst.officer());
    }

    private static ObjectNode approve(Digest subject, Signer by) throws Exception {
        return party.acts()
                .approve(subject, Signer.handedIn(by.approve("probe", subject, party.clock.instant())), by.officer());
    }

    private static List<String> waiting(Signer signer) throws Malformed {
        return party.acts().waitingFor(signer.officer()).stream()
                .map(draft -> draft.required("subject").asString())
                .toList();
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }
}
