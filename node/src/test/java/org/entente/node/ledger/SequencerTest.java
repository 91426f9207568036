package org.entente.node.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.home.Stoppage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** One writer, on a real database: places without gaps, each undone alone, many in one transaction, and the end when nobody knows. */
@Timeout(120)
class SequencerTest {
    private static final String MX = "entente/log/MX/US/1";
    private static final String CA = "entente/log/MX/CA/1";

    @TempDir
    static Path folder;

    private static Database database;
    private static JdbcClient sql;

    private Stoppage stoppage;
    private Sequencer sequencer;

    @BeforeAll
    static void open() throws Exception {
        database = Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT);
        sql = database.client();
        sql.sql(
                        "create table written (origin text, place bigint, name text unique, transaction xid8 default pg_current_xact_id())")
                .update();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void begin() {
        sql.sql("truncate log, written cascade").update();
        sql.sql("insert into log (origin, partner) values (?, 'US'), (?, 'CA')")
                .params(MX, CA)
                .update();
        stoppage = new Stoppage();
        sequencer = new Sequencer(sql, new JdbcTransactionManager(database.dataSource()), stoppage);
    }

    @AfterEach
    void end() {
        sequencer.close();
        for (String origin : List.of(MX, CA)) {
            long size = sql.sql("select size from log where origin = ?")
                    .param(origin)
                    .query(Long.class)
                    .single();
            assertThat(places(origin))
                    .as("no gap, nothing twice")
                    .containsExactlyElementsOf(LongStream.range(0, size).boxed().toList());
        }
    }

    private long append(String origin, String name) {
        long place = sequencer.place(origin);
        insert(origin, place, name);
        return place;
    }

    private static void insert(String origin, long place, String name) {
        sql.sql("insert into written (origin, place, name) values (?, ?, ?)")
                .params(origin, place, name)
                .update();
    }

    private static List<Long> places(String origin) {
        return sql.sql("select place from written where origin = ? order by place")
                .param(origin)
                .query(Long.class)
                .list();
    }

    private static List<String> names() {
        return sql.sql("select name from written order by name")
                .query(String.class)
                .list();
    }

    /** Lets nobody else write until it is closed, so that what comes meanwhile comes together. */
    private final class Held implements AutoCloseable {
        private final CountDownLatch go = new CountDownLatch(1);

        private Held() {
            CountDownLatch begun = new CountDownLatch(1);
            Thread.ofVirtual()
                    .start(() -> sequencer.write(() -> {
                        begun.countDown();
                        await(go);
                    }));
            await(begun);
        }

