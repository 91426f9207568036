package org.entente.node.ledger;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.ZoneOffset;
import org.entente.evidence.card.PartyCard;
import org.entente.exchange.delivery.Inbox;
import org.entente.exchange.delivery.InboxContract;
import org.entente.exchange.delivery.Outbox;
import org.entente.exchange.delivery.OutboxContract;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.home.Stoppage;
import org.entente.node.party.Parties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** The inbox and the outbox on PostgreSQL do what every inbox and outbox does. */
@Timeout(120)
class PostgresDeliveryTest {
    private static final PartyCard MX = org.entente.exchange.delivery.Parties.MX_CARD;
    private static final PartyCard US = org.entente.exchange.delivery.Parties.US_CARD;
    private static final Clock NOON = Clock.fixed(org.entente.exchange.delivery.Parties.NOON, ZoneOffset.UTC);

    @TempDir
    static Path folder;

    private static Database database;
    private static Sequencer sequencer;

    @BeforeAll
    static void open() throws Exception {
        database = Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT);
        sequencer = new Sequencer(database.client(), new JdbcTransactionManager(database.dataSource()), new Stoppage());
    }

    @AfterAll
    static void close() {
        sequencer.close();
        database.close();
    }

    private static void empty() {
        database.client()
                .sql("truncate party, log, statement, leaf, kept_statement, outbox cascade")
                .update();
    }

    private static void pin(PartyCard card) {
        database.client()
                .sql(
                        "insert into party (code, own, card, fingerprint, address, pinned_at) values (?, false, ?, ?, ?, ?)")
                .params(
                        card.party().text(),
                        card.bytes(),
                        card.fingerprint().hex(),
                        "partner.example:443",
                        Timestamp.from(NOON.instant()))
                .update();
    }

    @Nested
    class OfOutboxes extends OutboxContract {
        @Override
        protected Outbox outbox() {
            empty();
            pin(US);
            pin(MX);
            return new PostgresOutbox(database.client(), NOON);
        }

        @Override
        protected void stored(Outbox.Row row) {
            database.client()
                    .sql("""
                            insert into statement (id, outgoing, kind, sender, receiver, stated_at, bytes, recorded_at)
                            values (?, true, 'receipt', 'MX', 'US', ?, ?, ?)""")
                    .params(
                            row.statement().bytes(),
                            Timestamp.from(NOON.instant()),
                            row.bytes(),
                            Timestamp.from(NOON.instant()))
                    .update();
        }
    }

    @Nested
    class OfInboxes extends InboxContract {
        @Override
        protected Inbox inbox() {
            empty();
            pin(MX);
            Logs logs = new Logs(database.client(), sequencer, US.party());
            logs.open(MX.party());
            return new PostgresInbox(
                    database.client(),
                    sequencer,
                    new Statements(database.client(), new Parties(database.client(), US, NOON), logs, NOON),
                    NOON);
        }
    }
}
