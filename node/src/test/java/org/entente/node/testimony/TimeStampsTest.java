package org.entente.node.testimony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519SecretKey;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.time.OpenSslAuthority;
import org.entente.evidence.time.TimeAuthorities;
import org.entente.evidence.time.TimeStamp;
import org.entente.node.database.Database;
import org.entente.node.database.StartProgress;
import org.entente.node.home.Stoppage;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.entente.node.ledger.Sequencer;
import org.entente.node.tile.LogTiles;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A real authority behind a real server stamps the heads of real logs; its outage hurts nobody. */
@Timeout(120)
final class TimeStampsTest {
    private static final PartyCode US = new PartyCode("US");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Ed25519SecretKey LOG_KEY = Ed25519SecretKey.generate(RANDOM);

    @TempDir
    static Path folder;

    @TempDir
    Path clocks;

    private static Database database;
    private static Sequencer sequencer;
    private static Logs logs;

    private final AtomicInteger asked = new AtomicInteger();
    private volatile int status = 200;
    private volatile Instant now = Instant.now();
    private OpenSslAuthority openssl;
    private HttpServer server;
    private TimeAuthority authority;
    private TimeStamps stamps;

    @BeforeAll
    static void open() throws Exception {
        database = Database.openEmbedded(folder, Path.of("target/postgres-cache"), StartProgress.SILENT);
        sequencer = new Sequencer(database.client(), new JdbcTransactionManager(database.dataSource()), new Stoppage());
        logs = new Logs(database.client(), sequencer, new PartyCode("MX"));
        logs.open(US);
    }

    @AfterAll
    static void close() {
        sequencer.close();
        database.close();
    }

    @BeforeEach
    void start() throws Exception {
        database.client().sql("delete from time_stamp").update();
        database.client().sql("delete from checkpoint").update();
        openssl = OpenSslAuthority.found(clocks);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] answer = openssl.answer(exchange.getRequestBody().readAllBytes());
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        authority = authority(openssl.rootCertificate());
        stamps = stamps(authority);
    }

    @AfterEach
    void stop() {
        authority.close();
        server.stop(0);
    }

    private TimeAuthority authority(byte[] certificates) throws Malformed {
        return new TimeAuthority(
                "http://127.0.0.1:" + server.getAddress().getPort() + "/tsr", TimeAuthorities.read(certificates));
    }

    private TimeStamps stamps(TimeAuthority asked) {
        InstantSource source = () -> now;
        Clock clock = source.withZone(ZoneOffset.UTC);
        JdbcClient sql = database.client();
        LogTiles tiles = new LogTiles(folder.resolve("tiles"), logs, new Stoppage());
        return new TimeStamps(
                sql,
                logs,
                new Checkpoints(sql, logs, tiles, LOG_KEY, List.of(LOG_KEY.publicKey()), clock),
                asked,
                clock,
                RANDOM);
    }

    @Test
    void theNewestHeadIsStampedOnceAnHourAndNoneTwice() throws Exception {
        Checkpoint first = cosigned(1);
        stamps.renew();
        stamps.renew();
        assertThat(asked).hasValue(1);
        TimeStamp token = TimeStamp.open(token(1), first.digest(), TimeAuthorities.read(openssl.clockCertificate()));
        assertThat(Duration.between(token.at(), Instant.now()).abs()).isLessThan(Duration.ofMinutes(5));

        cosigned(2);
        stamps.renew();
        assertThat(asked).as("within the hour").hasValue(1);
        now = now.plus(Duration.ofMinutes(61));
        stamps.renew();
        assertThat(kept()).containsExactly(1L, 2L);
        now = now.plus(Duration.ofMinutes(61));
        stamps.renew();
        assertThat(asked).as("nothing new").hasValue(2);
    }

    @Test
    void anAuthorityThatIsAwayDelaysTokensAndNothingElse() throws Exception {
        cosigned(1);
        status = 503;
        stamps.renew();
        assertThat(kept()).isEmpty();
        status = 200;
        cosigned(3);
        stamps.renew();
        assertThat(kept()).containsExactly(3L);
        server.stop(0);
        now = now.plus(Duration.ofMinutes(61));
        cosigned(4);
        stamps.renew();
        assertThat(kept()).containsExactly(3L);
    }

    @Test
    void whatDoesNotCountIsNotKept() throws Exception {
        cosigned(1);
        OpenSslAuthority other = OpenSslAuthority.found(Files.createDirectory(clocks.resolve("other")));
        try (TimeAuthority distrusted = authority(other.rootCertificate())) {
            stamps(distrusted).renew();
        }
        assertThat(asked).hasValue(1);
        assertThat(kept()).isEmpty();
    }

    @Test
    void onlyWebAddressesAreTaken() {
        for (String address : List.of(
                "",
                "tsr",
                "ftp://time.example.org/",
                "file:///etc/passwd",
                "http:///x",
                "http://a:b@h/",
                "http://h h")) {
            Malformed refused = catchThrowableOfType(
                    Malformed.class, () -> new TimeAuthority(address, TimeAuthorities.none()).close());
            assertThat(refused.problem().code()).as(address).isEqualTo("timestamp.address-malformed");
        }
    }

    /** A head of the log as the partner has cosigned it. */
    private static Checkpoint cosigned(long size) {
        Checkpoint checkpoint = new Checkpoint(logs.origin(US), size, MerkleHash.leaf(new byte[] {(byte) size}));
        database.client()
                .sql(
                        "insert into checkpoint (origin, size, root, note, cosigned, written_at) values (?, ?, ?, ?, true, now())")
                .params(
                        checkpoint.origin(),
                        size,
                        checkpoint.root().bytes(),
                        SignedCheckpoint.sign(checkpoint, LOG_KEY).note())
                .update();
        return checkpoint;
    }

    private static byte[] token(long size) {
        return database.client()
                .sql("select token from time_stamp where size = ?")
                .param(size)
                .query((row, number) -> row.getBytes(1))
                .single();
    }

    private static List<Long> kept() {
        return database.client()
                .sql("select size from time_stamp order by size")
                .query(Long.class)
                .list();
    }
}
