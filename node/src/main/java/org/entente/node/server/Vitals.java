package org.entente.node.server;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.entente.node.home.DiskSpace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether the node is well, and its counts; they are read from the database each time, so they survive a restart. */
public final class Vitals {
    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);

    private final JdbcClient sql;
    private final DiskSpace disk;
    private final BooleanSupplier peerListenerOpen;

    public Vitals(JdbcClient sql, DiskSpace disk, BooleanSupplier peerListenerOpen) {
        this.sql = sql;
        this.disk = disk;
        this.peerListenerOpen = peerListenerOpen;
    }

    boolean databaseAnswers() {
        try {
            return sql.sql("select 1").query(Integer.class).single() == 1;
        } catch (DataAccessException silent) {
            LOG.warn("the database does not answer", silent);
            return false;
        }
    }

    /** Whether the disk explains a failure that nobody foresaw. */
    boolean diskExplains(Throwable failure) {
        return disk.explains(failure);
    }

    boolean peerListenerOpen() {
        return peerListenerOpen.getAsBoolean();
    }

    /** Metrics in the text format that Prometheus reads (version 0.0.4). */
    String metrics() throws IOException {
        StringBuilder text = new StringBuilder(4096);
        family(text, "entente_statements_total", "counter", "Statements recorded, by kind and direction.");
        sql.sql("select kind, outgoing, count(*) as n from statement group by kind, outgoing order by kind, outgoing")
                .query((row, number) -> line(
                        text,
                        "entente_statements_total",
                        "kind=\"" + row.getString("kind") + "\",direction=\""
                                + (row.getBoolean("outgoing") ? "said" : "heard") + "\"",
                        row.getLong("n")))
                .list();
        family(text, "entente_outbox_waiting", "gauge", "Statements that a partner has not acknowledged.");
        perPartner(text, "entente_outbox_waiting", """
                select p.code as partner, (select count(*) from outbox o where o.partner = p.code
                    and o.acknowledged_at is null and o.set_aside is null) as n
                from party p where not p.own order by p.code""");
        family(text, "entente_outbox_set_aside", "gauge", "Statements that a partner will not have.");
        perPartner(text, "entente_outbox_set_aside", """
                select p.code as partner, (select count(*) from outbox o where o.partner = p.code
                    and o.set_aside is not null) as n
                from party p where not p.own order by p.code""");
        family(text, "entente_log_size", "gauge", "Leaves of the log of the relationship with a partner.");
        perPartner(
                text,
                "entente_log_size",
                "select partner, size as n from log where partner is not null and closed_at is null order by 1");
        family(text, "entente_log_cosigned_lag", "gauge", "Leaves that the partner has not cosigned yet.");
        perPartner(text, "entente_log_cosigned_lag", """
                select l.partner, l.size - coalesce((select max(c.size) from checkpoint c
                    where c.origin = l.origin and c.cosigned), 0) as n
                from log l where l.partner is not null and l.closed_at is null order by 1""");
        family(text, "entente_statements_refused_total", "counter", "A partner's statements refused and kept.");
        perPartner(text, "entente_statements_refused_total", """
                select p.code as partner, (select count(*) from kept_statement k where k.partner = p.code) as n
                from party p where not p.own order by p.code""");
        family(
                text,
                "entente_statements_refused_not_kept_total",
                "counter",
                "The same, beyond the partner's share of the disk.");
        perPartner(text, "entente_statements_refused_not_kept_total", """
                select p.code as partner, (select coalesce(sum(k.count), 0) from not_kept k where k.partner = p.code) as n
                from party p where not p.own order by p.code""");
        family(text, "entente_unnamed_body_bytes", "gauge", "Bytes of a partner's bodies that no statement names.");
        perPartner(text, "entente_unnamed_body_bytes", """
                select p.code as partner, (select coalesce(sum(b.bytes), 0) from brought_body b where b.partner = p.code
                    and not exists (select from statement_body named where named.body = b.body)) as n
                from party p where not p.own order by p.code""");
        proceedings(text);
        family(text, "entente_items", "gauge", "Items held, by authority.");
        sql.sql("select authority, count(*) as n from item group by authority order by authority")
                .query((row, number) -> line(
                        text, "entente_items", "authority=\"" + row.getString("authority") + "\"", row.getLong("n")))
                .list();
        family(text, "entente_disk_free_bytes", "gauge", "Bytes free on the disk of the node's home.");
        text.append("entente_disk_free_bytes ").append(disk.free()).append('\n');
        return text.toString();
    }

    /** No term passes silently: what is overdue is counted, whoever owes it. */
    private void proceedings(StringBuilder text) {
        family(text, "entente_proceedings_owed", "gauge", "Proceedings in which a step is owed, by who owes it.");
        perSide(text, "entente_proceedings_owed", "true");
        family(text, "entente_proceedings_overdue", "gauge", "Those of them whose term has passed.");
        perSide(text, "entente_proceedings_overdue", "due <= current_timestamp");
    }

    private void perSide(StringBuilder text, String name, String which) {
        sql.sql("select s.side, count(p.opening) as n from (values ('us'), ('them')) s (side)"
                        + " left join proceeding p on p.owed_by = s.side and " + which
                        + " group by s.side order by s.side")
                .query((row, number) -> line(text, name, "by=\"" + row.getString("side") + "\"", row.getLong("n")))
                .list();
    }

    private void perPartner(StringBuilder text, String name, String query) {
        sql.sql(query)
                .query((row, number) ->
                        line(text, name, "partner=\"" + row.getString("partner") + "\"", row.getLong("n")))
                .list();
    }

    private static void family(StringBuilder text, String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** Labels are codes of closed forms, which hold nothing to escape. */
    private static long line(StringBuilder text, String name, String labels, long value) {
        text.append(name).append('{').append(labels).append("} ").append(value).append('\n');
        return value;
    }
}
