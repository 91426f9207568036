package org.entente.node.proceeding;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Approvals;
import org.entente.node.ledger.Statements;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Questions of this party to the same partner about the same person or thing, while the earlier one is open. Whoever asks again is told which
 * authority asks already and whom to call there, and nothing about that authority's case. It never leaves the node.
 */
public final class Overlaps {
    /** How many are named at most: enough to call somebody. */
    private static final int NAMED_MAX = 5;

    private final JdbcClient sql;
    private final Statements statements;

    public Overlaps(JdbcClient sql, Statements statements) {
        this.sql = sql;
        this.statements = statements;
    }

    /** Whom to call about a question that was asked already: {@code authority (officer, officer)}. */
    List<String> with(PartyCode partner, Collection<Digest> subjects) {
        if (subjects.isEmpty()) {
            return List.of();
        }
        List<Digest> openings = sql.sql("""
                        select distinct p.opening, p.opened_at from proceeding p join proceeding_subject s on s.opening = p.opening
                        where s.subject = any (?) and p.own and p.owed_by is not null and split_part(p.partner, '/', 1) = ?
                        order by p.opened_at desc, p.opening limit ?""")
                .params(bytes(subjects), partner.text(), NAMED_MAX)
                .query((row, number) -> Digest.ofBytes(row.getBytes("opening")))
                .list();
        List<String> called = new ArrayList<>();
        for (Digest opening : openings) {
            Statement statement = statements.find(opening).orElseThrow().statement();
            called.add(statement.from().text() + " (" + String.join(", ", Approvals.officers(statement)) + ")");
        }
        return called;
    }

    private static Object bytes(Collection<Digest> digests) {
        return digests.stream().map(Digest::bytes).toArray(byte[][]::new);
    }

    /** Notes what a question of ours is about; MUST be called in the transaction that says it. */
    void note(Digest opening, Collection<Digest> subjects) {
        for (Digest subject : subjects) {
            sql.sql("insert into proceeding_subject (opening, subject) values (?, ?)")
                    .params(opening.bytes(), subject.bytes())
                    .update();
        }
    }
}
