package org.entente.node.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/**
 * A PostgreSQL server that belongs to one node's home, lives as long as this process and listens on loopback only.
 *
 * <p>It is a full server with its durability on (data checksums, {@code fsync}, {@code synchronous_commit}): what was
 * committed MUST be there after any end of the node, the server or the machine. Those settings stand on the command
 * line, where {@code ALTER SYSTEM} and edited files do not reach. After the node is killed the server shuts itself down
 * ({@link ServerProcess}); a start that comes sooner waits for that, or brings it about.
 *
 * <p>Row contents stay out of the server's log: errors are logged without detail, statement or parameters.
 *
 * <p>The usual launcher for these binaries (zonky's) was measured and lost: it runs with fsync off, trusts every local
 * user, and leaves the server running when the JVM is killed.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    /** How long a start may take; the replay after a hard kill is within it. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);
    private static final long LOG_BYTES_MAX = 8L << 20;
    private static final int PORT_ATTEMPTS_MAX = 8;
    private static final String DATABASE = "entente";

    private final HomeLock lock;
    private final ServerProcess process;
    private final long serverPid;
    private final DatabaseAddress address;
    private volatile boolean closing;

    private EmbeddedPostgres(HomeLock lock, ServerProcess process, long serverPid, DatabaseAddress address) {
        this.lock = lock;
        this.process = process;
        this.serverPid = serverPid;
        this.address = address;
    }

    /**
     * Starts the server of a home, making the home and its database when they are absent.
     *
     * @param home the node's home; one process at a time
     * @param cache where the server's programs are kept for all nodes, for example {@code ~/.cache/entente}
     * @throws DatabaseUnavailable with what stands in the way; nothing is left running
     */
    public static EmbeddedPostgres start(Path home, Path cache, StartProgress progress) throws DatabaseUnavailable {
        return start(home, cache, ServerProcess.kernelTies(), progress);
    }

    static EmbeddedPostgres start(Path home, Path cache, boolean tiedByKernel, StartProgress progress)
            throws DatabaseUnavailable {
        Path place = makeHome(home);
        HomeLock lock = HomeLock.take(place);
        boolean started = false;
        try {
            Path binaries = PostgresBinaries.unpackedIn(cache, progress);
            ServerAccount account = ServerAccount.choose(place, PostgresCluster.dataBelow(place), binaries);
            PostgresCluster cluster = new PostgresCluster(place, binaries, account);
            String password = cluster.passwordAfterInitialising(progress);
            stopServerLeftBehind(cluster, progress);
            cluster.disarmForeignClaim();
            progress.begins(StartProgress.Part.STARTING);
            Launch launch = new Launch(cluster, binaries, account, tiedByKernel, place.resolve("postgres.log"));
            EmbeddedPostgres server = launch.untilReady(lock, password);
            started = true;
            return server;
        } finally {
            if (!started) {
                lock.close();
            }
        }
    }

    /** Where the node's database is, for {@link Database}. */
    public DatabaseAddress address() {
        return address;
    }

    /** The server's process number, for supervision. */
    public long pid() {
        return serverPid;
    }

    /** Runs something if the server ends without being told to: killed, or by a fault of its own. */
    public void whenLost(Runnable then) {
        var _ = process.ended().thenRun(() -> {
            if (!closing) {
                then.run();
            }
        });
    }

    /** Shuts the server down; returns when it is gone. Sessions that are still open are cut. */
    @Override
    public void close() {
        closing = true;
        process.stop(STOP_LIMIT);
        lock.close();
    }

    private static Path makeHome(Path home) throws DatabaseUnavailable {
        Path place = home.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(place)) {
                Files.createDirectories(place);
                Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return place.toRealPath();
        } catch (IOException failed) {
            throw DatabaseUnavailable.notWritten(place, failed);
        }
    }

    private static void stopServerLeftBehind(PostgresCluster cluster, StartProgress progress)
            throws DatabaseUnavailable {
        var earlier = cluster.serverLeftBehind();
        if (earlier.isEmpty()) {
            return;
        }
        progress.begins(StartProgress.Part.STOPPING_EARLIER_SERVER);
        long pid = earlier.get().pid();
        for (String signal : List.of("INT", "QUIT")) {
            ServerProcess.signal(signal, pid);
            long deadline = System.nanoTime() + STOP_LIMIT.toNanos();
            while (System.nanoTime() < deadline) {
                if (cluster.serverLeftBehind().isEmpty()) {
                    return;
                }
                pause();
            }
        }
        throw new DatabaseUnavailable("database.earlier-server-stays", Long.toString(pid));
    }

    /** One start of the server, on whichever port is free. */
    private record Launch(
            PostgresCluster cluster, Path binaries, ServerAccount account, boolean tiedByKernel, Path logFile) {

        EmbeddedPostgres untilReady(HomeLock lock, String password) throws DatabaseUnavailable {
            String words = "";
            for (int attempt = 0; attempt < PORT_ATTEMPTS_MAX; attempt++) {
                BoundedLog log = new BoundedLog(logFile, LOG_BYTES_MAX);
                ServerProcess process = null;
                boolean ready = false;
                try {
                    int port = freePort();
                    process = ServerProcess.start(account, command(port), tiedByKernel, log);
                    if (becomesReady(process, port)) {
                        DatabaseAddress address = DatabaseAddress.here(port, DATABASE, PostgresCluster.USER, password);
                        makeDatabase(address);
                        ready = true;
                        return new EmbeddedPostgres(lock, process, pid(), address);
                    }
                } catch (IOException failed) {
                    throw DatabaseUnavailable.notWritten(logFile, failed);
                } finally {
                    if (process != null && !ready) {
                        process.stop(STOP_LIMIT);
                    }
                }
                words = log.tail();
                if (!words.contains("could not bind") && !words.contains("shared memory block")) {
                    break;
                }
                pause();
            }
            throw DatabaseUnavailable.programFailed("database.start-failed", logFile, words);
        }

        private List<String> command(int port) {
            return List.of(
                    binaries.resolve("bin/postgres").toString(),
                    "-D",
                    cluster.data().toString(),
                    "-c",
                    "listen_addresses=127.0.0.1",
                    "-c",
                    "port=" + port,
                    "-c",
                    "unix_socket_directories=",
                    "-c",
                    "fsync=on",
                    "-c",
                    "synchronous_commit=on",
                    "-c",
                    "full_page_writes=on",
                    "-c",
                    "password_encryption=scram-sha-256",
                    "-c",
                    "max_connections=60",
                    "-c",
                    "jit=off",
                    "-c",
                    "log_error_verbosity=terse",
                    "-c",
                    "log_min_error_statement=panic",
                    "-c",
                    "log_parameter_max_length_on_error=0",
                    "-c",
                    "log_timezone=UTC",
                    "-c",
                    "timezone=UTC");
        }

        /** False when the server ended, or stayed busy beyond the limit. */
        private boolean becomesReady(ServerProcess process, int port) {
            long deadline = System.nanoTime() + START_LIMIT.toNanos();
            while (process.isAlive() && System.nanoTime() < deadline) {
                List<String> claim = cluster.claim();
                if (claim.size() >= 8
                        && claim.get(3).equals(Integer.toString(port))
                        && claim.get(7).strip().equals("ready")) {
                    return true;
                }
                pause();
            }
            return false;
        }

        private void makeDatabase(DatabaseAddress address) throws DatabaseUnavailable {
            DatabaseAddress first = address.inDatabase("postgres");
            Properties settings = new Properties();
            settings.putAll(first.settings());
            try (Connection connection = DriverManager.getConnection(first.jdbcUrl(), settings);
                    Statement statement = connection.createStatement()) {
                boolean there;
                try (ResultSet found =
                        statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
                    there = found.next();
                }
                if (!there) {
                    statement.execute("create database " + DATABASE);
                }
            } catch (SQLException failed) {
                throw DatabaseUnavailable.programFailed(
                        "database.start-failed", logFile, String.valueOf(failed.getMessage()));
            }
        }

        private long pid() {
            List<String> claim = cluster.claim();
            return claim.isEmpty() ? 0 : Long.parseLong(claim.getFirst().strip());
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
