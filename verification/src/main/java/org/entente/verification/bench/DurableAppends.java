package org.entente.verification.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Message;
import org.entente.exchange.message.Reply;
import org.entente.node.database.Database;
import org.entente.node.database.DatabaseUnavailable;
import org.entente.node.database.StartProgress;
import org.entente.node.home.Stoppage;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.PostgresOutbox;
import org.entente.node.ledger.Sequencer;
import org.entente.node.ledger.Statements;
import org.entente.node.ledger.Voice;
import org.entente.node.party.Parties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * Part {@code appends}: producers hand over to the sequencer, and each waits until its own is durable, in the node's own
 * PostgreSQL with fsync on. First whole statements that were signed beforehand: the statement's row of six thousand bytes, its
 * leaf, and its row in the outbox. Then leaves alone, of statements that are stored already. The time of a producer is from
 * its call to its return.
 */
final class DurableAppends implements Part {
    private static final int[] PRODUCERS = {1, 4, 16, 64};
    private static final int REPETITIONS = 5;
    private static final int REPETITIONS_QUICK = 2;
    private static final int STATEMENTS = 30_000;
    private static final int STATEMENTS_QUICK = 4_000;
    /** One producer says fewer, or it would take minutes. */
    private static final int EACH_MAX = 1_500;

    static final String BAR = "durable-leaf-rows-with-64-producers";
    private static final Bar.Goal GOAL = new Bar.Goal(20_000, "/s", Bar.Better.HIGHER);
    private static final String STATEMENTS_SAID = "durable statements";
    private static final String LEAVES = "durable leaf rows";
    private static final PartyCode PARTNER = new PartyCode("US");

    private final SeriesBook book = new SeriesBook();

    @Override
    public Set<String> names() {
        return Set.of("appends");
    }

