package org.entente.node.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Onward;
import org.entente.exchange.message.Reply;
import org.entente.exchange.message.SentDecision;
import org.entente.exchange.passage.Passage;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.DecisionRecord;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.decision.Item;
import org.entente.memorandum.decision.LegalHold;
import org.entente.memorandum.decision.Received;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Envelope;
import org.entente.memorandum.item.Grading;
import org.entente.memorandum.item.Handling;
import org.entente.memorandum.item.Marking;
import org.entente.memorandum.item.PersonCategory;
import org.entente.memorandum.item.Provenance;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.item.SecrecyRegime;
import org.entente.memorandum.item.Territory;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.Decisions;
import org.entente.node.trial.PartyOnTrial;
import org.entente.node.trial.Signer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A partner tells that an item of ours left its node: what it says is judged like any act, and listed for recall. */
class ExportToldTest {
    private static final Purpose LAUNDERING = new Purpose("money-laundering");
    private static final Digest CASE = Digest.of(new byte[] {4});

    @TempDir
    private static Path folder;

    private static PartyOnTrial party;
    private static Signer own;
    private static Signer liaison;
    private static Signer analyst;
    private static Signer elsewhere;

    private Statement release;

    @BeforeAll
    static void start() throws Exception {
        party = PartyOnTrial.start(folder, text -> text.replace("export: with consent", "export: freely"));
        own = party.officer("uif-liaison-1", PartyOnTrial.UIF, Role.LIAISON);
        liaison = party.partnerOfficer("fincen-liaison-1", PartyOnTrial.FINCEN, Role.LIAISON);
        analyst = party.partnerOfficer("fincen-analyst-1", PartyOnTrial.FINCEN, Role.ANALYST);
        elsewhere = party.partnerOfficer("dea-liaison-1", PartyOnTrial.DEA, Role.LIAISON);
    }

    @AfterAll
    static void stop() {
        party.close();
    }

    @BeforeEach
    void release() throws Exception {
        release = released();
        party.pass(Duration.ofDays(3));
    }

    @Test
    void anHonestOneHasItsEffectAndIsReceipted() throws Exception {
        Statement told = tell(received -> received, release.id());
        assertThat(refusal(told)).isEmpty();
        assertThat(party.statements.answers(told.id()))
                .anyMatch(answer ->
                        answer.message() instanceof Reply.Receipt receipt && receipt.stage() == Reply.Stage.DELIVERED);
        assertThat(party.statements.ofKind(PartyOnTrial.US, Kind.ITEM_EXPORTED.word()))
                .anyMatch(entry -> entry.statement().id().equals(told.id()));
    }

    @Test
    void factsThatTheReleaseDoesNotStateAreFalse() throws Exception {
        LegalHold order = new LegalHold("a court", "7/2026", LocalDate.of(2027, 1, 1));
        List<UnaryOperator<Received>> lies = List.of(
                received -> new Received(received.envelope(), received.on().plusDays(1), false, Optional.empty()),
                received -> new Received(envelope(Period.ofYears(4)), received.on(), false, Optional.empty()),
                received -> new Received(received.envelope(), received.on(), true, Optional.empty()),
                received -> new Received(received.envelope(), received.on(), false, Optional.of(order)));
        for (UnaryOperator<Received> lie : lies) {
            assertThat(refusal(tell(lie, release.id()))).contains(Reply.Reason.DECISION_DIFFERS);
        }
    }

    @Test
    void nobodyTellsOfWhatItWasNotGiven() throws Exception {
        assertThat(refusal(tell(received -> received, CASE))).contains(Reply.Reason.OUT_OF_DATE);
        assertThat(refusal(tell(PartyOnTrial.DEA, elsewhere, received -> received, release.id())))
                .contains(Reply.Reason.OUT_OF_DATE);
    }

    @Test
    void withoutAnOfficersApprovalItIsRefused() throws Exception {
        assertThat(refusal(tell(PartyOnTrial.FINCEN, analyst, received -> received, release.id())))
                .contains(Reply.Reason.NOT_APPROVED);
    }

