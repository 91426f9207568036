package org.entente.node.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.entente.casework.cases.CaseReference;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Kind;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.matching.index.BuiltIndex;
import org.entente.matching.index.IndexBuilder;
import org.entente.matching.index.IndexPlan;
import org.entente.matching.index.IndexRecord;
import org.entente.matching.index.Label;
import org.entente.matching.oprf.EpochKey;
import org.entente.memorandum.officer.Role;
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

/** An index that the partner has announced and given to us, for ten days. */
@Timeout(180)
class ReceivedIndicesTest {
    private static final Duration LIFE = Duration.ofDays(10);
    private static final int COMPANIES = 60;
    private static final int PADDED = 64;

    @TempDir
    Path folder;

    private PartyOnTrial party;
    private Signer liaison;
    private Signer analyst;
    private EpochKey key;
    private BuiltIndex built;
    private BodyReference body;
    private Statement announcement;

    @BeforeEach
    void start() throws Exception {
        party = PartyOnTrial.start(folder);
        liaison = party.partnerOfficer("fincen-liaison-1", PartyOnTrial.FINCEN, Role.LIAISON);
        analyst = party.officer("uif-analyst-1", PartyOnTrial.UIF, Role.ANALYST);
        party.cases.open(CaseReference.parse("A-1"), party.memorandum.digest(), Questions.PURPOSE, analyst.officer());
        key = EpochKey.generate(party.random());
        built = build();
        body = party.arrived(built.bytes());
        announcement = announce(0, built, body);
        receive(announcement);
        open(announcement);
    }

    @AfterEach
    void stop() {
        party.close();
    }

    @Test
    void theCopyIsErasedWhenThePartnerSaysThatItsEpochHasEnded() throws Exception {
        assertThat(copies()).isEqualTo(2);
        Statement ended = say(ended(key), PartyOnTrial.FINCEN, PartyOnTrial.UIF);
        receive(ended);
        receive(ended);
        for (int time = 0; time < 2; time++) {
            party.received().sweep();
            assertThat(copies()).isZero();
            assertThat(attested()).containsExactly(new Ending.IndexErased(announcement.id(), 1));
        }
        party.pass(Duration.ofSeconds(1));
        receive(say(ended(key), PartyOnTrial.FINCEN, PartyOnTrial.UIF));
        party.received().sweep();
        assertThat(attested()).hasSize(1);
    }

    @Test
    void theCopyIsErasedInTimeAndAttestedWhenItIsKnownThatItWasNot() {
        party.assurance().lose(PartyOnTrial.US);
        party.pass(LIFE);
        party.received().sweep();
        assertThat(copies()).isZero();
        assertThat(attested()).isEmpty();
        party.assurance().gain(PartyOnTrial.US);
        party.received().sweep();
        party.received().sweep();
        assertThat(attested()).hasSize(1);
    }

    @Test
    void whatWasAttestedBeforeACopyWasRestoredIsErasedAgainAndNotAttestedAgain() throws Exception {
        Ending.IndexErased before = new Ending.IndexErased(announcement.id(), 1);
        Statement said = party.voice.say(
                before.draft(PartyOnTrial.UIF, PartyOnTrial.FINCEN, party.clock.instant()),
                before,
                PartyOnTrial.US,
                one -> {});
        party.recalled().recall(said, before, List.of());
        assertThat(copies()).isZero();
        party.pass(LIFE);
        party.received().sweep();
        assertThat(attested()).containsExactly(before);
    }

    @Test
    void theCopyIsErasedAtTheEndThatWasAnnouncedWhateverThePartnerSays() {
        party.pass(LIFE.minusSeconds(1));
        party.received().sweep();
        assertThat(copies()).isEqualTo(2);
        party.pass(Duration.ofSeconds(1));
        party.received().sweep();
        assertThat(copies()).isZero();
        assertThat(attested()).hasSize(1);
    }