    @Override
    public List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(BAR, GOAL, reason));
    }

    @Override
    public Benchmark.Measured measure(Extent extent, Benchmark.Progress progress)
            throws IOException, InterruptedException {
        Path folder = Folders.fresh();
        try {
            BenchParty own = BenchParty.found(folder.resolve("mx"), "MX");
            BenchParty partner = BenchParty.found(folder.resolve("us"), PARTNER.text());
            progress.at("signing");
            List<Said> said = sign(own, partner, extent.quick() ? STATEMENTS_QUICK : STATEMENTS);
            try (Database database = Database.openEmbedded(folder.resolve("mx"), cache(), StartProgress.SILENT)) {
                measure(database, own, partner, said, extent, progress);
            }
        } catch (DatabaseUnavailable | Malformed refused) {
            throw new BenchmarkFailed("the node's database or its partner was refused: " + refused.getMessage());
        } finally {
            Folders.delete(folder);
        }
        return new Benchmark.Measured(
                book.all(),
                List.of(Bar.measured(BAR, book.of(rateOf(LEAVES, 64), "/s").median(), GOAL, extent.quick())));
    }

    static Path cache() {
        return Path.of(System.getProperty("user.home"), ".cache", "entente");
    }

    private record Said(Statement statement, Message message) {}

    private static List<Said> sign(BenchParty own, BenchParty partner, int count) {
        SecureRandom random = new SecureRandom();
        List<Said> said = new ArrayList<>(count);
        for (int n = 0; n < count; n++) {
            byte[] subject = new byte[Digest.LENGTH];
            random.nextBytes(subject);
            Message message = new Reply.Receipt(Digest.ofBytes(subject), Reply.Stage.DELIVERED, Optional.of((long) n));
            said.add(new Said(
                    Statement.sign(
                            message.draft(own.authority(), partner.authority(), Instant.now()),
                            own.keys().statement()),
                    message));
        }
        return said;
    }

    private void measure(
            Database database,
            BenchParty own,
            BenchParty partner,
            List<Said> said,
            Extent extent,
            Benchmark.Progress progress)
            throws IOException, InterruptedException, Malformed {
        JdbcClient sql = database.client();
        Clock clock = Clock.systemUTC();
        Parties parties = new Parties(sql, own.card(), clock);
        parties.pin(partner.card(), partner.card().fingerprint().hex(), "127.0.0.1:1");
        Stoppage stoppage = new Stoppage();
        try (Sequencer sequencer = new Sequencer(sql, new JdbcTransactionManager(database.dataSource()), stoppage)) {
            Logs logs = new Logs(sql, sequencer, own.code());
            logs.open(PARTNER);
            Voice voice = new Voice(
                    sequencer,
                    new Statements(sql, parties, logs, clock),
                    new PostgresOutbox(sql, clock),
                    own.keys().statement(),
                    clock,
                    () -> {});
            int repetitions = extent.quick() ? REPETITIONS_QUICK : REPETITIONS;
            for (int n = 0; n <= repetitions; n++) {
                for (int producers : PRODUCERS) {
                    progress.at(producers + " producers, "
                            + (n == 0 ? "warming up" : "repetition " + n + " of " + repetitions));
                    List<Said> part = said.subList(0, Math.min(said.size(), producers * EACH_MAX));
                    empty(sql);
                    round(
                            sql,
                            STATEMENTS_SAID,
                            producers,
                            n > 0,
                            part,
                            one -> voice.pass(one.statement, one.message, List.of(PARTNER)));
                    requireWhole(sql, logs, part.size());
                    sql.sql("truncate leaf").update();
                    sql.sql("update log set size = 0").update();
                    Sequencer.Together<Digest> leaves = new Leaves(sql, sequencer, logs.origin(PARTNER));
                    round(sql, LEAVES, producers, n > 0, part, one -> sequencer.write(leaves, one.statement.id()));
                    requireWhole(sql, logs, part.size());
                }
            }
        }
    }

    private static void empty(JdbcClient sql) {
        sql.sql("truncate statement, leaf, outbox cascade").update();
        sql.sql("update log set size = 0").update();
        sql.sql("checkpoint").update();
    }

    /** Leaves of stored statements, written as the ledger writes them. */
    private record Leaves(JdbcClient sql, Sequencer sequencer, String origin) implements Sequencer.Together<Digest> {
        @Override
        public void write(List<Digest> statements) {
            sql.sql("insert into leaf (origin, position, statement) select ?, * from unnest(?::int8[], ?::bytea[])")
                    .params(
                            origin,
                            statements.stream()
                                    .map(statement -> sequencer.place(origin))
                                    .toArray(Long[]::new),
                            statements.stream().map(Digest::bytes).toArray(byte[][]::new))
                    .update();
        }
    }

    private void round(
            JdbcClient sql, String what, int producers, boolean counts, List<Said> said, Consumer<Said> append)
            throws InterruptedException {
        long[] nanos = new long[said.size()];
        AtomicInteger next = new AtomicInteger();
        Runnable producer = () -> {
            for (int n = next.getAndIncrement(); n < nanos.length; n = next.getAndIncrement()) {
                long begun = System.nanoTime();
                append.accept(said.get(n));
                nanos[n] = System.nanoTime() - begun;
            }
        };
        List<Thread> threads = new ArrayList<>();
        long journal = journal(sql);
        long begun = System.nanoTime();
        for (int n = 0; n < producers; n++) {
            threads.add(Thread.ofPlatform().start(producer));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (!counts) {
            return;
        }
        Arrays.sort(nanos);
        String rate = rateOf(what, producers);
        book.of(rate, "/s").add(nanos.length / seconds);
        book.of(rate + ": acknowledged, 50 % within", "ms").add(nanos[nanos.length / 2] / 1e6);
        book.of(rate + ": acknowledged, 99 % within", "ms").add(nanos[(int) (nanos.length * 0.99)] / 1e6);
        book.of(rate + ": journal of each", "B").add((journal(sql) - journal) / (double) nanos.length);
    }

    private static String rateOf(String what, int producers) {
        return what + ", " + producers + (producers == 1 ? " producer" : " producers");
    }

    private static long journal(JdbcClient sql) {
        return sql.sql("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::int8")
                .query(Long.class)
                .single();
    }

    /** Nothing is counted that is not there, in order and without a gap, on a server that forces its journal. */
    private static void requireWhole(JdbcClient sql, Logs logs, int size) throws BenchmarkFailed {
        boolean whole = sql.sql("""
                        select current_setting('fsync') = 'on' and current_setting('synchronous_commit') = 'on'
                            and (select count(*) = ? and min(position) = 0 and max(position) = ? from leaf)
                            and (select count(*) = ? from outbox) and (select count(*) = ? from statement)""")
                .params(size, size - 1, size, size)
                .query(Boolean.class)
                .single();
        if (!whole || logs.size(logs.origin(PARTNER)) != size) {
            throw new BenchmarkFailed("what was acknowledged is not all there");
        }
    }
}
