package org.entente.node.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Message;
import org.entente.node.party.Parties;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of all relationships, said and heard, as the exact bytes that were signed. */
public final class Statements {
    private final JdbcClient sql;
    private final Parties parties;
    private final Logs logs;
    private final Clock clock;

    public Statements(JdbcClient sql, Parties parties, Logs logs, Clock clock) {
        this.sql = sql;
        this.parties = parties;
        this.logs = logs;
        this.clock = clock;
    }

    /** A statement with what it says, and which way it went. */
    public record Entry(Statement statement, Message message, boolean outgoing, Instant recordedAt) {}

    /**
     * Stores a statement and appends its leaf to the log of the relationship with the partner. What is said to all
     * stands once and has a leaf in the log of each relationship. MUST be called inside the transaction of its effect.
     *
     * @return whether it is new in that relationship; what is there already is left as it is
     */
    boolean record(Statement statement, Message message, PartyCode partner, boolean outgoing) {
        int rows = sql.sql("""
                        insert into statement
                            (id, outgoing, kind, sender, receiver, stated_at, answers, bytes, recorded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        statement.id().bytes(),
                        outgoing,
                        statement.kind(),
                        statement.from().text(),
                        statement.to().map(Actor::text).orElse(""),
                        Timestamp.from(statement.at()),
                        new SqlParameterValue(
                                Types.BINARY,
                                message.answers().map(Digest::bytes).orElse(null)),
                        statement.bytes(),
                        Timestamp.from(clock.instant()))
                .update();
        if (rows == 0 && logs.index(partner, statement.id()).isPresent()) {
            return false;
        }
        if (rows > 0) {
            for (BodyReference body : message.bodies()) {
                sql.sql("insert into statement_body (statement, body) values (?, ?) on conflict do nothing")
                        .params(statement.id().bytes(), body.ciphertext().bytes())
                        .update();
            }
        }
        logs.append(partner, statement.id());
        return true;
    }

    public Optional<Entry> find(Digest id) {
        return sql.sql("select bytes, sender, outgoing, recorded_at from statement where id = ?")
                .param(id.bytes())
                .query((row, number) -> entry(row))
                .optional();
    }

    /** What answers this statement, in the order in which it was recorded here. */
    public List<Entry> answers(Digest id) {
        return sql.sql("""
                        select s.bytes, s.sender, s.outgoing, s.recorded_at
                        from statement s join leaf l on l.statement = s.id
                        where s.answers = ? order by l.origin, l.position""").param(id.bytes()).query((row, number) -> entry(row)).list();
    }

    /** All statements in the log of the relationship with a partner, in log order. */
    public List<Entry> inLogOf(PartyCode partner) {
        return sql.sql("""
                        select s.bytes, s.sender, s.outgoing, s.recorded_at
                        from statement s join leaf l on l.statement = s.id
                        where l.origin = ? order by l.position""")
                .param(logs.origin(partner))
                .query((row, number) -> entry(row))
                .list();
    }

    /** The newest statements of all relationships. */
    public List<Entry> newest(int most) {
        return sql.sql("""
                        select s.bytes, s.sender, s.outgoing, s.recorded_at
                        from statement s join leaf l on l.statement = s.id
                        order by s.recorded_at desc, l.position desc limit ?""").param(most).query((row, number) -> entry(row)).list();
    }

    /** All statements of one kind in the relationship with a partner, in log order. */
    public List<Entry> ofKind(PartyCode partner, String kind) {
        return sql.sql("""
                        select s.bytes, s.sender, s.outgoing, s.recorded_at
                        from statement s join leaf l on l.statement = s.id
                        where l.origin = ? and s.kind = ? order by l.position""")
                .params(logs.origin(partner), kind)
                .query((row, number) -> entry(row))
                .list();
    }

    private Entry entry(ResultSet row) throws SQLException {
        try {
            UnverifiedStatement read = Statement.parse(row.getBytes("bytes"));
            PartyCard card = parties.cardOf(read.claimedFrom(), read.claimedKid());
            Statement statement = Arrival.verify(read, card, Set.of()).statement();
            return new Entry(
                    statement,
                    Message.read(statement),
                    row.getBoolean("outgoing"),
                    row.getTimestamp("recorded_at").toInstant());
        } catch (Malformed e) {
            throw new IllegalStateException("a stored statement no longer verifies", e);
        }
    }
}