    @Test
    void onlyTheHolderEndsItsEpochAndOnlyUnderItsKey() throws Exception {
        EpochKey other = EpochKey.generate(party.random());
        Ending.EpochEnded unknown = new Ending.EpochEnded(
                Digest.of(new byte[] {1}), Base64Text.url(key.publicKey().encode()), Ending.Why.TERM);
        for (Statement wrong : List.of(
                say(ended(key), PartyOnTrial.DEA, PartyOnTrial.UIF),
                say(ended(key), PartyOnTrial.FINCEN, PartyOnTrial.FGR),
                say(ended(other), PartyOnTrial.FINCEN, PartyOnTrial.UIF),
                say(unknown, PartyOnTrial.FINCEN, PartyOnTrial.UIF))) {
            receive(wrong);
            assertThat(refusal(wrong)).contains(Reply.Reason.OUT_OF_DATE);
        }
        party.received().sweep();
        assertThat(copies()).isEqualTo(2);
    }

    @Test
    void anOfficersEndWantsTheOfficersApproval() throws Exception {
        Ending.EpochEnded ordered = new Ending.EpochEnded(
                announcement.id(), Base64Text.url(key.publicKey().encode()), Ending.Why.OFFICER);
        Statement unapproved = say(ordered, PartyOnTrial.FINCEN, PartyOnTrial.UIF);
        receive(unapproved);
        assertThat(refusal(unapproved)).contains(Reply.Reason.NOT_APPROVED);
        party.pass(Duration.ofSeconds(1));
        receive(approved(ordered, "epoch-ended"));
        party.received().sweep();
        assertThat(copies()).isZero();
    }

    @Test
    void nobodyAsksAnIndexWhoseEpochHasEndedNorAnnouncesChangesToIt() throws Exception {
        ObjectNode early = ask();
        receive(say(ended(key), PartyOnTrial.FINCEN, PartyOnTrial.UIF));
        assertThatExceptionOfType(Malformed.class)
                .isThrownBy(this::ask)
                .satisfies(late -> assertThat(late.problem().code()).isEqualTo("comparison.epoch-ended"));
        Digest subject = Digest.parse(early.required("subject").asString());
        assertThatExceptionOfType(org.entente.node.act.RefusedAct.class).isThrownBy(() -> approve("probe", subject));
        assertThat(party.count("charge")).isZero();
        Statement late = announce(1, built, body);
        receive(late);
        assertThat(refusal(late)).contains(Reply.Reason.OUT_OF_DATE);
    }

    @Test
    void theCopyWaitsADayForTheAnswersToWhatWasAskedBefore() throws Exception {
        party.pass(LIFE.minusSeconds(1));
        approve("probe", Digest.parse(ask().required("subject").asString()));
        party.pass(Duration.ofSeconds(1));
        party.received().sweep();
        assertThat(copies()).isEqualTo(2);
        party.pass(ReceivedIndices.LAST_ANSWERS);
        party.received().sweep();
        assertThat(copies()).isZero();
        assertThat(party.probes.of(PartyOnTrial.UIF).getFirst().details().problem())
                .contains("epoch-ended");
    }

    @Test
    void aCopyThatComesToBeOpenedAfterTheEndIsNotKept() throws Exception {
        receive(say(ended(key), PartyOnTrial.FINCEN, PartyOnTrial.UIF));
        party.received().sweep();
        party.arrived(built.bytes());
        open(announcement);
        assertThat(Files.exists(indexFile())).isFalse();
    }

    @Test
    void theEndHasItsEffectWhileTheMemorandumRests() throws Exception {
        party.partnerSuspends();
        party.pass(Duration.ofSeconds(1));
        receive(say(ended(key), PartyOnTrial.FINCEN, PartyOnTrial.UIF));
        party.received().sweep();
        assertThat(copies()).isZero();
    }

