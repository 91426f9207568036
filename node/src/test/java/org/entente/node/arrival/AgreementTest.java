package org.entente.node.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Comparison;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.holdings.generate.GeneratedLists;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.ProbeQuery;
import org.entente.memorandum.decision.Act;
import org.entente.memorandum.decision.Circumstances;
import org.entente.memorandum.decision.Grounds;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.memorandum.officer.Role;
import org.entente.node.comparison.Probes;
import org.entente.node.home.Stoppage;
import org.entente.node.keys.SealedFiles;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.partner.Encounter;
import org.entente.node.partner.Heard;
import org.entente.node.partner.PartnerInHand;
import org.entente.node.partner.Told;
import org.entente.node.partner.Understanding;
import org.entente.node.party.Parties;
import org.entente.node.server.NodeOnTrial;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An agreement to compare whole lists covers the comparison that was agreed, and no more. */
@Timeout(180)
class AgreementTest {
    private static final int PADDING = 64;
    private static final int BATCH_MAX = 65_536;
    private static final int BATCHES_MAX = 16;

    @TempDir
    static Path folder;

    private static Encounter encounter;
    private static PartnerInHand partner;
    private static Heard index;
    private static Heard otherIndex;

    @BeforeAll
    static void begin() throws Exception {
        encounter = Encounter.begin(folder);
        partner = encounter.partner();
        Path list = Files.write(
                folder.resolve("list.csv"),
                GeneratedLists.generate(3, new GeneratedLists.Sizes(4, 120, 4)).sat69b());
        encounter
                .officer(Role.ANALYST)
                .upload(
                        "/api/loads?format=sat-69b&authority=MX/UIF&obtainedBy=MX/SAT&purposes="
                                + "money-laundering,drug-trafficking",
                        list);
        index = announced();
        otherIndex = announced();
    }

    @AfterAll
    static void end() {
        encounter.close();
    }

    @Test
    void theComparisonThatWasAgreedIsAnswered() throws Exception {
        Heard agreed = agree();
        Comparison.ProbeAsked asked = honest(agreed);
        Statement probe = partner.sign(draft(asked), asked);
        partner.say(probe);
        partner.answer(probe.id(), Comparison.ProbeAnswered.class);
        partner.requireInTheNodesLog(agreed.statement().id(), probe.id());
        encounter.requireBundle();
    }

    @Test
    void anotherIndexThanTheAgreedOneIsNotAnswered() throws Exception {
        Heard agreed = agree();
        requireRefused(honest(agreed, otherIndex.statement().id(), Understanding.LAUNDERING));
        requireRefused(honest(agreed, index.statement().id(), Understanding.DRUGS));
        encounter.requireBundle();
    }

    @Test
    void oneAgreementIsNoLicenceToGoOnAsking() throws Exception {
        Heard agreed = agree();
        Comparison.ProbeAsked honest = honest(agreed);
        List<Statement> batches = new ArrayList<>();
        for (int number = 0; number <= BATCHES_MAX; number++) {
            Comparison.Batch batch = new Comparison.Batch(
                    BATCH_MAX,
                    Digest.of(new byte[] {(byte) number}),
                    honest.batch().inputs(),
                    honest.batch().blinded(),
                    honest.batch().justification());
            Comparison.ProbeAsked asked = new Comparison.ProbeAsked(
                    honest.ground(), honest.category(), honest.purpose(), honest.index(), batch, honest.sent());
            batches.add(partner.sign(draft(asked), asked));
        }
        assertThat(partner.tell(batches.toArray(Statement[]::new)))
                .extracting(Told::outcome)
                .containsOnly("acknowledged");
        assertThat(partner.answer(batches.getLast().id(), Reply.Refused.class).reason())
                .isEqualTo(Reply.Reason.NOT_PERMITTED);
        assertThat(probes(Clock.systemUTC()).chargedUnder(agreed.statement().id()))
                .isEqualTo((long) BATCHES_MAX * BATCH_MAX);
        encounter.requireBundle();
    }

    @Test
    void itCoversOneDayOneMatterAndOneAsker() throws Exception {
        Heard agreed = agree();
        Digest agreement = agreed.statement().id();
        Comparison.ProbeAsked asked = honest(agreed);
        Statement statement = partner.sign(draft(asked), asked);
        Instant at = agreed.statement().at();
        assertThat(agreements(at).cover(statement, asked, agreement)).isTrue();
        assertThat(agreements(at.plus(Duration.ofHours(24)).minusSeconds(1)).cover(statement, asked, agreement))
                .isTrue();
        assertThat(agreements(at.plus(Duration.ofHours(24))).cover(statement, asked, agreement))
                .isFalse();
        Comparison.ProbeAsked otherCategory = new Comparison.ProbeAsked(
                asked.ground(), new Category("company"), asked.purpose(), asked.index(), asked.batch(), asked.sent());
        assertThat(agreements(at).cover(statement, otherCategory, agreement)).isFalse();
        Statement byAnother = Statement.sign(
                asked.draft(PartnerInHand.DEA, NodeOnTrial.UIF, at),
                partner.keys().statement());
        Statement toAnother = Statement.sign(
                asked.draft(PartnerInHand.FINCEN, NodeOnTrial.FGR, at),
                partner.keys().statement());
        assertThat(agreements(at).cover(byAnother, asked, agreement)).isFalse();
        assertThat(agreements(at).cover(toAnother, asked, agreement)).isFalse();
        assertThat(agreements(at).cover(statement, asked, Digest.of(new byte[] {1})))
                .isFalse();
        assertThat(agreements(at).cover(statement, asked, index.statement().id()))
                .isFalse();
    }

