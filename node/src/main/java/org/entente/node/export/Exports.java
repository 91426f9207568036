package org.entente.node.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.node.officer.Officer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** What this party exported, and in which files it left. That it was exported, to whom it belongs and who approved it, the statements say. */
final class Exports {
    private final JdbcClient sql;
    private final TransactionTemplate transactions;
    private final Clock clock;

    Exports(JdbcClient sql, TransactionTemplate transactions, Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Keeps for which case an export was approved; MUST be called in the transaction that says it. */
    void approved(Digest statement, AuthorityCode authority, String caseReference) {
        sql.sql("insert into item_export (statement, authority, case_file) values (?, ?, ?)")
                .params(statement.bytes(), authority.text(), caseReference)
                .update();
    }

    Optional<ExportDesk.Approved> find(Digest statement) {
        return sql.sql("""
                        select e.authority, e.case_file, f.digest, f.officer, f.at
                        from item_export e left join exported_file f on f.digest = e.file where e.statement = ?""")
                .param(statement.bytes())
                .query((row, number) -> new ExportDesk.Approved(
                        authority(row.getString("authority")), row.getString("case_file"), left(row)))
                .optional();
    }

    private static Optional<ExportDesk.Left> left(ResultSet row) throws SQLException {
        byte[] digest = row.getBytes("digest");
        return digest == null
                ? Optional.empty()
                : Optional.of(new ExportDesk.Left(
                        Digest.ofBytes(digest),
                        row.getString("officer"),
                        row.getTimestamp("at").toInstant()));
    }

    /**
     * Records that a file is given to an officer, before it is: an approval serves one file.
     *
     * @throws Malformed {@code export.given-already} when one of the exports left in another file meanwhile
     */
    void leaves(byte[] file, PartyCode partner, Collection<Digest> exports, Officer officer) throws Malformed {
        byte[][] statements = exports.stream().map(Digest::bytes).toArray(byte[][]::new);
        Digest digest = Digest.of(file);
        boolean recorded = Boolean.TRUE.equals(transactions.execute(transaction -> {
            sql.sql(
                            "insert into exported_file (digest, partner, officer, at) values (?, ?, ?, ?) on conflict do nothing")
                    .params(digest.bytes(), partner.text(), officer.pseudonym(), Timestamp.from(clock.instant()))
                    .update();
            int given = sql.sql("update item_export set file = ? where statement = any (?) and file is null")
                    .params(digest.bytes(), statements)
                    .update();
            if (given != statements.length) {
                transaction.setRollbackOnly();
            }
            return given == statements.length;
        }));
        if (!recorded) {
            throw new Malformed("export.given-already");
        }
    }

    /** Whether the originator refused for good to take what says an export, or it cannot be brought any more. */
    boolean isSetAside(Digest statement) {
        return sql.sql("select exists (select from outbox where statement = ? and set_aside is not null)")
                .param(statement.bytes())
                .query(Boolean.class)
                .single();
    }

    private static AuthorityCode authority(String text) {
        try {
            return AuthorityCode.parse(text);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored export names nobody", e);
        }
    }
}
