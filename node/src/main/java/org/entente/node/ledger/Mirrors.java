package org.entente.node.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * What this node, as a witness, keeps of its partners' logs beside their heads: the statements that they name, place by
 * place. With them both logs can be held against each other, and a partner that lost its log gets it back.
 */
public final class Mirrors {
    private final JdbcClient sql;
    private final TransactionOperations transactions;
    private final Clock clock;

    public Mirrors(JdbcClient sql, TransactionOperations transactions, Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** How many entries of a log are kept, from the first on. */
    public long size(String origin) {
        return sql.sql("select size from mirror where origin = ?")
                .param(origin)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /**
     * Keeps further entries, which were verified against a cosigned root; what stood in the way of reading them does no more.
     *
     * @param from the place of the first, which MUST be the size so far: otherwise nothing is kept
     */
    public void keep(String origin, PartyCode party, long from, List<Digest> statements) {
        open(origin, party);
        transactions.executeWithoutResult(status -> {
            int grown =
                    sql.sql("""
                            update mirror set size = ?, fault = null, arguments = null, noticed_at = null
                            where origin = ? and size = ?""").params(from + statements.size(), origin, from).update();
            if (grown > 0) {
                sql.sql("""
                                insert into mirrored_leaf (origin, position, statement)
                                select ?, * from unnest(?::int8[], ?::bytea[])""")
                        .params(
                                origin,
                                LongStream.range(from, from + statements.size())
                                        .boxed()
                                        .toArray(Long[]::new),
                                Statements.column(statements, byte[][]::new, Digest::bytes))
                        .update();
            }
        });
    }

    private void open(String origin, PartyCode party) {
        sql.sql("insert into mirror (origin, party) values (?, ?) on conflict do nothing")
                .params(origin, party.text())
                .update();
    }

    /** The statements of some entries, in their order; fewer when fewer are kept. */
    public List<Digest> read(String origin, long from, int most) {
        return sql.sql(
                        "select statement from mirrored_leaf where origin = ? and position >= ? order by position limit ?")
                .params(origin, from, most)
                .query((row, number) -> Digest.ofBytes(row.getBytes("statement")))
                .list();
    }

    /** Keeps why a log cannot be read on; true when it is not the reason that is kept already. */
    public boolean fault(String origin, PartyCode party, Problem problem) {
        open(origin, party);
        return sql.sql("""
                        update mirror set fault = ?, arguments = ?, noticed_at = ?
                        where origin = ? and (fault is distinct from ? or arguments is distinct from ?::text[])""")
                        .params(
                                problem.code(),
                                problem.arguments().toArray(String[]::new),
                                Timestamp.from(clock.instant()),
                                origin,
                                problem.code(),
                                problem.arguments().toArray(String[]::new))
                        .update()
                > 0;
    }

    /** Why a log cannot be read on, if that is so. */
    public Optional<Problem> fault(String origin) {
        return sql.sql("select fault, arguments from mirror where origin = ? and fault is not null")
                .param(origin)
                .query((row, number) ->
                        new Problem(row.getString("fault"), PostgresOutbox.texts(row.getArray("arguments"))))
                .optional();
    }
}