    @Test
    void whoAsksCannotAgreeInTheNameOfTheOther() throws Exception {
        Heard agreed = agree();
        Statement proposal = propose();
        Comparison.ReconcileAgreed own =
                new Comparison.ReconcileAgreed(proposal.id(), ((Comparison.ReconcileAgreed) agreed.message()).sent());
        Statement selfMade = partner.sign(own, Encounter.LEGAL);
        partner.say(selfMade);
        partner.answer(selfMade.id(), Reply.Refused.class);
        Comparison.ProbeAsked asked = honest(agreed);
        assertThat(agreements(Instant.now()).cover(partner.sign(draft(asked), asked), asked, selfMade.id()))
                .isFalse();
    }

    private static Agreements agreements(Instant now) throws Exception {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        var sql = encounter.node().database().client();
        Parties parties = new Parties(sql, encounter.node().card(), clock);
        Sequencer sequencer = new Sequencer(
                sql, new JdbcTransactionManager(encounter.node().database().dataSource()), new Stoppage());
        Statements statements = new Statements(
                sql, parties, new Logs(sql, sequencer, parties.own().party()), clock);
        return new Agreements(statements, probes(clock), clock);
    }

    private static Probes probes(Clock clock) throws Exception {
        return new Probes(
                encounter.node().database().client(),
                SealedFiles.create(
                        Files.createTempDirectory(folder, "keys"),
                        "a passphrase of a test".getBytes(StandardCharsets.UTF_8),
                        partner.random()),
                clock);
    }

    /** The node's liaison officer announces an index of the list to the partner. */
    private static Heard announced() throws Exception {
        ObjectNode facts = object().put("partner", PartnerInHand.FINCEN.text())
                .put(
                        "memorandum",
                        encounter.understanding().memorandum().digest().hex())
                .put("category", Understanding.LISTED.code())
                .put("purpose", Understanding.LAUNDERING.code());
        Digest statement = Digest.parse(encounter
                .officer(Role.LIAISON)
                .act("index", facts)
                .required("statement")
                .asString());
        return partner.await(heard -> heard.statement().id().equals(statement));
    }

    /** Two proposals within one second would be one and the same statement. */
    private static Statement propose() throws Exception {
        Thread.sleep(1_000);
        return partner.say(
                new Comparison.ReconcileAsked(
                        encounter.understanding().memorandum().digest(),
                        Understanding.LISTED,
                        Understanding.LAUNDERING,
                        index.statement().id()),
                Encounter.LEGAL);
    }

    /** The partner's legal adviser proposes to compare with the first index, and the node's agrees. */
    private static Heard agree() throws Exception {
        Digest agreed = Digest.parse(encounter
                .officer(Role.LEGAL)
                .act("reconcile-agreed", object().put("asked", propose().id().hex()))
                .required("statement")
                .asString());
        return partner.await(heard -> heard.statement().id().equals(agreed));
    }

    private static Comparison.ProbeAsked honest(Heard agreed) throws Exception {
        return honest(agreed, index.statement().id(), Understanding.LAUNDERING);
    }

    private static Comparison.ProbeAsked honest(Heard agreed, Digest of, Purpose purpose) throws Exception {
        ProbeQuery query =
                ProbeQuery.prepare(List.of(new MatchInput("rfc", 1, "XQA390221A97")), PADDING, partner.random());
        BodyReference blinded = partner.bring(query.batchBytes(), NodeOnTrial.UIF);
        BodyReference why = partner.bring("{}".getBytes(StandardCharsets.UTF_8), NodeOnTrial.UIF);
        Act given = Act.fromJson(
                ((Comparison.ReconcileAgreed) agreed.message()).sent().actJson(), List.of());
        Act act = new Act.Reconcile(
                new Circumstances(
                        PartnerInHand.FINCEN,
                        NodeOnTrial.UIF,
                        purpose,
                        Understanding.LISTED,
                        given.circumstances().at()),
                new Grounds(
                        Optional.empty(),
                        Optional.empty(),
                        given.grounds().approvers(),
                        given.grounds().consents()),
                ((Comparison.IndexAnnounced) index.message()).commitment().paddedSize());
        return new Comparison.ProbeAsked(
                new Comparison.Ground.UnderReconcile(agreed.statement().id()),
                Understanding.LISTED,
                purpose,
                of,
                new Comparison.Batch(
                        PADDING,
                        Digest.ofBytes(query.batchDigest().bytes()),
                        Digest.ofBytes(query.commitmentRoot().bytes()),
                        blinded,
                        why),
                encounter.understanding().permit(act));
    }

    /** Said at the moment of the act that the message carries. */
    private static StatementDraft draft(Message message) throws Exception {
        Act act = Act.fromJson(message.decision().orElseThrow().actJson(), List.of());
        return partner.draft(message, act.circumstances().at());
    }

    private static void requireRefused(Comparison.ProbeAsked asked) throws Exception {
        Statement probe = partner.sign(draft(asked), asked);
        partner.say(probe);
        assertThat(partner.answer(probe.id(), Reply.Refused.class).reason()).isEqualTo(Reply.Reason.NOT_PERMITTED);
        partner.requireInTheNodesLog(probe.id());
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
