package org.entente.node.ledger;

import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of a relationship's statements is here, for the partner that may have lost it. */
public final class Kept {
    private final JdbcClient sql;
    private final Logs logs;

    public Kept(JdbcClient sql, Logs logs) {
        this.sql = sql;
        this.logs = logs;
    }

    /**
     * A statement, as it was signed.
     *
     * @param taken whether it stands in the log, or was refused and kept
     */
    @SuppressWarnings("ArrayRecordComponent") // Read and sent once, never compared.
    public record One(Digest id, byte[] bytes, boolean taken) {}

    /**
     * The newest statements that both are known to have and that do not stand in what was read of the partner's log.
     *
     * @param newer how many of them to leave out, from the newest on
     */
    public List<Digest> beyond(PartyCode partner, String theirs, long newer, int most) {
        return sql.sql("""
                        select l.statement from leaf l join statement s on s.id = l.statement
                            left join outbox o on o.statement = l.statement and o.partner = ?
                        where l.origin = ? and (not s.outgoing or o.acknowledged_at is not null)
                            and not exists (select from mirrored_leaf m where m.origin = ? and m.statement = l.statement)
                        order by l.position desc offset ? limit ?""")
                .params(partner.text(), logs.origin(partner), theirs, newer, most)
                .query((row, number) -> Digest.ofBytes(row.getBytes("statement")))
                .list();
    }

    /** Those of some statements that were exchanged with this partner. */
    public List<One> statements(PartyCode partner, List<Digest> ids) {
        return sql.sql("""
                        select s.id, s.bytes, true as taken from statement s join leaf l on l.statement = s.id
                        where l.origin = ? and s.id = any (?::bytea[])
                        union all
                        select distinct on (k.id) k.id, k.bytes, false from kept_statement k
                        where k.partner = ? and k.id = any (?::bytea[])
                            and not exists (select from statement s where s.id = k.id)""")
                .params(
                        logs.origin(partner),
                        Statements.column(ids, byte[][]::new, Digest::bytes),
                        partner.text(),
                        Statements.column(ids, byte[][]::new, Digest::bytes))
                .query((row, number) ->
                        new One(Digest.ofBytes(row.getBytes("id")), row.getBytes("bytes"), row.getBoolean("taken")))
                .list();
    }
}
