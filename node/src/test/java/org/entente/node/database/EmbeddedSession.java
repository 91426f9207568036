package org.entente.node.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A plain connection past all of our checks, to bring a server into a state that they must refuse. */
final class EmbeddedSession implements AutoCloseable {
    private final Connection connection;

    EmbeddedSession(DatabaseAddress address) throws SQLException {
        Properties settings = new Properties();
        settings.putAll(address.settings());
        this.connection = DriverManager.getConnection(address.jdbcUrl(), settings);
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
