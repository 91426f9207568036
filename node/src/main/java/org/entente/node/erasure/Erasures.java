package org.entente.node.erasure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.body.BodyReference;
import org.entente.exchange.message.Ending;
import org.entente.node.ledger.Statements;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is recorded of erased bodies: that they are gone, why, since when, and who attests it; never what they held. */
public final class Erasures {
    private static final int SHOWN_MAX = 1_000;

    private final JdbcClient sql;
    private final Statements statements;
    private final Clock clock;

    public Erasures(JdbcClient sql, Statements statements, Clock clock) {
        this.sql = sql;
        this.statements = statements;
        this.clock = clock;
    }

    /**
     * The bodies of one statement are gone.
     *
     * @param attestation the statement that says so, where one had to be said
     */
    public record Erased(Digest statement, String why, Instant at, Optional<Digest> attestation) {}

    /** Whether the bodies of a statement were erased here. */
    boolean erased(Digest statement) {
        return of(statement).isPresent();
    }

    /** What is recorded here of a statement's bodies. */
    public Optional<Erased> of(Digest statement) {
        return sql.sql("select subject, why, at, attestation from erasure where what = 'body' and subject = ?")
                .param(statement.bytes())
                .query((row, number) -> erased(row, "subject"))
                .optional();
    }

    /** What the partner attests about a statement of ours. */
    public Optional<Erased> attested(Digest statement) {
        return sql.sql("select statement, why, at, attestation from erasure_attested where statement = ?")
                .param(statement.bytes())
                .query((row, number) -> erased(row, "statement"))
                .optional();
    }

    /** What was erased here of what passed between an authority and partners, the newest first. */
    public List<Erased> here(AuthorityCode authority) {
        return sql.sql("""
                        select e.subject, e.why, e.at, e.attestation from erasure e join statement s on s.id = e.subject
                        where e.what = 'body' and ? in (s.sender, s.receiver) order by e.sequence desc limit ?""")
                .params(authority.text(), SHOWN_MAX)
                .query((row, number) -> erased(row, "subject"))
                .list();
    }

    /** What partners attest to have erased of what an authority said, the newest first. */
    public List<Erased> attestedTo(AuthorityCode authority) {
        return sql.sql("""
                        select a.statement, a.why, a.at, a.attestation
                        from erasure_attested a join statement s on s.id = a.statement
                        where s.sender = ? order by a.at desc, a.statement limit ?""")
                .params(authority.text(), SHOWN_MAX)
                .query((row, number) -> erased(row, "statement"))
                .list();
    }

    private static Erased erased(ResultSet row, String statement) throws SQLException {
        return new Erased(
                Digest.ofBytes(row.getBytes(statement)),
                row.getString("why"),
                row.getTimestamp("at").toInstant(),
                Optional.ofNullable(row.getBytes("attestation")).map(Digest::ofBytes));
    }

    /**
     * Records that the bodies of a statement are gone, and erases what was taken from them: what its files are called, the item, unless another release of it
     * lives, and the words of a request. MUST be called in the transaction that attests it.
     */
    void record(BodyTerms.Due due, Optional<Digest> attestation) {
        record(new Ending.ErasureAttested.Erased(due.statement(), due.why(), due.bodies()), attestation);
    }

    /** Records again what this party attested before an older copy was restored. MUST be called in the transaction that restores it. */
    public void recall(Digest attestation, Ending.ErasureAttested message) {
        message.erased().stream()
                .filter(one -> !erased(one.statement()))
                .forEach(one -> record(one, Optional.of(attestation)));
    }

    private void record(Ending.ErasureAttested.Erased due, Optional<Digest> attestation) {
        Timestamp now = Timestamp.from(clock.instant());
        sql.sql("""
                        insert into erasure (what, subject, amount, at, why, attestation)
                        values ('body', ?, ?, ?, ?, ?)""")
                .params(
                        due.statement().bytes(),
                        due.bodies().size(),
                        now,
                        due.why().word(),
                        new SqlParameterValue(
                                Types.BINARY, attestation.map(Digest::bytes).orElse(null)))
                .update();
        sql.sql("update request set facts = null where statement = ?")
                .param(due.statement().bytes())
                .update();
        sql.sql("delete from proceeding_values where statement = ?")
                .param(due.statement().bytes())
                .update();
        sql.sql("delete from proceeding_subject where opening = ?")
                .param(due.statement().bytes())
                .update();
        sql.sql("delete from received_file where statement = ?")
                .param(due.statement().bytes())
                .update();
        List<Long> items = sql.sql("delete from received_item where statement = ? returning item")
                .param(due.statement().bytes())
                .query(Long.class)
                .list();
        for (Long item : items) {
            int gone = sql.sql("""
                            delete from item where number = ?
                                and not exists (select from received_item r where r.item = item.number)""").param(item).update();
            if (gone > 0) {
                sql.sql("insert into erasure (what, subject, amount, at, why) values ('item', ?, 1, ?, ?)")
                        .params(due.statement().bytes(), now, due.why().word())
                        .update();
            }
        }
    }

    /**
     * A partner attests that it erased bodies of ours; said again, it changes nothing. MUST be called in the transaction that records
     * the statement.
     *
     * @throws Malformed {@code erasure.not-given} when one of them is not a statement that was said to the speaker by whom it now
     *     speaks to, or other bodies are named than that statement has
     */
    public void attested(Statement attestation, Ending.ErasureAttested message) throws Malformed {
        for (Ending.ErasureAttested.Erased one : message.erased()) {
            Optional<Statements.Entry> said = statements.find(one.statement());
            boolean given = said.isPresent()
                    && said.get().outgoing()
                    && said.get().statement().to().equals(Optional.of(attestation.from()))
                    && attestation
                            .to()
                            .equals(Optional.of(said.get().statement().from()))
                    && bodies(said.get()).equals(Set.copyOf(one.bodies()));
            if (!given) {
                throw new Malformed("erasure.not-given", one.statement().hex());
            }
        }
        for (Ending.ErasureAttested.Erased one : message.erased()) {
            sql.sql("""
                            insert into erasure_attested (statement, attestation, why, at) values (?, ?, ?, ?)
                            on conflict do nothing""")
                    .params(
                            one.statement().bytes(),
                            attestation.id().bytes(),
                            one.why().word(),
                            Timestamp.from(attestation.at()))
                    .update();
        }
    }

    private static Set<Digest> bodies(Statements.Entry entry) {
        Set<Digest> bodies = new HashSet<>();
        for (BodyReference body : entry.message().bodies()) {
            bodies.add(body.ciphertext());
        }
        return bodies;
    }

    /** Those of these bodies that a statement names whose bodies were not erased. */
    Set<Digest> needed(List<Digest> bodies) {
        return named("""
                select b.body from statement_body b where b.body = any (?)
                    and not exists (select from erasure e where e.what = 'body' and e.subject = b.statement)""", bodies);
    }

    /** Those of these bodies that any statement names. */
    Set<Digest> named(List<Digest> bodies) {
        return named("select body from statement_body where body = any (?)", bodies);
    }

    private Set<Digest> named(String query, List<Digest> bodies) {
        byte[][] asked = bodies.stream().map(Digest::bytes).toArray(byte[][]::new);
        return new HashSet<>(sql.sql(query)
                .param(asked)
                .query((row, number) -> Digest.ofBytes(row.getBytes("body")))
                .list());
    }
}
