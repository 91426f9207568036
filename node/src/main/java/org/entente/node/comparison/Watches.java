package org.entente.node.comparison;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.AuthorityCode;
import org.entente.exchange.message.Reply;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.matching.index.MatchInput;
import org.entente.matching.probe.Evaluated;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The standing questions of this party: what each asks about, how far it has come, and why it ended. */
public final class Watches {
    private final JdbcClient sql;
    private final Clock clock;

    Watches(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * A watch of ours.
     *
     * @param statement that asked it
     * @param index the whole list that is asked now
     * @param holdings whether it is about all that the authority holds in the category
     */
    public record Watch(
            Digest statement, AuthorityCode authority, Digest index, String caseReference, boolean holdings, Run run) {}

    /**
     * How far it has come.
     *
     * @param round the last that was asked; -1 before the first
     * @param due when the next one is
     * @param looked in how many generations of the present index its tags were looked up
     */
    public record Run(long round, Instant due, Instant until, int looked, Optional<Problem> ended) {}

    /** Keeps a watch that begins; MUST be called in the transaction that records its statement. */
    void begun(Watch watch, Collection<MatchInput> inputs, String officer) {
        sql.sql("""
                        insert into watch (statement, authority, index, case_file, holdings, due_at, until, asked_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        watch.statement.bytes(),
                        watch.authority.text(),
                        watch.index.bytes(),
                        watch.caseReference,
                        watch.holdings,
                        Timestamp.from(watch.run.due),
                        Timestamp.from(watch.run.until),
                        officer)
                .update();
        add(watch.statement, inputs);
    }

    /** The watches that have not ended, those first whose round is due. */
    List<Watch> open() {
        return sql.sql("select * from watch where ended_at is null order by due_at")
                .query((row, number) -> watch(row))
                .list();
    }

    public Optional<Watch> find(Digest statement) {
        return sql.sql("select * from watch where statement = ?")
                .param(statement.bytes())
                .query((row, number) -> watch(row))
                .optional();
    }

    public List<Watch> of(AuthorityCode authority) {
        return sql.sql("select w.* from watch w join statement s on s.id = w.statement where w.authority = ?"
                        + " order by s.recorded_at desc")
                .param(authority.text())
                .query((row, number) -> watch(row))
                .list();
    }

    /** The hits of a watch, each once. */
    public long hits(Digest watch) {
        return sql.sql("select count(*) from hit h join probe p on p.statement = h.probe where p.watch = ?")
                .param(watch.bytes())
                .query(Long.class)
                .single();
    }

    /** Why the authority that is asked refused the watch or one of its rounds; a round whose epoch had ended was not refused for good. */
    Optional<String> refusal(Digest watch) {
        return sql.sql("""
                        select problem from probe where watch = ? and problem <> ?
                        union all
                        select 'refused' from statement r join statement w on w.id = r.answers
                        where w.id = ? and r.kind = 'refused' and r.sender = w.receiver and not r.outgoing
                        limit 1""")
                .params(watch.bytes(), Reply.Reason.EPOCH_ENDED.word(), watch.bytes())
                .query(String.class)
                .optional();
    }

    /** Another epoch has begun: whatever was evaluated is worth nothing under its key, and is asked about anew. */
    void turnTo(Digest watch, Digest index) {
        sql.sql("update watch set index = ?, looked = 0 where statement = ?")
                .params(index.bytes(), watch.bytes())
                .update();
        sql.sql("update watched set probe = null, tag = null where watch = ?")
                .param(watch.bytes())
                .update();
    }

    /** Makes the watch ask about exactly these from now on. */
    void hold(Digest watch, Collection<MatchInput> inputs) {
        add(watch, inputs);
        sql.sql("""
                        delete from watched where watch = ? and not exists (
                            select 1 from unnest(?::text[], ?::text[]) as held(type, value)
                            where held.type = watched.type and held.value = watched.value)""")
                .params(
                        watch.bytes(),
                        inputs.stream().map(MatchInput::type).toArray(String[]::new),
                        inputs.stream().map(MatchInput::value).toArray(String[]::new))
                .update();
    }

    private void add(Digest watch, Collection<MatchInput> inputs) {
        sql.sql("""
                        insert into watched (watch, type, value)
                        select ?, held.type, held.value from unnest(?::text[], ?::text[]) as held(type, value)
                        on conflict do nothing""")
                .params(
                        watch.bytes(),
                        inputs.stream().map(MatchInput::type).toArray(String[]::new),
                        inputs.stream().map(MatchInput::value).toArray(String[]::new))
                .update();
    }

    /** What was not asked about yet under the present index, in a fixed order, at most so many. */
    List<MatchInput> pending(Digest watch, Indices.Facts index, int most) {
        String[] types = Arrays.stream(IdentifierType.values())
                .filter(index::holds)
                .map(IdentifierType::word)
                .toArray(String[]::new);
        return sql.sql("""
                        select type, value from watched where watch = ? and probe is null and type = any(?)
                        order by type, value limit ?""")
                .params(watch.bytes(), types, most)
                .query((row, number) -> input(row))
                .list();
    }

    /** Keeps that a round was asked; MUST be called in the transaction that records the probe, after the probe was kept. */
    void asked(Digest watch, Digest probe, List<MatchInput> inputs, long round, Instant due) {
        sql.sql("update probe set watch = ? where statement = ?")
                .params(watch.bytes(), probe.bytes())
                .update();
        sql.sql("update watch set round = ?, due_at = ? where statement = ?")
                .params(round, Timestamp.from(due), watch.bytes())
                .update();
        for (MatchInput input : inputs) {
            sql.sql("update watched set probe = ? where watch = ? and type = ? and value = ?")
                    .params(probe.bytes(), watch.bytes(), input.type(), input.value())
                    .update();
        }
    }

    /** A round was asked before an older copy was restored; MUST be called in the transaction that restores its probe. */
    public void askedBefore(Digest watch, long round, Instant due) {
        sql.sql("update watch set round = ?, due_at = ? where statement = ? and round < ?")
                .params(round, Timestamp.from(due), watch.bytes(), round)
                .update();
    }

    /** Keeps the tags that the answer to a round gave; of a probe that no watch asked there are none to keep. */
    void evaluated(Digest probe, List<Evaluated> evaluated) {
        boolean watched = sql.sql("select 1 from watched where probe = ? limit 1")
                .param(probe.bytes())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (watched) {
            for (Evaluated one : evaluated) {
                sql.sql("update watched set tag = ? where probe = ? and type = ? and value = ?")
                        .params(
                                one.tagAndMask(),
                                probe.bytes(),
                                one.input().type(),
                                one.input().value())
                        .update();
            }
        }
    }

    /** An evaluated identifier and the probe that asked about it. */
    record Tag(Digest probe, Evaluated evaluated) {}

    List<Tag> tags(Digest watch) {
        return sql.sql("select * from watched where watch = ? and tag is not null")
                .param(watch.bytes())
                .query((row, number) ->
                        new Tag(Digest.ofBytes(row.getBytes("probe")), Evaluated.of(input(row), row.getBytes("tag"))))
                .list();
    }

    /** Forgets the answers of a key that is destroyed; what was asked about is asked about again in another epoch only. */
    void forgetTags(Digest watch) {
        sql.sql("update watched set tag = null where watch = ? and tag is not null")
                .param(watch.bytes())
                .update();
    }

    /** Keeps in how many generations the tags were looked up; MUST be called with the hits in one transaction. */
    void looked(Digest watch, int generations) {
        sql.sql("update watch set looked = ? where statement = ?")
                .params(generations, watch.bytes())
                .update();
    }

    /** Ends a watch, once, and forgets what it asked about; its hits stay. */
    public void end(Digest watch, Problem why) {
        int ended = sql.sql(
                        "update watch set ended_at = ?, problem = ?, arguments = ? where statement = ? and ended_at is null")
                .params(
                        Timestamp.from(clock.instant()),
                        why.code(),
                        why.arguments().toArray(String[]::new),
                        watch.bytes())
                .update();
        if (ended > 0) {
            sql.sql("delete from watched where watch = ?").param(watch.bytes()).update();
        }
    }

    static MatchInput input(String type, String value) {
        return new MatchInput(type, IdentifierType.ofWord(type).orElseThrow().version(), value);
    }

    private static MatchInput input(ResultSet row) throws SQLException {
        return input(row.getString("type"), row.getString("value"));
    }

    private static Watch watch(ResultSet row) throws SQLException {
        try {
            String problem = row.getString("problem");
            return new Watch(
                    Digest.ofBytes(row.getBytes("statement")),
                    AuthorityCode.parse(row.getString("authority")),
                    Digest.ofBytes(row.getBytes("index")),
                    row.getString("case_file"),
                    row.getBoolean("holdings"),
                    new Run(
                            row.getLong("round"),
                            row.getTimestamp("due_at").toInstant(),
                            row.getTimestamp("until").toInstant(),
                            row.getInt("looked"),
                            problem == null
                                    ? Optional.empty()
                                    : Optional.of(new Problem(problem, List.of((String[])
                                            row.getArray("arguments").getArray())))));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored watch no longer reads", e);
        }
    }
}
