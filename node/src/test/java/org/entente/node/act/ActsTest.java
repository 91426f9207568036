package org.entente.node.act;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.Statement;
import org.entente.memorandum.officer.Role;
import org.entente.node.ledger.Voice;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An act is said with the approvals of those whom its draft names, each over that very draft, and once. */
@Timeout(180)
class ActsTest {
    private static final String PURPOSE = "reconcile";

    @TempDir
    static Path folder;

    private static PartyOnTrial party;
    private static Signer legal;
    private static Signer colleague;
    private static Signer analyst;
    private static Signer elsewhere;
    private static Signer foreign;
    private static int drafts;

    private Proposing proposing;
    private Acts acts;
    private ObjectNode facts;

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder);
        legal = party.officer("uif-legal-1", PartyOnTrial.UIF, Role.LEGAL);
        colleague = party.officer("uif-legal-2", PartyOnTrial.UIF, Role.LEGAL);
        analyst = party.officer("uif-analyst-1", PartyOnTrial.UIF, Role.ANALYST);
        elsewhere = party.officer("fgr-legal-1", PartyOnTrial.FGR, Role.LEGAL);
        foreign = party.partnerOfficer("fincen-legal-1", PartyOnTrial.FINCEN, Role.LEGAL);
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @BeforeEach
    void another() {
        proposing = new Proposing(party.clock);
        acts = party.acts(Map.of("reconcile", proposing));
        facts = facts();
    }

    private static ObjectNode facts() {
        drafts++;
        return JsonNodeFactory.instance
                .objectNode()
                .put("index", Digest.of(new byte[] {(byte) drafts, 7}).hex());
    }

    @Test
    void theOneWhoPreparedItApprovesAndItIsSaidOnceForAll() throws Exception {
        Digest subject = prepare(legal);
        ObjectNode said = approve(subject, legal);
        assertThat(said.required("approvals").asInt()).isEqualTo(1);
        Digest statement = Digest.parse(said.required("statement").asString());
        assertThat(approve(subject, legal).required("statement").asString()).isEqualTo(statement.hex());
        assertThat(proposing.said()).isEqualTo(1);
        assertThat(party.statements.find(statement).orElseThrow().statement().approvalSubject())
                .isEqualTo(subject);
        assertRefused("act.said-already", () -> prepared(legal));
        assertRefused("act.said-already", () -> prepared(colleague));
        assertThat(proposing.said()).isEqualTo(1);
    }

    @Test
    void nothingFurtherIsSaidToAPartnerThatIsTooFarBehind() throws Exception {
        Digest subject = prepare(legal);
        fillOutbox(Voice.WAITING_MAX + 1);
        assertRefused("act.partner-behind", () -> approve(subject, legal));
        assertRefused("act.partner-behind", () -> prepared(colleague));
        assertUnsaid(subject);
        party.sql
                .sql("delete from outbox where sequence in (select max(sequence) from outbox)")
                .update();
        approve(subject, legal);
        assertThat(proposing.said()).isEqualTo(1);
        party.sql.sql("delete from outbox").update();
    }

    private static void fillOutbox(int rows) {
        party.sql.sql("delete from outbox").update();
        party.sql.sql("""
                        with said as (
                            insert into statement (id, outgoing, kind, sender, receiver, stated_at, bytes, recorded_at)
                            select sha256(n::text::bytea), true, 'receipt', 'MX', 'US', now(), '', now()
                            from generate_series(1, ?) n returning id)
                        insert into outbox (partner, statement) select 'US', id from said""").param(rows).update();
    }

    @Test
    void anOfficerOfAnotherAuthorityFindsNoDraft() throws Exception {
        Digest subject = prepare(legal);
        assertNothingHere(() -> approve(subject, elsewhere));
        assertNothingHere(() -> acts.draft(subject, elsewhere.officer()));
        assertUnsaid(subject);
    }

    @Test
    void aPartnersOfficerFindsNoDraft() throws Exception {
        Digest subject = prepare(legal);
        assertNothingHere(() -> approve(subject, foreign));
        assertNothingHere(() -> acts.draft(subject, foreign.officer()));
        assertUnsaid(subject);
    }

    @Test
    void anApprovalUnderAPartnersKeysIsNone() throws Exception {
        Digest subject = prepare(legal);
        Statement forged = legal.approval(PURPOSE, subject).sign(party.clock.instant(), foreign.keys());
        assertRefused("signature.ed25519-false", () -> acts.approve(subject, Signer.handedIn(forged), legal.officer()));
        Statement foreigner = foreign.approve(PURPOSE, subject, party.clock.instant());
        assertRefused("signature.key-other", () -> acts.approve(subject, Signer.handedIn(foreigner), legal.officer()));
        assertUnsaid(subject);
    }

    @Test
    void aColleagueWhomTheDraftDoesNotNameFindsNothingToApprove() throws Exception {
        Digest subject = prepare(legal);
        assertNothingHere(() -> approve(subject, colleague));
        assertNothingHere(() -> approve(subject, analyst));
        assertUnsaid(subject);
        assertThat(approve(subject, legal).has("statement")).isTrue();
    }

    @Test
    void anApprovalInAnotherOfficeIsNone() throws Exception {
        Digest subject = prepare(legal);
        assertOther(subject, approval(PartyOnTrial.UIF, Role.LIAISON, PURPOSE, subject));
        assertOther(subject, approval(PartyOnTrial.FGR, Role.LEGAL, PURPOSE, subject));
        assertUnsaid(subject);
    }

    @Test
    void anApprovalOfSomethingElseIsNone() throws Exception {
        Digest subject = prepare(legal);
        facts = facts();
        Digest other = prepare(legal);
        assertOther(subject, approval(PartyOnTrial.UIF, Role.LEGAL, PURPOSE, other));
        assertOther(subject, approval(PartyOnTrial.UIF, Role.LEGAL, "release", subject));
        assertUnsaid(subject);
        assertUnsaid(other);
    }

    @Test
    void theSameOfficerTwiceIsNotTwoOfficers() throws Exception {
        Draft draft = ofBoth();
        party.drafts().keep(draft);
        approve(draft.subject(), legal);
        party.pass(Duration.ofSeconds(1));
        ObjectNode again = approve(draft.subject(), legal);
        assertThat(again.required("approvals").asInt()).isEqualTo(1);
        assertUnsaid(draft.subject());
        assertThat(approve(draft.subject(), colleague).has("statement")).isTrue();
        assertThat(proposing.said()).isEqualTo(1);
    }

    @Test
    void whatExpiredIsGoneAndItsApprovalsWithIt() throws Exception {
        Draft draft = ofBoth();
        party.drafts().keep(draft);
        approve(draft.subject(), legal);
        party.pass(Duration.ofHours(12));
        assertNothingHere(() -> approve(draft.subject(), colleague));
        assertNothingHere(() -> acts.draft(draft.subject(), legal.officer()));
        assertThat(prepared(colleague).required("approvals").asInt()).isZero();
        assertThat(party.count("approval where subject = '\\x" + draft.subject().hex() + "'"))
                .isZero();
        assertThat(approve(draft.subject(), colleague).has("statement")).isTrue();
        assertThat(party.statements
                        .find(party.drafts()
                                .find(draft.subject())
                                .orElseThrow()
                                .said()
                                .orElseThrow())
                        .orElseThrow()
                        .statement()
                        .at())
                .isEqualTo(party.clock.instant());
    }

    @Test
    void whatExpiredIsPreparedAnewByTheSameOfficer() throws Exception {
        Digest subject = prepare(legal);
        party.pass(Duration.ofHours(12));
        ObjectNode anew = prepared(legal);
        assertThat(anew.required("subject").asString()).isEqualTo(subject.hex());
        party.pass(Duration.ofHours(11));
        assertThat(approve(subject, legal).has("statement")).isTrue();
    }

    @Test
    void whatWasSaidStaysSaidAfterItsTime() throws Exception {
        Digest subject = prepare(legal);
        String statement = approve(subject, legal).required("statement").asString();
        party.pass(Duration.ofDays(2));
        assertThat(party.drafts().sweep()).isNotNegative();
        assertThat(acts.draft(subject, legal.officer()).required("statement").asString())
                .isEqualTo(statement);
        assertRefused("act.said-already", () -> prepared(legal));
    }

    @Test
    void whatOneOfficerLeftUnapprovedAColleagueMayTakeUp() throws Exception {
        Digest subject = prepare(legal);
        ObjectNode taken = prepared(colleague);
        assertThat(taken.required("subject").asString()).isEqualTo(subject.hex());
        assertThat(taken.required("approvers").get(0).asString()).isEqualTo("uif-legal-2");
        assertNothingHere(() -> approve(subject, legal));
        assertThat(approve(subject, colleague).has("statement")).isTrue();
    }

    @Test
    void whoeverTakesItUpAsksForApprovalsAnew() throws Exception {
        Draft draft = ofBoth();
        party.drafts().keep(draft);
        approve(draft.subject(), legal);
        assertThat(prepared(colleague).required("approvals").asInt()).isZero();
        party.drafts().keep(draft);
        approve(draft.subject(), colleague);
        assertUnsaid(draft.subject());
        party.drafts().keep(draft);
        assertThat(approve(draft.subject(), legal).required("approvals").asInt())
                .isEqualTo(2);
        assertThat(proposing.said()).isEqualTo(1);
    }

    @Test
    void twoHandsAtOnceSayItOnce() throws Exception {
        for (int round = 0; round < 10; round++) {
            facts = facts();
            Digest subject = prepare(legal);
            CyclicBarrier together = new CyclicBarrier(2);
            Callable<String> hand = () -> {
                together.await();
                return approve(subject, legal).required("statement").asString();
            };
            try (ExecutorService hands = Executors.newFixedThreadPool(2)) {
                List<Future<String>> statements = List.of(hands.submit(hand), hands.submit(hand));
                assertThat(statements.get(0).get()).isEqualTo(statements.get(1).get());
            }
            assertThat(proposing.said()).isEqualTo(round + 1);
        }
    }

    private ObjectNode prepared(Signer by) throws Exception {
        return acts.prepare("reconcile", facts, by.officer());
    }

    private Digest prepare(Signer by) throws Exception {
        return Digest.parse(prepared(by).required("subject").asString());
    }

    private ObjectNode approve(Digest subject, Signer by) throws Exception {
        return acts.approve(
                subject, Signer.handedIn(by.approve(PURPOSE, subject, party.clock.instant())), by.officer());
    }

    /** A draft that the legal adviser and the colleague must approve. */
    private Draft ofBoth() throws Exception {
        return proposing.prepare(Members.of(facts, ""), new Signatories(legal.officer(), List.of(colleague.officer())));
    }

    private Statement approval(AuthorityCode authority, Role role, String purpose, Digest subject) {
        return new Approval(legal.officer().pseudonym(), authority, role.word(), purpose, subject)
                .sign(party.clock.instant(), legal.keys());
    }

    private void assertOther(Digest subject, Statement approval) throws Exception {
        assertRefused(
                "approval.subject-other", () -> acts.approve(subject, Signer.handedIn(approval), legal.officer()));
    }

    private void assertUnsaid(Digest subject) throws Exception {
        assertThat(acts.draft(subject, legal.officer()).has("statement")).isFalse();
    }

    private static void assertNothingHere(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NothingHere.class);
    }

    private static void assertRefused(String code, ThrowingCallable call) {
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(call)
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }
}
