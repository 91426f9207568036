package org.entente.node.database;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;

/**
 * Where a PostgreSQL server is and who we are there. The password is used and never printed.
 *
 * <p>A server that is not on this machine is reached with {@code sslmode=verify-full} unless the URL names another
 * {@code sslmode}, and must ask who we are. No server gets the password in the clear because it asks for it
 * ({@code requireAuth}).
 */
public final class DatabaseAddress {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final String host;
    private final int port;
    private final String database;
    private final Map<String, String> settings;

    private DatabaseAddress(String host, int port, String database, Map<String, String> settings) {
        this.host = host;
        this.port = port;
        this.database = database;
        this.settings = Map.copyOf(settings);
    }

    static DatabaseAddress here(int port, String database, String user, String password) {
        return new DatabaseAddress(
                "127.0.0.1",
                port,
                database,
                Map.of("user", user, "password", password, "sslmode", "disable", "requireAuth", "scram-sha-256"));
    }

    /**
     * Reads {@code postgresql://user:password@host:port/database?setting=value}, with or without {@code jdbc:} in front;
     * user and password may also stand among the settings.
     *
     * @throws Malformed {@code database.url-malformed}, without repeating the URL, which may hold a password
     */
    public static DatabaseAddress parse(String text) throws Malformed {
        String plain = text.strip().replaceFirst("^jdbc:", "").replaceFirst("^postgres:", "postgresql:");
        URI uri;
        try {
            uri = new URI(plain);
        } catch (URISyntaxException malformed) {
            throw new Malformed("database.url-malformed");
        }
        String host = uri.getHost();
        String path = uri.getPath();
        if (!"postgresql".equals(uri.getScheme())
                || host == null
                || path == null
                || !path.matches("/[A-Za-z0-9_.-]{1,63}")
                || uri.getFragment() != null) {
            throw new Malformed("database.url-malformed");
        }
        Map<String, String> settings = new LinkedHashMap<>();
        String user = uri.getRawUserInfo();
        if (user != null) {
            String[] parts = user.split(":", 2);
            settings.put("user", decoded(parts[0]));
            if (parts.length == 2) {
                settings.put("password", decoded(parts[1]));
            }
        }
        for (String setting : Optional.ofNullable(uri.getRawQuery()).orElse("").split("&", -1)) {
            String[] parts = setting.split("=", 2);
            if (parts.length == 2) {
                settings.put(decoded(parts[0]), decoded(parts[1]));
            } else if (!setting.isEmpty()) {
                throw new Malformed("database.url-malformed");
            }
        }
        boolean here = HERE.contains(host.toLowerCase(Locale.ROOT));
        settings.putIfAbsent("sslmode", here ? "prefer" : "verify-full");
        settings.putIfAbsent("requireAuth", here ? "!password" : "!password,!none");
        return new DatabaseAddress(host, uri.getPort() == -1 ? 5432 : uri.getPort(), path.substring(1), settings);
    }

    /** The same server and account, another database. */
    DatabaseAddress inDatabase(String other) {
        return new DatabaseAddress(host, port, other, settings);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    /** Settings for the driver; they hold the password. */
    Map<String, String> settings() {
        return settings;
    }

    private static String decoded(String text) throws Malformed {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new Malformed("database.url-malformed");
        }
    }

    @Override
    public String toString() {
        return "postgresql://[redacted]@" + host + ":" + port + "/" + database;
    }
}
