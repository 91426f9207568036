package org.entente.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.NoteKey;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.keys.NodeKeys;
import org.entente.node.party.Cards;
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
    private static final Ed25519SecretKey COSIGNING = Ed25519SecretKey.generate(RANDOM);

    @TempDir
    static Path folder;

    private static Database database;
    private static TransactionTemplate transactions;

    private static PartnerWitness witness;

    @BeforeAll
    static void open() throws Exception {
        database = Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT);
        transactions = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        witness = new PartnerWitness(database.client(), transactions, MX, COSIGNING, Clock.systemUTC());
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
            Future<PartnerWitness.Answer> second = Objects.requireNonNull(transactions.execute(status -> {
                assertThat(show(partner, partner.note(3, 1))).isInstanceOf(PartnerWitness.Answer.Cosigned.class);
                Future<PartnerWitness.Answer> other =
                        threads.submit(() -> witness.show(partner.card, partner.note(3, 2), List.of()));
                awaitWaiting();
                return other;
            }));
            assertThat(second.get()).isInstanceOf(PartnerWitness.Answer.Conflict.class);
        }
        assertThat(kept(partner)).containsExactly(partner.note(3, 1), partner.note(3, 2));
        assertThat(witness.seen(partner.card).orElseThrow().note()).isEqualTo(partner.note(3, 1));
    }

    @Test
    void manyFirstCheckpointsAtOnceGiveOneCosignedHistory() throws Exception {
        Partner partner = new Partner("CA");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<PartnerWitness.Answer>> answers = IntStream.range(0, 12)
                    .mapToObj(history ->
                            threads.submit(() -> witness.show(partner.card, partner.note(5, history), List.of())))
                    .toList();
            int cosigned = 0;
            for (Future<PartnerWitness.Answer> answer : answers) {
                cosigned += answer.get() instanceof PartnerWitness.Answer.Cosigned ? 1 : 0;
            }
            assertThat(cosigned).isEqualTo(1);
        }
        assertThat(kept(partner)).hasSize(22);
    }

    @Test
    void whatWasCosignedOnceIsCosignedAgainAndNothingElseOfThatSize() throws Exception {
        Partner partner = new Partner("GT");
        PartnerWitness.Answer first = show(partner, partner.note(2, 1));
        assertThat(show(partner, partner.note(2, 1))).isInstanceOf(PartnerWitness.Answer.Cosigned.class);
        for (int time = 0; time < 2; time++) {
            assertThat(show(partner, partner.note(2, 2))).isEqualTo(new PartnerWitness.Answer.Conflict());
        }
        assertThat(show(partner, partner.note(1, 1))).isEqualTo(new PartnerWitness.Answer.StartsElsewhere(2));
        assertThat(show(partner, partner.note(4, 1))).isEqualTo(new PartnerWitness.Answer.StartsElsewhere(2));
        assertThat(kept(partner)).containsExactly(partner.note(2, 1), partner.note(2, 2));
        SignedCheckpoint cosigned = SignedCheckpoint.open(
                ((PartnerWitness.Answer.Cosigned) first).note(), partner.origin(), partner.card.logKey());
        assertThat(cosigned.checkpoint().root()).isEqualTo(MerkleHash.leaf(new byte[] {2, 1}));
        assertThat(cosigned.cosignedAt(NoteKey.cosigner(LogNames.cosigner(MX), COSIGNING.publicKey())))
                .isNotNull();
    }

    @Test
    void theLogOfAnotherIsNotJudged() {
        Partner partner = new Partner("BR");
        Partner stranger = new Partner("AR");
        assertThatThrownBy(() -> witness.show(partner.card, stranger.note(1, 1), List.of()))
                .isInstanceOf(Malformed.class);
        assertThat(witness.seen(partner.card)).isEmpty();
    }

    private static PartnerWitness.Answer show(Partner partner, String note) {
        try {
            return witness.show(partner.card, note, List.of());
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
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

    /** Both notes of each split view of a partner's log. */
    private static List<String> kept(Partner partner) {
        return database
                .client()
                .sql("select first, second from split_view where origin = ?")
                .param(partner.origin())
                .query((row, number) -> List.of(row.getString("first"), row.getString("second")))
                .list()
                .stream()
                .flatMap(List::stream)
                .toList();
    }
}