    @Test
    void whatShouldBeGoneIsRefused() throws Exception {
        party.pass(Duration.ofDays(366 * 6L));
        assertThat(refusal(tell(received -> received, release.id()))).contains(Reply.Reason.DECISION_DIFFERS);
    }

    private static Statement released() throws Exception {
        Instant at = UtcSeconds.whole(party.clock.instant());
        Envelope envelope = envelope(Period.ofYears(5));
        Act act = new Act.Release(
                new Circumstances(PartyOnTrial.UIF, PartyOnTrial.FINCEN, LAUNDERING, envelope.category(), at),
                grounds(own),
                Item.of(envelope));
        Handover.ItemReleased message = new Handover.ItemReleased(
                Digest.of(new byte[] {1}),
                envelope,
                party.sealed(new byte[] {1, 2, 3}),
                List.of(),
                "AAAA",
                party.decisions.permit(act));
        return party.voice.say(message, PartyOnTrial.UIF, PartyOnTrial.FINCEN);
    }

    private static Envelope envelope(Period retention) {
        Provenance provenance = new Provenance(
                PartyOnTrial.UIF,
                new Territory("MX"),
                LocalDate.of(2026, 1, 31),
                "LFPIORPI",
                Optional.empty(),
                Digest.of(new byte[] {7}));
        Marking marking = new Marking(
                Optional.of(new Grading(Grading.Source.A, 1)),
                new Handling(Handling.Code.H1, Handling.Audience.CLEAR),
                SecrecyRegime.NONE,
                PersonCategory.NOT_A_PERSON);
        return Envelope.of(new Category("public-list-entry"), Set.of(LAUNDERING), provenance, marking, retention);
    }

    private static Grounds grounds(Signer approver) {
        return new Grounds(
                Optional.of(CASE.hex()),
                Optional.of("a law"),
                new TreeSet<>(List.of(Decisions.approver(approver.officer()))),
                Decisions.noConsents());
    }

    private Statement tell(UnaryOperator<Received> lie, Digest answered) throws Exception {
        return tell(PartyOnTrial.FINCEN, liaison, lie, answered);
    }

    private Statement tell(AuthorityCode from, Signer approver, UnaryOperator<Received> lie, Digest answered)
            throws Exception {
        return say(from, approver, decision(from, approver, lie), answered);
    }

    /** What the partner's own node would decide about what it claims, permitted or not. */
    private SentDecision decision(AuthorityCode from, Signer approver, UnaryOperator<Received> lie) {
        Received received = new Received(
                envelope(Period.ofYears(5)),
                LocalDate.ofInstant(release.at(), ZoneOffset.UTC),
                false,
                Optional.empty());
        Act act = new Act.Export(
                new Circumstances(
                        from,
                        PartyOnTrial.UIF,
                        LAUNDERING,
                        received.envelope().category(),
                        UtcSeconds.whole(party.clock.instant())),
                grounds(approver),
                lie.apply(received));
        DecisionRecord record = Passage.outgoing(act, party.memoranda.standings(PartyOnTrial.US));
        return new SentDecision(CanonicalJson.text(act.toJson()), CanonicalJson.text(record.toJson()));
    }

    private static Statement say(AuthorityCode from, Signer approver, SentDecision decision, Digest answered)
            throws Exception {
        Onward.ItemExported message = new Onward.ItemExported(answered, LAUNDERING, CASE, decision);
        Instant at = UtcSeconds.whole(party.clock.instant());
        StatementDraft draft = message.draft(from, PartyOnTrial.UIF, at);
        Statement statement = party.partner.say(
                draft.withApprovals(List.of(approver.approve("export", draft.approvalSubject(), at))));
        party.reception(effects -> effects).receive(PartyOnTrial.US, statement.json());
        return statement;
    }

    private static Optional<Reply.Reason> refusal(Statement statement) {
        return party.statements.ofKind(PartyOnTrial.US, Kind.REFUSED.word()).stream()
                .map(entry -> (Reply.Refused) entry.message())
                .filter(refused -> refused.statement().equals(statement.id()))
                .map(Reply.Refused::reason)
                .findFirst();
    }
}
