package org.entente.node.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The node's one database, open: the only truth that the node has.
 *
 * <p>Whatever server it is, a commit that returned MUST survive the loss of power; a server that is set otherwise is
 * refused. The schema is migrated before anything reads it.
 */
public final class Database implements AutoCloseable {
    private static final int SERVER_VERSION_MIN = 150_000;
    private static final int CONNECTIONS_MAX = 24;
    /** For the next byte of an answer: longer than any statement takes, and shorter than a cut network stays unnoticed. */
    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

    private static final Duration LOCK_LIMIT = Duration.ofSeconds(30);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(15);
    private static final Set<String> DURABLE = Set.of("on", "remote_apply");

    private final HikariDataSource pool;
    private final Optional<EmbeddedPostgres> server;

    private Database(HikariDataSource pool, Optional<EmbeddedPostgres> server) {
        this.pool = pool;
        this.server = server;
    }

    /** Opens the home's own server ({@link EmbeddedPostgres#start}) and brings its schema up to date. */
    public static Database openEmbedded(Path home, Path cache, StartProgress progress) throws DatabaseUnavailable {
        EmbeddedPostgres server = EmbeddedPostgres.start(home, cache, progress);
        try {
            return open(server.address(), Optional.of(server), "classpath:db/migration", progress);
        } catch (DatabaseUnavailable | RuntimeException failed) {
            server.close();
            throw failed;
        }
    }

    /** Opens a server that somebody else runs, and brings its schema up to date. */
    public static Database openExternal(DatabaseAddress address, StartProgress progress) throws DatabaseUnavailable {
        return open(address, Optional.empty(), "classpath:db/migration", progress);
    }

    static Database open(
            DatabaseAddress address, Optional<EmbeddedPostgres> server, String migrations, StartProgress progress)
            throws DatabaseUnavailable {
        HikariDataSource pool = connect(address);
        boolean opened = false;
        try {
            requireDurable(JdbcClient.create(pool), address);
            progress.begins(StartProgress.Part.MIGRATING);
            Flyway.configure()
                    .dataSource(pool)
                    .locations(migrations)
                    .cleanDisabled(true)
                    .load()
                    .migrate();
            Database database = new Database(pool, server);
            opened = true;
            return database;
        } catch (FlywayException failed) {
            throw DatabaseUnavailable.refused("database.migration-failed", address, failed);
        } finally {
            if (!opened) {
                pool.close();
            }
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    public JdbcClient client() {
        return JdbcClient.create(pool);
    }

    /** Runs something if the node's own server ends while this is open; another's may come back, and is waited for. */
    public void whenServerIsLost(Runnable then) {
        server.ifPresent(own -> own.whenLost(then));
    }

    /** Closes the connections at once: what must not go on does not wait for one either, and the node ends within seconds. */
    public void cutOff() {
        pool.close();
    }

    /** Closes the connections, then the node's own server if it is one. */
    @Override
    public void close() {
        pool.close();
        server.ifPresent(EmbeddedPostgres::close);
    }

    private static HikariDataSource connect(DatabaseAddress address) throws DatabaseUnavailable {
        HikariConfig config = new HikariConfig();
        config.setPoolName("node");
        config.setJdbcUrl(address.jdbcUrl());
        address.settings().forEach(config::addDataSourceProperty);
        config.addDataSourceProperty("ApplicationName", "entente");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketTimeout", Long.toString(ANSWER_LIMIT.toSeconds()));
        config.addDataSourceProperty("options", "-c lock_timeout=" + LOCK_LIMIT.toMillis());
        config.setMaximumPoolSize(CONNECTIONS_MAX);
        config.setMinimumIdle(2);
        config.setConnectionTimeout(CONNECT_LIMIT.toMillis());
        config.setInitializationFailTimeout(1);
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException failed) {
            throw DatabaseUnavailable.refused("database.unreachable", address, failed);
        }
    }

    private static void requireDurable(JdbcClient client, DatabaseAddress address) throws DatabaseUnavailable {
        String version = setting(client, "server_version_num");
        if (Integer.parseInt(version) < SERVER_VERSION_MIN) {
            throw new DatabaseUnavailable("database.server-too-old", address.toString(), version);
        }
        if (!setting(client, "fsync").equals("on")) {
            throw new DatabaseUnavailable("database.not-durable", address.toString(), "fsync");
        }
        if (!DURABLE.contains(setting(client, "synchronous_commit"))) {
            throw new DatabaseUnavailable("database.not-durable", address.toString(), "synchronous_commit");
        }
        if (!setting(client, "server_encoding").equals("UTF8")) {
            throw new DatabaseUnavailable("database.not-utf8", address.toString());
        }
        if (!setting(client, "transaction_read_only").equals("off")) {
            throw new DatabaseUnavailable("database.read-only", address.toString());
        }
    }

    private static String setting(JdbcClient client, String name) {
        return client.sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }
}