        @Override
        public void close() {
            go.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyWritersGetPlacesWithoutGapsAndWhatFailsLeavesNone() throws Exception {
        List<String> kept = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = IntStream.range(0, 32)
                .mapToObj(writer -> Thread.ofVirtual().start(() -> {
                    Random random = new Random(writer);
                    for (int n = 0; n < 40; n++) {
                        String name = writer + "/" + n;
                        boolean fails = random.nextInt(5) == 0;
                        try {
                            sequencer.write(() -> {
                                append(random.nextBoolean() ? MX : CA, name);
                                if (random.nextInt(4) == 0) {
                                    sequencer.write(() -> append(MX, name + "/joined"));
                                }
                                if (fails) {
                                    throw new UnsupportedOperationException(name);
                                }
                            });
                            kept.add(name);
                        } catch (UnsupportedOperationException expected) {
                            assertThat(expected).hasMessage(name);
                            refused.incrementAndGet();
                        }
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refused.get()).isPositive();
        assertThat(kept).hasSize(32 * 40 - refused.get());
        assertThat(names().stream().filter(name -> !name.endsWith("joined"))).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void whoWaitTogetherAreWrittenInOneTransactionAndABadRowFailsAlone() throws Exception {
        sequencer.write(() -> append(MX, "taken"));
        Sequencer.Together<String> kind = names -> names.forEach(name -> append(MX, name));
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads;
        try (Held _ = new Held()) {
            threads = IntStream.range(0, 20)
                    .mapToObj(n -> Thread.ofVirtual().start(() -> {
                        try {
                            sequencer.write(kind, n == 7 ? "taken" : "row " + n);
                        } catch (DataIntegrityViolationException expected) {
                            refused.incrementAndGet();
                        }
                    }))
                    .toList();
            for (Thread thread : threads) {
                while (thread.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(refused).hasValue(1);
        assertThat(names()).hasSize(20);
        assertThat(sql.sql("select count(distinct transaction) from written")
                        .query(Long.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void whoHidesAFailureInsideLosesAllOfHis() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> sequencer.write(() -> {
                    append(MX, "before");
                    try {
                        sequencer.write(() -> {
                            append(MX, "inside");
                            throw new UnsupportedOperationException();
                        });
                    } catch (UnsupportedOperationException hidden) {
                        append(MX, "after");
                    }
                }))
                .withMessageContaining("hidden");
        assertThat(names()).isEmpty();
    }

    @Test
    void nothingIsSaidInsideAnotherTransactionNorPlacedOutsideOfTheSequencer() {
        TransactionTemplate other = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> other.executeWithoutResult(status -> sequencer.write(() -> append(MX, "inside"))));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> sequencer.place(MX));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> sequencer.afterwards(() -> {}));
        assertThat(names()).isEmpty();
    }

    @Test
    void whatComesAfterwardsComesWhenItIsDurableAndOnce() {
        AtomicInteger seen = new AtomicInteger();
        Runnable look = () -> seen.addAndGet(names().size());
        sequencer.write(() -> {
            sequencer.afterwards(look);
            append(MX, "one");
            sequencer.afterwards(look);
        });
        sequencer.close();
        assertThat(seen).hasValue(1);
    }

    @Test
    void anInterruptedCallerHasItsAnswerAndItsInterruption() {
        Thread.currentThread().interrupt();
        sequencer.write(() -> append(MX, "interrupted"));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(names()).containsExactly("interrupted");
    }

    @Test
    void afterClosingNothingIsTaken() {
        sequencer.close();
        assertThatExceptionOfType(NotWritten.class).isThrownBy(() -> sequencer.write(() -> append(MX, "late")));
        assertThat(stoppage.problem()).isEmpty();
    }

    @Test
    void aConnectionThatBreaksBeforeTheCommitUndoesAllAndStopsNothing() {
        assertThatExceptionOfType(NotWritten.class)
                .isThrownBy(() -> sequencer.write(() -> {
                    append(MX, "lost");
                    sql.sql("select pg_terminate_backend(pg_backend_pid())")
                            .query((row, number) -> number)
                            .list();
                }));
        assertThat(names()).isEmpty();
        sequencer.write(() -> append(MX, "next"));
        assertThat(names()).containsExactly("next");
        assertThat(stoppage.problem()).isEmpty();
    }

    /** Connections of their own, which can be killed without any other test noticing. */
    private static HikariDataSource doomed() {
        HikariConfig config = new HikariConfig();
        ((HikariDataSource) database.dataSource()).copyStateTo(config);
        Properties properties = new Properties();
        properties.putAll(config.getDataSourceProperties());
        properties.setProperty("ApplicationName", "doomed");
        config.setDataSourceProperties(properties);
        config.setPoolName("doomed");
        config.setMaximumPoolSize(1);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    @Test
    void aConnectionThatIsDeadBeforeAnythingIsSentStopsNothing() {
        int undone = 0;
        try (HikariDataSource connections = doomed();
                Sequencer writing = new Sequencer(
                        JdbcClient.create(connections), new JdbcTransactionManager(connections), stoppage)) {
            JdbcClient through = JdbcClient.create(connections);
            for (int time = 0; time < 20; time++) {
                String name = "after " + time;
                writing.write(() -> insertThrough(through, writing, name));
                sql.sql(
                                "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'doomed'")
                        .query(Long.class)
                        .single();
                try {
                    writing.write(() -> insertThrough(through, writing, name + ", lost"));
                } catch (NotWritten expected) {
                    assertThat(expected).hasMessageContaining("nothing of it happened");
                    undone++;
                }
                assertThat(stoppage.problem()).isEmpty();
            }
        }
        assertThat(undone).as("the pool has handed out dead connections").isPositive();
        assertThat(names()).hasSize(40 - undone);
    }

    /** A server that commits, and whose answer is lost. */
    private static final class LostAnswer extends DelegatingDataSource {
        private boolean lost;

        private LostAnswer() {
            super(database.dataSource());
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection real = super.getConnection();
            return (Connection) java.lang.reflect.Proxy.newProxyInstance(
                    LostAnswer.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        Object result;
                        try {
                            result = method.invoke(real, arguments);
                        } catch (java.lang.reflect.InvocationTargetException e) {
                            throw e.getCause();
                        }
                        if (method.getName().equals("commit") && lost) {
                            throw new SQLException("the connection broke", "08006");
                        }
                        return result;
                    });
        }
    }

    @Test
    void aCommitOfUnknownOutcomeEndsTheNodeAndIsNotTriedAgain() {
        LostAnswer connections = new LostAnswer();
        JdbcClient through = JdbcClient.create(connections);
        try (Sequencer stopping = new Sequencer(through, new JdbcTransactionManager(connections), stoppage)) {
            stopping.write(() -> insertThrough(through, stopping, "kept"));
            connections.lost = true;
            assertThatExceptionOfType(NotWritten.class)
                    .isThrownBy(() -> stopping.write(() -> insertThrough(through, stopping, "nobody knows")))
                    .withMessageContaining("not known");
            connections.lost = false;
            assertThat(stoppage.problem().orElseThrow().code()).isEqualTo("node.commit-unknown");
            assertThatExceptionOfType(NotWritten.class)
                    .isThrownBy(() -> stopping.write(() -> insertThrough(through, stopping, "after the end")))
                    .withMessageContaining("stopped");
        }
        assertThat(names()).as("the server had committed it").containsExactly("kept", "nobody knows");
    }

    private static void insertThrough(JdbcClient through, Sequencer writing, String name) {
        through.sql("insert into written (origin, place, name) values (?, ?, ?)")
                .params(MX, writing.place(MX), name)
                .update();
    }
}
