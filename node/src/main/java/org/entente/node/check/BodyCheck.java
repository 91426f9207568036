package org.entente.node.check;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Ending;
import org.entente.exchange.message.Message;
import org.entente.node.party.Parties;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Every body that a statement names is here and opens under its key, or is recorded as erased; and what is recorded as erased is gone,
 * and was attested to whoever sent it. In the memory of a few thousand rows, whatever the number of bodies.
 */
public final class BodyCheck {
    private static final int AT_ONCE = 2_000;
    private static final int DIFFERENCES_MAX = 100;

    private final JdbcClient sql;
    private final Parties parties;
    private final Reader reader;
    private final List<Problem> differences = new ArrayList<>();

    public BodyCheck(JdbcClient sql, Parties parties, Reader reader) {
        this.sql = sql;
        this.parties = parties;
        this.reader = reader;
    }

    /** Reads a body as far as whoever asks can. */
    @FunctionalInterface
    public interface Reader {
        /** Refuses with what is wrong: the body is not here, or something else lies in its place. */
        void read(Digest body) throws IOException, Malformed;
    }

    private record Row(Digest statement, Digest body, boolean erased, boolean outgoing, Optional<Digest> attestation) {}

    /** The first differences, at most 100; none means that everything holds. */
    public List<Problem> run() throws IOException {
        byte[] statement = new byte[0];
        byte[] body = new byte[0];
        List<Row> rows = read(statement, body);
        while (!rows.isEmpty() && differences.size() < DIFFERENCES_MAX) {
            for (Row row : rows) {
                check(row);
            }
            statement = rows.getLast().statement().bytes();
            body = rows.getLast().body().bytes();
            rows = read(statement, body);
        }
        return List.copyOf(differences.subList(0, Math.min(DIFFERENCES_MAX, differences.size())));
    }

    private List<Row> read(byte[] statement, byte[] body) {
        return sql.sql("""
                        select b.statement, b.body, s.outgoing, e.attestation, i.erased_at,
                            e.subject is not null or i.erased_at is not null as erased
                        from statement_body b join statement s on s.id = b.statement
                            left join erasure e on e.subject = b.statement and e.what = 'body'
                            left join epoch_index i on i.statement = b.statement
                        where (b.statement, b.body) > (?, ?) order by b.statement, b.body limit ?""")
                .params(statement, body, AT_ONCE)
                .query((row, number) -> row(row))
                .list();
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                Digest.ofBytes(row.getBytes("statement")),
                Digest.ofBytes(row.getBytes("body")),
                row.getBoolean("erased"),
                row.getBoolean("outgoing") || row.getTimestamp("erased_at") != null,
                Optional.ofNullable(row.getBytes("attestation")).map(Digest::ofBytes));
    }

    private void check(Row row) throws IOException {
        Optional<Problem> refused = reads(row.body);
        if (!row.erased && refused.isPresent()) {
            differ(Problem.of(
                    "check.body-lost",
                    row.statement.hex(),
                    row.body.hex(),
                    refused.get().code()));
        }
        if (row.erased && refused.isEmpty() && !neededElsewhere(row)) {
            differ(Problem.of("check.body-left", row.statement.hex(), row.body.hex()));
        }
        if (row.erased && !row.outgoing && !attested(row)) {
            differ(Problem.of("check.body-unattested", row.statement.hex()));
        }
    }

    private void differ(Problem problem) {
        differences.add(problem);
    }

    private Optional<Problem> reads(Digest body) throws IOException {
        try {
            reader.read(body);
            return Optional.empty();
        } catch (Malformed refused) {
            return Optional.of(refused.problem());
        }
    }

    private boolean neededElsewhere(Row row) {
        return sql.sql("""
                        select exists(select from statement_body b where b.body = ?
                            and not exists (select from erasure e where e.what = 'body' and e.subject = b.statement)
                            and not exists (select from epoch_index i where i.statement = b.statement and i.erased_at is not null))""").param(row.body.bytes()).query(Boolean.class).single();
    }

    /** A statement of this party to the sender names these bodies of this statement. */
    private boolean attested(Row row) {
        if (row.attestation.isEmpty()) {
            return false;
        }
        try {
            Statement attested = statement(row.statement);
            Statement attestation = statement(row.attestation.get());
            return attestation.to().equals(Optional.of(attested.from()))
                    && attested.to().equals(Optional.of(attestation.from()))
                    && Message.read(attestation) instanceof Ending.ErasureAttested message
                    && message.erased().stream()
                            .anyMatch(one -> one.statement().equals(row.statement)
                                    && one.bodies().contains(row.body));
        } catch (Malformed unreadable) {
            return false;
        }
    }

    private Statement statement(Digest id) throws Malformed {
        byte[] bytes = sql.sql("select bytes from statement where id = ?")
                .param(id.bytes())
                .query((row, number) -> row.getBytes("bytes"))
                .single();
        UnverifiedStatement read = Statement.parse(bytes);
        return Arrival.verify(read, parties.cardOf(read.claimedFrom(), read.claimedKid()), Set.of())
                .statement();
    }
}
