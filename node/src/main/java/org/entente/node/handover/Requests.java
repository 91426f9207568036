package org.entente.node.handover;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Handover;
import org.entente.exchange.proceeding.RequestProceeding;
import org.entente.exchange.proceeding.Said;
import org.entente.node.act.NothingHere;
import org.entente.node.ledger.Statements;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Requests of both directions. How far each has come is folded from the statements; here stands what only this node knows. */
public final class Requests {
    private final JdbcClient sql;
    private final Statements statements;

    public Requests(JdbcClient sql, Statements statements) {
        this.sql = sql;
        this.statements = statements;
    }

    /**
     * A request as this node has it.
     *
     * @param own whether an authority of this party asked it
     * @param authority our authority that asks or is asked
     * @param facts what is asked, in words, until it is erased
     */
    public record Request(
            Digest statement, boolean own, AuthorityCode authority, Asker asker, Optional<String> facts) {}

    /** What the asking side alone knows. */
    public record Asker(Optional<UUID> hit, Optional<String> caseReference) {}

    /** Keeps a request of ours; MUST be called in the transaction that says it. */
    void asked(Digest statement, AuthorityCode authority, UUID hit, String caseReference, String facts) {
        sql.sql("""
                        insert into request (statement, own, authority, hit, case_file, facts)
                        values (?, true, ?, ?, ?, ?)""")
                .params(statement.bytes(), authority.text(), hit, caseReference, facts)
                .update();
    }

    /** Keeps a request that came in; MUST be called in the transaction that accepts it. */
    public void received(Digest statement, AuthorityCode authority) {
        sql.sql("insert into request (statement, own, authority) values (?, false, ?)")
                .params(statement.bytes(), authority.text())
                .update();
    }

    /** Keeps the facts that were found in a request's body, unless they were erased meanwhile. */
    void opened(Digest statement, String facts) {
        if (!erased(statement)) {
            sql.sql("update request set facts = ? where statement = ?")
                    .params(new SqlParameterValue(Types.VARCHAR, facts), statement.bytes())
                    .update();
        }
    }

    /** Whether the bodies of a statement were erased, so that nothing may be taken from them any more. */
    boolean erased(Digest statement) {
        return sql.sql("select exists(select from erasure where what = 'body' and subject = ?)")
                .param(statement.bytes())
                .query(Boolean.class)
                .single();
    }

    public Optional<Request> find(Digest statement, AuthorityCode authority) {
        return sql.sql("select * from request where statement = ? and authority = ?")
                .params(statement.bytes(), authority.text())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Requires that a partner asked this of the authority; anything else is as good as not there. */
    void requireReceived(Digest statement, AuthorityCode authority) throws NothingHere {
        if (find(statement, authority).filter(request -> !request.own()).isEmpty()) {
            throw new NothingHere();
        }
    }

    /**
     * Requires that an item was released by whom a statement is addressed to, and to whom says it.
     *
     * @throws Malformed {@code handover.not-given}
     */
    public void requireGiven(Statement statement, Digest release) throws Malformed {
        boolean given = statements
                .find(release)
                .filter(found -> found.outgoing()
                        && found.message() instanceof Handover.ItemReleased
                        && found.statement().to().equals(Optional.of(statement.from()))
                        && statement.to().equals(Optional.of(found.statement().from())))
                .isPresent();
        if (!given) {
            throw new Malformed("handover.not-given", release.hex());
        }
    }

    public List<Request> of(AuthorityCode authority) {
        return sql.sql("""
                        select r.* from request r join statement s on s.id = r.statement
                        where r.authority = ? order by s.recorded_at desc""")
                .param(authority.text())
                .query((row, number) -> read(row))
                .list();
    }

    /** The message that opened a request. */
    public Handover.ItemRequested message(Digest request) {
        return (Handover.ItemRequested) statements.find(request).orElseThrow().message();
    }

    /** The statement that opened a request. */
    Statement opening(Digest request) {
        return statements.find(request).orElseThrow().statement();
    }

    /** Folds the statements of both parties into how far the request has come. */
    public RequestProceeding proceeding(Digest request) {
        Statements.Entry opening = statements.find(request).orElseThrow();
        PartyCode asker = opening.statement().from().party();
        PartyCode asked = opening.statement().to().orElseThrow().party();
        RequestProceeding proceeding =
                RequestProceeding.of(request, asker, asked).with(said(opening));
        for (Statements.Entry answer : answers(request, asker, asked)) {
            proceeding = proceeding.with(said(answer));
            for (Statements.Entry receipt : answers(answer.statement().id(), asker, asked)) {
                proceeding = proceeding.with(said(receipt));
            }
        }
        return proceeding;
    }

    /** What the two parties answered; a third one that names their statement is not heard. */
    private List<Statements.Entry> answers(Digest statement, PartyCode asker, PartyCode asked) {
        return statements.answers(statement).stream()
                .filter(answer ->
                        Set.of(asker, asked).contains(answer.statement().from().party()))
                .toList();
    }

    private static Said said(Statements.Entry entry) {
        return new Said(entry.statement().from().party(), entry.statement().id(), entry.message());
    }

    private static Request read(ResultSet row) throws SQLException {
        try {
            return new Request(
                    Digest.ofBytes(row.getBytes("statement")),
                    row.getBoolean("own"),
                    AuthorityCode.parse(row.getString("authority")),
                    new Asker(
                            Optional.ofNullable(row.getObject("hit", UUID.class)),
                            Optional.ofNullable(row.getString("case_file"))),
                    Optional.ofNullable(row.getString("facts")));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored request no longer reads", e);
        }
    }
}