    private BuiltIndex build() {
        Digest context = IndexAct.context(scope(), PartyOnTrial.FINCEN, PartyOnTrial.UIF, 0);
        IndexPlan plan = new IndexPlan(
                org.entente.matching.index.Digest.of(context.bytes()),
                0,
                PADDED,
                1,
                Comparator.comparing(Label::cleared));
        List<IndexRecord> records = IntStream.range(0, COMPANIES)
                .mapToObj(n -> new IndexRecord(
                        ProbeAct.input(IdentifierType.RFC
                                .read(Companies.rfc(n))
                                .identifier()
                                .orElseThrow()),
                        new Label(0, 0, false, false, 20_000),
                        "record-" + n))
                .toList();
        return (BuiltIndex) new IndexBuilder(key, plan, party.random()).build(records, (done, of) -> {});
    }

    private Comparison.Scope scope() {
        return new Comparison.Scope(party.memorandum.digest(), Questions.COMPANY, Optional.of(Questions.PURPOSE));
    }

    private Statement announce(int generation, BuiltIndex index, BodyReference sealed) {
        return approved(
                new Comparison.IndexAnnounced(
                        scope(),
                        new Comparison.Epoch(
                                0,
                                announcement == null
                                        ? party.clock.instant().plus(LIFE)
                                        : ((Comparison.IndexAnnounced) message(announcement))
                                                .epoch()
                                                .until()),
                        Comparison.MatchMode.SHARED_INDEX,
                        new Comparison.IndexCommitment(
                                Base64Text.url(key.publicKey().encode()),
                                PADDED,
                                Digest.ofBytes(index.root().bytes()),
                                generation),
                        Optional.of(sealed)),
                "index");
    }

    private Statement approved(Message message, String purpose) {
        StatementDraft draft = message.draft(PartyOnTrial.FINCEN, PartyOnTrial.UIF, party.clock.instant());
        return party.partner.say(
                draft.withApprovals(List.of(liaison.approve(purpose, draft.approvalSubject(), party.clock.instant()))));
    }

    private void open(Statement statement) throws Exception {
        party.comparison().openIndex(statement, (Comparison.IndexAnnounced) message(statement), party.sequencer::write);
    }

    private Message message(Statement statement) {
        return party.statements.find(statement.id()).orElseThrow().message();
    }

    private Ending.EpochEnded ended(EpochKey under) {
        return new Ending.EpochEnded(
                announcement.id(), Base64Text.url(under.publicKey().encode()), Ending.Why.TERM);
    }

    private Statement say(Ending ending, AuthorityCode from, AuthorityCode to) {
        return party.partner.say(ending.draft(from, to, party.clock.instant()));
    }

    private ObjectNode ask() throws Exception {
        ObjectNode facts = JsonNodeFactory.instance
                .objectNode()
                .put("case", "A-1")
                .put("index", announcement.id().hex())
                .put("justification", "tried")
                .put("legalBasis", "Ley de prueba 1");
        facts.putArray("identifiers").addObject().put("type", "rfc").put("value", Companies.rfc(1));
        return party.acts().prepare("probe", facts, analyst.officer());
    }

    private void approve(String purpose, Digest subject) throws Exception {
        party.acts()
                .approve(
                        subject,
                        Signer.handedIn(analyst.approve(purpose, subject, party.clock.instant())),
                        analyst.officer());
    }

    private Path indexFile() {
        return party.shelf.file(Digest.ofBytes(built.root().bytes()), "index");
    }

    /** The index on the shelf, and sealed as it came. */
    private int copies() {
        return (Files.exists(indexFile()) ? 1 : 0)
                + (Files.exists(party.spool.resolve(body.ciphertext().hex())) ? 1 : 0);
    }

    private List<Ending> attested() {
        return party.statements.ofKind(PartyOnTrial.US, Kind.INDEX_ERASED.word()).stream()
                .map(entry -> (Ending) entry.message())
                .toList();
    }

    private void receive(Statement statement) throws Exception {
        party.reception(effects -> effects).receive(PartyOnTrial.US, statement.json());
    }

    private Optional<Reply.Reason> refusal(Statement statement) {
        return party.statements.answers(statement.id()).stream()
                .filter(entry -> entry.message() instanceof Reply.Refused)
                .map(entry -> ((Reply.Refused) entry.message()).reason())
                .findFirst();
    }
}
