package org.entente.node.comparison;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Erases hits when their time has come, and what an officer wrote to request what is behind them. A request keeps its hit, without which an answer could not be
 * checked, for ninety days. That something was erased stays recorded; what it was does not. An item that was released lives by its own retention.
 */
public final class HitLife {
    static final Duration REQUEST_LIFE = Duration.ofDays(90);

    private static final Logger LOG = LoggerFactory.getLogger(HitLife.class);
    private static final String DUE = """
            select id from hit where erase_at <= ? and not exists (
                select 1 from request r join statement s on s.id = r.statement
                where r.hit = hit.id and s.recorded_at > ?)""";

    private final JdbcClient sql;
    private final TransactionOperations transactions;
    private final Clock clock;

    public HitLife(JdbcClient sql, TransactionOperations transactions, Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Erases what is due; may be called at any time, and again after a crash. */
    public void sweep() {
        Instant now = clock.instant();
        Integer erased = transactions.execute(status -> erase(now));
        if (erased != null && erased > 0) {
            LOG.info("{} hits were erased: their time had come", erased);
        }
    }

    private int erase(Instant now) {
        Timestamp due = Timestamp.from(now);
        Timestamp requested = Timestamp.from(now.minus(REQUEST_LIFE));
        forgetTags(due, requested);
        sql.sql("update request set hit = null, facts = null where own and hit in (" + DUE + ")")
                .params(due, requested)
                .update();
        sql.sql("""
                        insert into erasure (what, subject, amount, at)
                        select 'hit', probe, count(*), ? from hit where id in (""" + DUE + ") group by probe").params(due, due, requested).update();
        return sql.sql("delete from hit where id in (" + DUE + ")")
                .params(due, requested)
                .update();
    }

    /** A watch that still held the tag of an erased hit would find it again in the next generation. */
    private void forgetTags(Timestamp due, Timestamp requested) {
        sql.sql("""
                        update watched set tag = null from hit h join probe p on p.statement = h.probe
                            join watch w on w.statement = p.watch and w.index = p.index
                        where watched.watch = w.statement and watched.type = h.type and watched.value = h.value
                            and h.id in (""" + DUE + ")").params(due, requested).update();
    }
}
