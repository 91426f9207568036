package org.entente.node.ledger;

import java.sql.Array;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.delivery.Outbox;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The outbox as a table; a row's sequence follows its leaf, because the sequencer writes both. */
public final class PostgresOutbox implements Outbox {
    private final JdbcClient sql;
    private final Clock clock;

    public PostgresOutbox(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public void append(List<Row> rows) {
        if (!rows.isEmpty()) {
            sql.sql("""
                            insert into outbox (partner, statement)
                            select partner, statement from unnest(?::text[], ?::bytea[])
                                with ordinality as row (partner, statement, place) order by place""")
                    .params(
                            Statements.column(
                                    rows, String[]::new, row -> row.partner().text()),
                            Statements.column(
                                    rows, byte[][]::new, row -> row.statement().bytes()))
                    .update();
        }
    }

    @Override
    public List<Row> head(PartyCode partner, int rowsMax) {
        return sql.sql("""
                        select o.statement, s.bytes from outbox o join statement s on s.id = o.statement
                        where o.partner = ? and o.acknowledged_at is null and o.set_aside is null
                        order by o.sequence limit ?""")
                .params(partner.text(), rowsMax)
                .query((row, number) ->
                        new Row(partner, Digest.ofBytes(row.getBytes("statement")), row.getBytes("bytes")))
                .list();
    }

    @Override
    public long waiting(PartyCode partner) {
        return sql.sql("""
                        select count(*) from outbox
                        where partner = ? and acknowledged_at is null and set_aside is null""").param(partner.text()).query(Long.class).single();
    }

    /** Looks no further than it must: it is asked before each act. */
    @Override
    public boolean isLongerThan(PartyCode partner, int rows) {
        return sql.sql("""
                        select exists(select from outbox
                            where partner = ? and acknowledged_at is null and set_aside is null
                            order by sequence offset ? limit 1)""").params(partner.text(), rows).query(Boolean.class).single();
    }

    @Override
    public void acknowledge(PartyCode partner, Digest statement) {
        acknowledge(partner, List.of(statement));
    }

    @Override
    public void acknowledge(PartyCode partner, List<Digest> statements) {
        if (!statements.isEmpty()) {
            sql.sql("""
                            update outbox set acknowledged_at = ?
                            where partner = ? and statement = any (?) and acknowledged_at is null""")
                    .params(
                            Timestamp.from(clock.instant()),
                            partner.text(),
                            Statements.column(statements, byte[][]::new, Digest::bytes))
                    .update();
        }
    }

    @Override
    public void setAside(SetAside refused) {
        sql.sql("""
                        update outbox set set_aside = ?, arguments = ?
                        where partner = ? and statement = ? and acknowledged_at is null and set_aside is null""")
                .params(
                        refused.problem().code(),
                        refused.problem().arguments().toArray(String[]::new),
                        refused.partner().text(),
                        refused.statement().bytes())
                .update();
    }

    @Override
    public List<SetAside> setAside(PartyCode partner) {
        return sql.sql("""
                        select statement, set_aside, arguments from outbox
                        where partner = ? and set_aside is not null order by sequence""")
                .param(partner.text())
                .query((row, number) -> new SetAside(
                        partner,
                        Digest.ofBytes(row.getBytes("statement")),
                        new Problem(row.getString("set_aside"), texts(row.getArray("arguments")))))
                .list();
    }

    static List<String> texts(Array array) throws java.sql.SQLException {
        return List.of((String[]) array.getArray());
    }
}
