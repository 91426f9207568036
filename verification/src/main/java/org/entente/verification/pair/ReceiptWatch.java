package org.entente.verification.pair;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Sees, by reading a node's database, when the receipt of a statement is committed at the node that said it. It looks every
 * few milliseconds, so what it tells is that much too late at most, and never too early.
 */
public final class ReceiptWatch implements AutoCloseable {
    private static final long REST_MILLIS = 10;

    private final Connection connection;
    private final Thread thread;
    private final Map<String, Long> seen = new HashMap<>();
    private final String origin;
    private long from;
    private volatile boolean closing;
    private Optional<Exception> failure = Optional.empty();

    /** Watches the log of a node's relationship with a partner, from its end on. */
    public ReceiptWatch(NodeAtWork node, String partner) throws IOException, SQLException {
        connection = node.connection();
        try (PreparedStatement log =
                connection.prepareStatement("select origin, size from log where partner = ? and closed_at is null")) {
            log.setString(1, partner);
            try (ResultSet row = log.executeQuery()) {
                if (!row.next()) {
                    throw new PairBroken("there is no log of the relationship with " + partner);
                }
                origin = row.getString(1);
                from = row.getLong(2);
            }
        }
        thread = Thread.ofPlatform().name("receipts").daemon().start(this::run);
    }

    private void run() {
        try (PreparedStatement newer = connection.prepareStatement("""
                select l.position, s.answers, s.kind from leaf l join statement s on s.id = l.statement
                where l.origin = ? and l.position >= ? order by l.position""")) {
            while (!closing) {
                look(newer);
                Thread.sleep(REST_MILLIS);
            }
        } catch (SQLException | InterruptedException failed) {
            fail(failed);
        }
    }

    private void look(PreparedStatement newer) throws SQLException {
        newer.setString(1, origin);
        newer.setLong(2, from);
        try (ResultSet row = newer.executeQuery()) {
            long now = System.nanoTime();
            while (row.next()) {
                from = row.getLong(1) + 1;
                if (row.getString(3).equals("receipt")) {
                    see(HexFormat.of().formatHex(row.getBytes(2)), now);
                }
            }
        }
    }

    private synchronized void see(String statement, long now) {
        seen.putIfAbsent(statement, now);
        notifyAll();
    }

    private synchronized void fail(Exception failed) {
        failure = Optional.of(failed);
        notifyAll();
    }

    /** When the first receipt of a statement was seen, by {@link System#nanoTime}; waits for it. */
    public synchronized long await(String statement, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!seen.containsKey(statement)) {
            long left = deadline - System.nanoTime();
            if (failure.isPresent()) {
                throw new PairBroken("receipts cannot be watched any more", failure.get());
            }
            if (left <= 0) {
                throw new PairBroken("no receipt of " + statement + " came within " + limit.toSeconds() + " s");
            }
            wait(Math.max(1, left / 1_000_000));
        }
        return seen.get(statement);
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
