package org.entente.node.erasure;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Handover;
import org.entente.memorandum.item.Envelope;
import org.entente.node.ledger.Statements;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Until when bodies are kept. A released item may be kept until the last day that the retention in its envelope gives, counted from
 * the day on which the statement was said; days are those of UTC. What was written to request it lives as long as the last item that
 * was released on it. An item that a step of a proceeding hands over has the same term, and an earlier end where a proceeding says that it is
 * erased. Nothing says until when other bodies are kept, but for indices, whose epochs end.
 */
public final class BodyTerms {
    /** Later than any retention that makes sense, and a day that PostgreSQL has. */
    private static final LocalDate NEVER = LocalDate.of(9999, 12, 31);

    /**
     * Statements whose bodies need not be kept any more: their term is over, no court holds them, and what we say has been
     * delivered. Those with a body that another statement still needs wait for that one.
     */
    private static final String DUE = """
            with ended as (
                select t.statement as id from body_term t where t.last_day < ?
                    and not exists (select from erasure e where e.what = 'body' and e.subject = t.statement)
                union
                select f.item from item_effect f where f.effect = 'erasure'
                    and not exists (select from erasure e where e.what = 'body' and e.subject = f.item)
            ), request_over as (
                select q.id from statement q where q.kind = 'item-requested'
                    and not exists (select from erasure e where e.what = 'body' and e.subject = q.id)
                    and exists (select from statement r join body_term t on t.statement = r.id
                        where r.answers = q.id and r.sender = q.receiver)
                    and not exists (select from statement r join body_term t on t.statement = r.id
                        where r.answers = q.id and r.sender = q.receiver and t.last_day >= ?)
            ), may_go as (
                select s.id, s.kind, s.outgoing, s.sender, s.receiver from statement s
                where (s.id in (select id from ended) or s.id in (select id from request_over))
                    and not exists (select from legal_hold h where h.statement = s.id and h.lifted_at is null)
                    and not exists (select from outbox o
                        where o.statement = s.id and o.acknowledged_at is null and o.set_aside is null)
            )
            select m.*, exists (select from item_effect f where f.item = m.id and f.effect = 'erasure') as called_back
            from may_go m where not exists (
                select from statement_body mine join statement_body other on other.body = mine.body
                where mine.statement = m.id and other.statement not in (select id from may_go)
                    and not exists (select from erasure e where e.what = 'body' and e.subject = other.statement))
            order by m.id limit ?""";

    private final JdbcClient sql;
    private final Statements statements;

    public BodyTerms(JdbcClient sql, Statements statements) {
        this.sql = sql;
        this.statements = statements;
    }

    /** A statement whose bodies are to be erased. */
    record Due(Digest statement, boolean outgoing, Actor from, Actor to, Ending.Cause why, List<Digest> bodies) {}

    /** Notes the terms of releases that were said or heard since this was asked last. */
    void learn() {
        List<Digest> unknown = sql.sql("""
                        select id from statement s where kind = 'item-released'
                            and not exists (select from body_term t where t.statement = s.id)""")
                .query((row, number) -> Digest.ofBytes(row.getBytes("id")))
                .list();
        for (Digest id : unknown) {
            Statements.Entry entry = statements.find(id).orElseThrow();
            note(entry.statement(), ((Handover.ItemReleased) entry.message()).envelope());
        }
    }

    /** Notes until when what a statement hands over is kept. */
    public void note(Statement statement, Envelope envelope) {
        sql.sql("insert into body_term (statement, last_day) values (?, ?) on conflict do nothing")
                .params(statement.id().bytes(), Date.valueOf(lastDay(statement, envelope)))
                .update();
    }

    private static LocalDate lastDay(Statement statement, Envelope envelope) {
        LocalDate said = LocalDate.ofInstant(statement.at(), ZoneOffset.UTC);
        try {
            LocalDate last = envelope.lastDay(said);
            return last.isBefore(NEVER) ? last : NEVER;
        } catch (DateTimeException | ArithmeticException beyond) {
            return NEVER;
        }
    }

    /** What is to be erased on a day, at most so many. */
    List<Due> due(LocalDate today, int most) {
        return sql.sql(DUE)
                .params(Date.valueOf(today), Date.valueOf(today), most)
                .query((row, number) -> due(row))
                .list();
    }

    private Due due(ResultSet row) throws SQLException {
        Digest statement = Digest.ofBytes(row.getBytes("id"));
        return new Due(
                statement,
                row.getBoolean("outgoing"),
                actor(row.getString("sender")),
                actor(row.getString("receiver")),
                cause(row),
                bodies(statement));
    }

    private static Ending.Cause cause(ResultSet row) throws SQLException {
        if (row.getBoolean("called_back")) {
            return Ending.Cause.PROCEEDING;
        }
        return row.getString("kind").equals("item-requested")
                ? Ending.Cause.REQUEST_OVER
                : Ending.Cause.RETENTION_ENDED;
    }

    private List<Digest> bodies(Digest statement) {
        return sql.sql("select body from statement_body where statement = ? order by body")
                .param(statement.bytes())
                .query((row, number) -> Digest.ofBytes(row.getBytes("body")))
                .list();
    }

    /** The last day of a release, or of the last release of a request, as far as it was noted. */
    Optional<LocalDate> lastDay(Digest statement) {
        return sql.sql("""
                        select max(t.last_day) from body_term t join statement r on r.id = t.statement
                        where r.id = ? or r.sender = (select q.receiver from statement q where q.id = r.answers
                            and q.id = ? and q.kind = 'item-requested')""")
                .params(statement.bytes(), statement.bytes())
                .query((row, number) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
                .single();
    }

    private static Actor actor(String text) {
        try {
            return Actor.parse(text);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored statement names nobody", e);
        }
    }
}
