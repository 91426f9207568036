package org.entente.node.arrival;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Kind;
import org.entente.node.ledger.Sequencer;
import org.entente.node.party.Assurance;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Work that accepted statements left to be done. A duty is owed in the transaction that accepts, and done once. */
public final class Duties {
    private static final int ATTEMPTS_MAX = 20;
    private static final Duration FIRST_REST = Duration.ofSeconds(1);

    private static final int TOGETHER_MAX = 8;

    private final JdbcClient sql;
    private final Clock clock;
    private final Sequencer sequencer;
    private final Assurance assurance;
    private final Runnable owed;

    /**
     * Works on this database.
     *
     * @param assurance with which partners duties are done: in an older copy, those that are open may have been done
     * @param owed is told when there is something to do
     */
    public Duties(JdbcClient sql, Sequencer sequencer, Assurance assurance, Clock clock, Runnable owed) {
        this.sql = sql;
        this.sequencer = sequencer;
        this.assurance = assurance;
        this.clock = clock;
        this.owed = owed;
    }

    /** Does one duty; what it says and records MUST be one transaction with {@link Duties#done}. */
    public interface Work {
        void carryOut(Digest statement) throws IOException, Malformed;
    }

    /** Owes the work that a statement asks for; MUST be called in the transaction that accepts it. */
    public void owe(Statement statement) {
        sql.sql("insert into duty (statement, due_at) values (?, ?)")
                .params(statement.id().bytes(), Timestamp.from(clock.instant()))
                .update();
        sequencer.afterwards(owed);
    }

    /** Takes a duty as done; false when it was done before. MUST be called in the transaction of its effect. */
    public boolean done(Digest statement) {
        return sql.sql("update duty set done_at = ?, problem = null where statement = ? and done_at is null")
                        .params(Timestamp.from(clock.instant()), statement.bytes())
                        .update()
                > 0;
    }

    private record Due(Digest statement, boolean alone) {}

    /**
     * The duties that are due next; none towards a partner that may have seen more than there is here. What is asked of this
     * party is looked at many at a time, since none of it rests on another; everything else is done one after another. Releases that
     * came with files, which may be as long as a disk, are none of them.
     */
    public List<Digest> next() {
        return next(false);
    }

    /** The release with files that is due next. */
    public List<Digest> nextWithFiles() {
        return next(true);
    }

    private List<Digest> next(boolean withFiles) {
        List<Due> due = sql.sql("""
                        select d.statement, s.kind from duty d join statement s on s.id = d.statement
                        where d.done_at is null and d.attempts < ? and d.due_at <= ?
                            and split_part(s.sender, '/', 1) = any (?)
                            and (s.kind = ? and (select count(*) from statement_body b where b.statement = s.id) > 1) = ?
                        order by d.due_at limit ?""")
                .params(
                        ATTEMPTS_MAX,
                        Timestamp.from(clock.instant()),
                        assurance.partners(),
                        Kind.ITEM_RELEASED.word(),
                        withFiles,
                        TOGETHER_MAX)
                .query((row, number) -> new Due(
                        Digest.ofBytes(row.getBytes("statement")),
                        !row.getString("kind").equals(Kind.ITEM_REQUESTED.word())))
                .list();
        return due.isEmpty() || due.getFirst().alone()
                ? due.stream().limit(1).map(Due::statement).toList()
                : due.stream()
                        .takeWhile(one -> !one.alone())
                        .map(Due::statement)
                        .toList();
    }

    /** Puts a duty off after a failure, longer each time. */
    public void putOff(Digest statement, String problem) {
        sql.sql("""
                        update duty set attempts = attempts + 1, problem = ?,
                            due_at = ?::timestamptz + least(attempts, 9) * make_interval(secs => ?)
                        where statement = ? and done_at is null""")
                .params(problem, Timestamp.from(clock.instant()), (double) FIRST_REST.toSeconds(), statement.bytes())
                .update();
    }

    /** How many duties wait, and how many were given up. */
    public record Open(long waiting, long givenUp) {}

    public Open open() {
        return sql.sql("""
                        select count(*) filter (where attempts < ?) as waiting,
                            count(*) filter (where attempts >= ?) as given_up
                        from duty where done_at is null""")
                .params(ATTEMPTS_MAX, ATTEMPTS_MAX)
                .query((row, number) -> new Open(row.getLong("waiting"), row.getLong("given_up")))
                .single();
    }
}
