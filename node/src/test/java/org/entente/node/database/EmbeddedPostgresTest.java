package org.entente.node.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class EmbeddedPostgresTest {
    static final String MIGRATIONS = "classpath:org/entente/node/database/migration";

    /** Programs are unpacked once for the module, beside the class files. */
    static final Path CACHE = Path.of("target/postgres-cache");

    @TempDir
    Path home;

    @Test
    void aRestartKeepsWhatWasCommittedAndSkipsTheFirstSteps() throws Exception {
        List<StartProgress.Part> first = new ArrayList<>();
        try (Database database = open(first)) {
            database.client().sql("insert into kept (row) values (7)").update();
        }
        List<StartProgress.Part> second = new ArrayList<>();
        try (Database database = open(second)) {
            assertThat(rows(database)).isEqualTo(1);
        }
        assertThat(first).contains(StartProgress.Part.INITIALISING, StartProgress.Part.STARTING);
        assertThat(second).containsExactly(StartProgress.Part.STARTING, StartProgress.Part.MIGRATING);
    }

    @Test
    void theServerIsDurableAndKeepsToLoopbackAndScram() throws Exception {
        try (Database database = open(new ArrayList<>())) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
                assertThat(setting(database, setting)).as(setting).isEqualTo("on");
            }
            assertThat(setting(database, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(setting(database, "unix_socket_directories")).isEmpty();
            assertThat(setting(database, "server_encoding")).isEqualTo("UTF8");
            assertThat(database.client()
                            .sql("select datlocprovider::text || datlocale from pg_database where datname = 'entente'")
                            .query(String.class)
                            .single())
                    .isEqualTo("bC.UTF-8");
            assertThat(database.client()
                            .sql("select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'")
                            .query(Integer.class)
                            .single())
                    .isZero();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("postgres.password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aWrongPasswordIsRefused() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, CACHE, StartProgress.SILENT)) {
            DatabaseAddress wrong =
                    DatabaseAddress.parse(server.address().jdbcUrl().replace("//", "//entente:wrong@"));
            assertThatThrownBy(() -> Database.open(wrong, Optional.empty(), MIGRATIONS, StartProgress.SILENT))
                    .isInstanceOf(DatabaseUnavailable.class)
                    .hasMessageContaining("database.unreachable")
                    .hasMessageNotContaining("wrong");
        }
    }

    @Test
    void aSecondNodeOnTheSameHomeIsRefused() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start(home, CACHE, StartProgress.SILENT)) {
            assertThat(server.pid()).isPositive();
            assertProblem("database.home-in-use", home);
            Process other = child(home, true);
            assertThat(new String(other.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("database.home-in-use");
            assertThat(other.waitFor()).isNotZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aKilledNodeTakesItsServerAlongAndLosesNothingCommitted(boolean tiedByKernel) throws Exception {
        Process node = child(home, tiedByKernel);
        BufferedReader words = node.inputReader();
        String first = String.valueOf(words.readLine());
        ProcessHandle server =
                ProcessHandle.of(Long.parseLong(first.replace("server ", ""))).orElseThrow();
        int promised = 0;
        while (promised < 200) {
            promised = committed(words.readLine());
        }
        new ProcessBuilder("sh", "-c", "kill -KILL " + node.pid()).start().waitFor();
        for (String line = words.readLine(); line != null; line = words.readLine()) {
            promised = Math.max(promised, committed(line));
        }
        server.onExit().get(10, TimeUnit.SECONDS);
        try (Database database = open(new ArrayList<>())) {
            assertThat(rows(database)).isGreaterThanOrEqualTo(promised);
        }
    }

    @Test
    void aServerThatDiedHardIsRecoveredAndItsClaimIsNoObstacle() throws Exception {
        Process node = child(home, true);
        BufferedReader words = node.inputReader();
        long server = Long.parseLong(String.valueOf(words.readLine()).replace("server ", ""));
        int promised = 0;
        while (promised < 100) {
            promised = committed(words.readLine());
        }
        ProcessHandle handle = ProcessHandle.of(server).orElseThrow();
        handle.destroyForcibly();
        handle.onExit().get(10, TimeUnit.SECONDS);
        node.destroyForcibly().waitFor();
        Path claim = PostgresCluster.dataBelow(home).resolve("postmaster.pid");
        assertThat(claim).exists();

        List<String> lines = new ArrayList<>(Files.readAllLines(claim));
        Process bystander = new ProcessBuilder("sleep", "60").start();
        try {
            lines.set(0, Long.toString(bystander.pid()));
            Files.write(claim, lines);
            try (Database database = open(new ArrayList<>())) {
                assertThat(rows(database)).isGreaterThanOrEqualTo(promised);
            }
            assertThat(bystander.isAlive()).isTrue();
        } finally {
            bystander.destroyForcibly();
        }
    }

    @Test
    void aServerThatWasLeftRunningIsShutDownFirst() throws Exception {
        EmbeddedPostgres.start(home, CACHE, StartProgress.SILENT).close();
        Path binaries = PostgresBinaries.unpackedIn(CACHE, StartProgress.SILENT);
        Path data = PostgresCluster.dataBelow(home.toRealPath());
        ServerAccount account = ServerAccount.choose(home, data, binaries);
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        Process orphan = new ProcessBuilder(account.with(List.of(
                        binaries.resolve("bin/postgres").toString(),
                        "-D",
                        data.toString(),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "port=" + port,
                        "-c",
                        "unix_socket_directories=")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (new PostgresCluster(home.toRealPath(), binaries, account).claim().size() < 8) {
            assertThat(orphan.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        List<StartProgress.Part> parts = new ArrayList<>();
        open(parts).close();
        assertThat(parts).startsWith(StartProgress.Part.STOPPING_EARLIER_SERVER);
        assertThat(orphan.isAlive()).isFalse();
    }

    @Test
    void aHomeThatIsAFileOrOfAnotherServerIsRefusedWithTheReason() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");
        assertProblem("database.not-writable", file.resolve("home"));

        Path other = home.resolve("other");
        Path data = Files.createDirectories(PostgresCluster.dataBelow(other));
        Files.writeString(data.resolve("PG_VERSION"), "15\n");
        assertProblem("database.data-version", other);

        Files.writeString(data.resolve("PG_VERSION"), "18\n");
        assertProblem("database.password-missing", other);
    }

    @Test
    void aStartThatWasCutShortIsBegunAnew() throws Exception {
        Path half = Files.createDirectories(home.resolve("postgres/data.new/base"));
        Files.writeString(half.resolve("1"), "half");
        Files.writeString(home.resolve("postgres.password"), "of the lost start");
        try (Database database = open(new ArrayList<>())) {
            assertThat(rows(database)).isZero();
        }
    }

    @Test
    void aPlatformWithoutProgramsIsSaidToHaveNone() {
        assertThat(PostgresBinaries.platform("Linux", "amd64", false)).contains("linux-x86_64");
        assertThat(PostgresBinaries.platform("Linux", "aarch64", false)).contains("linux-arm_64");
        assertThat(PostgresBinaries.platform("Mac OS X", "aarch64", false)).contains("darwin-arm_64");
        assertThat(PostgresBinaries.platform("Linux", "amd64", true)).isEmpty();
        assertThat(PostgresBinaries.platform("Linux", "riscv64", false)).isEmpty();
        assertThat(PostgresBinaries.platform("Windows 11", "amd64", false)).isEmpty();
    }

    @Test
    void aFullDiskIsCalledByItsName() {
        assertThat(DatabaseUnavailable.programFailed("database.start-failed", home, "x: No space left on device")
                        .problem()
                        .code())
                .isEqualTo("database.disk-full");
    }

    @Test
    void theLogStaysBelowItsBound() throws Exception {
        BoundedLog log = new BoundedLog(home.resolve("postgres.log"), 1000);
        byte[] line = "a line of the server\n".getBytes(StandardCharsets.UTF_8);
        for (int count = 0; count < 500; count++) {
            log.append(line, line.length);
        }
        assertThat(Files.size(home.resolve("postgres.log"))).isLessThanOrEqualTo(1000);
        assertThat(Files.size(home.resolve("postgres.log.1"))).isLessThanOrEqualTo(1000);
        assertThat(log.tail()).endsWith("a line of the server\n");
    }

    private Database open(List<StartProgress.Part> parts) throws DatabaseUnavailable {
        EmbeddedPostgres server = EmbeddedPostgres.start(home, CACHE, parts::add);
        return Database.open(server.address(), Optional.of(server), MIGRATIONS, parts::add);
    }

    private static void assertProblem(String code, Path place) {
        assertThatThrownBy(() -> EmbeddedPostgres.start(place, CACHE, StartProgress.SILENT))
                .isInstanceOfSatisfying(
                        DatabaseUnavailable.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    private static int rows(Database database) {
        return database.client()
                .sql("select count(*) from kept")
                .query(Integer.class)
                .single();
    }

    private static String setting(Database database, String name) {
        return database.client()
                .sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private static Process child(Path home, boolean tiedByKernel) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingNode.class.getName(),
                        home.toString(),
                        CACHE.toString(),
                        Boolean.toString(tiedByKernel))
                .redirectError(ProcessBuilder.Redirect.PIPE)
                .start();
    }

    private static int committed(@Nullable String line) {
        assertThat(line).as("the node's next word").isNotNull();
        return line != null && line.startsWith("committed ") ? Integer.parseInt(line.substring(10)) : 0;
    }
}
