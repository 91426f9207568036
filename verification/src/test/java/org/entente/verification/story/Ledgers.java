package org.entente.verification.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.entente.verification.pair.NodeAtWork;
import org.entente.verification.pair.Pair;
import org.entente.verification.process.Entente;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What both nodes have in the end, by their databases and by their logs derived anew: nothing lost, nothing twice. */
record Ledgers(Pair pair) {

    private static final Pattern PROGRESS = Pattern.compile("Starting |Bringing |entente/log/|Waiting ");

    /** Waits until nothing is on its way any more, and both logs are cosigned and read by the other side. */
    void drain() throws Exception {
        for (NodeAtWork node : pair.both()) {
            Pair.await("empty outbox of " + node.party(), () -> idle(node) ? Optional.of(node) : Optional.empty());
        }
        Pair.await("reader of both logs", () -> isRead() ? Optional.of(pair) : Optional.empty());
    }

    /** Whether each node keeps every entry of the other's log: what only one of them knows nobody can give back to it. */
    private boolean isRead() {
        try (Connection mx = pair.mx().connection();
                Connection us = pair.us().connection()) {
            return sizes(mx, "mirror where party = 'US'").equals(sizes(us, "log where partner = 'MX'"))
                    && sizes(us, "mirror where party = 'MX'").equals(sizes(mx, "log where partner = 'US'"));
        } catch (SQLException | IOException notNow) {
            return false;
        }
    }

    private static Map<String, Long> sizes(Connection connection, String logs) throws SQLException {
        Map<String, Long> sizes = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("select origin, size from " + logs);
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                sizes.put(row.getString(1), row.getLong(2));
            }
        }
        return sizes;
    }

    private static boolean idle(NodeAtWork node) {
        try (Connection connection = node.connection()) {
            return count(connection, """
                            select (select count(*) from outbox where acknowledged_at is null and set_aside is null)
                                + (select count(*) from duty where done_at is null)
                                + (select count(*) from log l where l.partner is not null and l.closed_at is null
                                    and l.size > coalesce((select max(c.size) from checkpoint c
                                        where c.origin = l.origin and c.cosigned), 0))
                                + (select count(*) from log l where l.partner is not null and l.closed_at is null
                                    and l.size = 0)""") == 0;
        } catch (SQLException | IOException notNow) {
            return false;
        }
    }

    /** What was said stands at both, in both logs, once; each has its receipts and its one effect, and nothing was refused. */
    void requireOnce(Set<String> saidRequests, Set<String> saidVerdicts) throws Exception {
        requireSaidOnce(saidRequests, saidVerdicts);
        try (Connection mx = pair.mx().connection();
                Connection us = pair.us().connection()) {
            Set<String> requests = statements(mx, "item-requested", true);
            Set<String> verdicts = statements(us, "request-decided", true);
            Map<String, Long> receiptsAtMx = receipts(mx);
            Map<String, Long> receiptsAtUs = receipts(us);
            requests.forEach(one ->
                    assertThat(receiptsAtMx.get(one)).as("delivered and opened").isEqualTo(2));
            verdicts.forEach(
                    one -> assertThat(receiptsAtUs.get(one)).as("delivered").isEqualTo(1));
            assertThat(count(us, "select count(*) from request where not own and facts is not null"))
                    .isEqualTo(requests.size());
            assertThat(count(mx, "select count(*) from request where own")).isEqualTo(requests.size());
            for (Connection one : new Connection[] {mx, us}) {
                assertThat(count(one, "select count(*) from outbox where set_aside is not null"))
                        .isZero();
                assertThat(count(one, "select count(*) from kept_statement")).isZero();
                assertThat(count(one, "select count(*) from duty where attempts > 0 and done_at is null"))
                        .isZero();
            }
        }
    }

    /** What was said stands at both, in both logs, once, and nothing stands there that only one of them has. */
    void requireSaidOnce(Set<String> saidRequests, Set<String> saidVerdicts) throws Exception {
        try (Connection mx = pair.mx().connection();
                Connection us = pair.us().connection()) {
            Set<String> requests = statements(mx, "item-requested", true);
            Set<String> verdicts = statements(us, "request-decided", true);
            assertThat(requests).containsAll(saidRequests);
            assertThat(verdicts).containsAll(saidVerdicts);
            assertThat(statements(us, "item-requested", false)).isEqualTo(requests);
            assertThat(statements(mx, "request-decided", false)).isEqualTo(verdicts);
            assertThat(statements(mx, "receipt", false)).isEqualTo(statements(us, "receipt", true));
            assertThat(statements(us, "receipt", false)).isEqualTo(statements(mx, "receipt", true));
        }
    }

    /** Stops both and derives their logs anew. */
    void requireWhole() throws Exception {
        for (NodeAtWork node : pair.both()) {
            node.stop();
            Entente.Ended ended = node.fsck();
            assertThat(ended.exit())
                    .as(node.party() + ": " + ended.output() + ended.errors())
                    .isZero();
            JsonNode report = new JsonMapper().readTree(ended.output());
            assertThat(report.required("logs").get(0).required("leaves").asLong())
                    .isPositive();
        }
    }

    /** The same, of a pair of which one went on from an older copy: nothing differs but that bodies, whose keys are in no copy, are gone. */
    void requireWholeButForBodies() throws Exception {
        for (NodeAtWork node : pair.both()) {
            node.stop();
            Entente.Ended ended = node.fsck();
            assertThat(ended.errors()
                            .lines()
                            .filter(line -> !PROGRESS.matcher(line).lookingAt()))
                    .as(node.party())
                    .allMatch(line -> line.startsWith("Everything holds.")
                            || (line.startsWith("The body ") && line.contains("missing)")));
            assertThat(new JsonMapper()
                            .readTree(ended.output())
                            .required("logs")
                            .get(0)
                            .required("leaves")
                            .asLong())
                    .isPositive();
        }
    }

    private static Set<String> statements(Connection connection, String kind, boolean outgoing) throws SQLException {
        Set<String> ids = new TreeSet<>();
        try (PreparedStatement query = connection.prepareStatement("""
                select s.id from statement s join leaf l on l.statement = s.id where s.kind = ? and s.outgoing = ?""")) {
            query.setString(1, kind);
            query.setBoolean(2, outgoing);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    assertThat(ids.add(HexFormat.of().formatHex(row.getBytes(1))))
                            .as("in the log once")
                            .isTrue();
                }
            }
        }
        return ids;
    }

    private static Map<String, Long> receipts(Connection connection) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (PreparedStatement query = connection.prepareStatement("""
                        select answers, count(*) from statement where kind = 'receipt' and not outgoing
                        group by answers""");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                counts.put(HexFormat.of().formatHex(row.getBytes(1)), row.getLong(2));
            }
        }
        return counts;
    }

    static long count(Connection connection, String sql) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
