package org.entente.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.CosigningSecrets;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.CosignerSecrets;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardSucceeded;
import org.entente.evidence.succession.KeyName;
import org.entente.evidence.succession.KeyRevoked;
import org.entente.evidence.witness.Misbehaviour;
import org.entente.evidence.witness.Submission;
import org.entente.evidence.witness.WitnessReply;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.home.Stoppage;
import org.entente.node.keys.NodeKeys;
import org.entente.node.party.Cards;
import org.entente.node.party.LinkStops;
import org.entente.node.party.Parties;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A partner that shows two histories gets one of them cosigned at most, and the two together are kept. */
@Timeout(120)
class SplitViewTest {
    private static final PartyCode MX = new PartyCode("MX");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final CosigningSecrets COSIGNING = CosigningSecrets.generate(RANDOM);

    @TempDir
    static Path folder;

    private static Database database;
    private static TransactionTemplate transactions;

    private static PartnerWitness witness;
    private static Parties parties;

    @BeforeAll
    static void open() throws Exception {
        database = Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT);
        transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        parties = new Parties(
                database.client(), Cards.of(MX, NodeKeys.generate(List.of(), RANDOM), RANDOM), Clock.systemUTC());
        witness = new PartnerWitness(
                database.client(),
                transactions,
                parties,
                COSIGNING,
                new LinkStops(database.client(), Clock.systemUTC()),
                Clock.systemUTC());
    }

    @AfterAll
    static void close() {
        database.close();
    }

    /** A partner of this name with a log of its own, which it may write twice. */
    private static final class Partner {
        private final PartyCode code;
        private final NodeKeys keys;
        private final PartyCard card;

        Partner(String code) {
            this.code = new PartyCode(code);
            this.keys = NodeKeys.generate(List.of(new AuthorityCode(this.code, "FIU")), RANDOM);
            this.card = Cards.of(this.code, keys, RANDOM);
        }

        String origin() {
            return LogNames.relationship(code, MX, 1);
        }

        String note(long size, int history) {
            Digest root = MerkleHash.leaf(new byte[] {(byte) size, (byte) history});
            return SignedCheckpoint.sign(new Checkpoint(origin(), size, root), keys.log())
                    .note();
        }
    }

    @Test
    void ofTwoFirstCheckpointsAtOnceOneIsCosigned() throws Exception {
        Partner partner = new Partner("US");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<WitnessReply> second = Objects.requireNonNull(transactions.execute(status -> {
                assertThat(show(partner, partner.note(3, 1)).status()).isEqualTo(200);
                Future<WitnessReply> other = threads.submit(() -> show(partner, partner.note(3, 2)));
                awaitWaiting();
                return other;
            }));
            assertThat(second.get()).isEqualTo(standsAt(3));
        }
        assertThat(kept(partner)).containsExactly(partner.note(3, 1), partner.note(3, 2));
        assertThat(witness.seen(partner.card).orElseThrow().note()).isEqualTo(partner.note(3, 1));
    }

    @Test
    void manyFirstCheckpointsAtOnceGiveOneCosignedHistory() throws Exception {
        Partner partner = new Partner("CA");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WitnessReply>> answers = IntStream.range(0, 12)
                    .mapToObj(history -> threads.submit(() -> show(partner, partner.note(5, history))))
                    .toList();
            int cosigned = 0;
            for (Future<WitnessReply> answer : answers) {
                cosigned += answer.get().status() == 200 ? 1 : 0;
            }
            assertThat(cosigned).isEqualTo(1);
        }
        assertThat(kept(partner)).hasSize(22);
    }

    @Test
    void whatWasCosignedOnceIsCosignedAgainAndNothingElseOfThatSize() throws Exception {
        Partner partner = new Partner("GT");
        WitnessReply first = show(partner, partner.note(2, 1));
        assertThat(show(partner, 2, partner.note(2, 1)).status()).isEqualTo(200);
        for (int time = 0; time < 2; time++) {
            assertThat(show(partner, 2, partner.note(2, 2)).status()).isEqualTo(422);
        }
        assertThat(show(partner, partner.note(1, 1))).isEqualTo(standsAt(2));
        assertThat(show(partner, partner.note(4, 1))).isEqualTo(standsAt(2));
        assertThat(show(partner, 2, partner.note(4, 1)).status()).isEqualTo(422);
        assertThat(kept(partner)).containsExactly(partner.note(2, 1), partner.note(2, 2));
        SignedCheckpoint own = SignedCheckpoint.open(partner.note(2, 1), partner.origin(), partner.card.logKey());
        Submission submission = new Submission(
                0, List.of(), own, CosignerSecrets.of(MX, COSIGNING).cosigner());
        assertThat(submission.read(
                        first.status(), first.contentType(), first.body().getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Submission.Cosigned.class);
    }

    @Test
    void whatIsKeptConvincesWhoeverHasTheLogsKey() throws Exception {
        Partner partner = new Partner("HN");
        show(partner, partner.note(7, 1));
        show(partner, partner.note(7, 2));
        KnownLog log = KnownLog.of(partner.origin(), partner.card.logKey());
        assertThat(witness.misbehaviour(partner.code))
                .hasSize(1)
                .allSatisfy(
                        proof -> assertThat(Misbehaviour.parse(proof.bytes()).judge(log))
                                .isInstanceOf(Misbehaviour.SplitView.class));
        assertThat(witness.misbehaviour(new PartyCode("SV"))).isEmpty();
    }

    /** The schema as it was before proofs were documents, brought up to date in a place of its own. */
    @Test
    void twoNotesThatWereKeptBeforeAreADocumentNow() throws Exception {
        Partner partner = new Partner("NI");
        migrate("10");
        database.client()
                .sql("insert into before.split_view (origin, size, first, second) values (?, 9, ?, ?)")
                .params(partner.origin(), partner.note(9, 1), partner.note(9, 2))
                .update();
        migrate("11");
        byte[] document = database.client()
                .sql("select document from before.misbehaviour where digest = sha256(document)")
                .query((row, number) -> row.getBytes(1))
                .single();
        Misbehaviour proof = Misbehaviour.parse(document);
        assertThat(proof.judge(KnownLog.of(partner.origin(), partner.card.logKey())))
                .isInstanceOf(Misbehaviour.SplitView.class);
        assertThat(proof.first().note()).isEqualTo(partner.note(9, 1));
    }

    private static void migrate(String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .defaultSchema("before")
                .target(version)
                .load()
                .migrate();
    }

    @Test
    void theLogOfAnotherIsNotJudged() {
        Partner partner = new Partner("BR");
        Partner stranger = new Partner("AR");
        assertThat(show(partner, stranger.note(1, 1)).status()).isEqualTo(404);
        assertThat(witness.addCheckpoint(partner.card, new byte[] {1}).status()).isEqualTo(400);
        assertThat(witness.seen(partner.card)).isEmpty();
    }

    @Test
    void aPartnersNextLogKeyIsTakenFromItsSuccessionOnAndTheOldOneNoMore() throws Exception {
        Partner partner = new Partner("PA");
        SecretKeys root = SecretKeys.generate(RANDOM);
        NodeKeys next = partner.keys.renewed(Set.of(NodeKeys.Renewed.LOG), RANDOM);
        List<Digest> pins = List.of(Digest.of(new byte[] {1, 2}));
        PartyCard first = Cards.of(partner.code, 1, partner.keys, root, pins);
        PartyCard second = Cards.of(partner.code, 2, next, root, pins);
        parties.pin(first, first.fingerprintText(), "pa.example:443");
        try (Sequencer sequencer =
                new Sequencer(database.client(), new JdbcTransactionManager(database.dataSource()), new Stoppage())) {
            new Logs(database.client(), sequencer, MX).open(partner.code);
        }
        String origin = LogNames.relationship(MX, partner.code, 1);
        assertThat(addCheckpoint(first, partner.note(1, 1))).isEqualTo(200);
        Statement succession = Statement.sign(new CardSucceeded(second).draft(Instant.EPOCH), root);
        assertThat(parties.changeCards(succession, origin, 4)).isTrue();
        assertThat(parties.require(partner.code).card()).isEqualTo(second);
        assertThat(parties.cards(partner.code)).containsExactly(second, first);

        assertThat(witness.seen(second).orElseThrow().note()).isEqualTo(partner.note(1, 1));
        assertThat(addCheckpoint(second, partner.note(1, 1))).isEqualTo(403);
        Checkpoint head = new Checkpoint(partner.origin(), 1, MerkleHash.leaf(new byte[] {1, 1}));
        assertThat(witness.addCheckpoint(
                                second,
                                ("old 1\n\n"
                                                + SignedCheckpoint.sign(head, next.log())
                                                        .note())
                                        .getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
        Statement revocation = Statement.sign(
                new KeyRevoked(KeyName.log(second), KeyRevoked.Reason.COMPROMISED).draft(partner.code, Instant.EPOCH),
                root);
        assertThat(parties.changeCards(revocation, origin, 5)).isTrue();
        assertThat(addCheckpoint(second, SignedCheckpoint.sign(head, next.log()).note()))
                .isEqualTo(403);
    }

    private static int addCheckpoint(PartyCard card, String note) {
        return witness.addCheckpoint(card, ("old 0\n\n" + note).getBytes(StandardCharsets.UTF_8))
                .status();
    }

    private static WitnessReply standsAt(long size) {
        return new WitnessReply(409, WitnessReply.SIZE_TYPE, size + "\n");
    }

    private static WitnessReply show(Partner partner, String note) {
        return show(partner, 0, note);
    }

    private static WitnessReply show(Partner partner, long oldSize, String note) {
        return witness.addCheckpoint(partner.card, ("old " + oldSize + "\n\n" + note).getBytes(StandardCharsets.UTF_8));
    }

    /** Until another transaction waits for what this one holds. */
    private static void awaitWaiting() {
        boolean waiting = false;
        while (!waiting) {
            waiting = database.client()
                    .sql("select exists (select from pg_locks where not granted)")
                    .query(Boolean.class)
                    .single();
            Thread.onSpinWait();
        }
    }

    /** Both notes of each proof that was kept against a partner's log. */
    private static List<String> kept(Partner partner) {
        return witness.misbehaviour(partner.code).stream()
                .flatMap(proof -> Stream.of(proof.first().note(), proof.second().note()))
                .toList();
    }
}
