package org.entente.node.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.delivery.Inbox;
import org.entente.exchange.message.Message;
import org.entente.node.party.PartnerStorage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The inbox as a table: the primary key of a statement is what makes its effect happen once for ever. */
public final class PostgresInbox implements Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresInbox.class);

    private final JdbcClient sql;
    private final Sequencer sequencer;
    private final Statements statements;
    private final Clock clock;
    private final PartnerStorage storage;

    public PostgresInbox(JdbcClient sql, Sequencer sequencer, Statements statements, Clock clock) {
        this.sql = sql;
        this.sequencer = sequencer;
        this.statements = statements;
        this.clock = clock;
        this.storage = new PartnerStorage(sql, clock);
    }

    @Override
    public Optional<Digest> known(PartyCode sender, Digest statement) {
        return statements
                .find(statement)
                .map(entry -> entry.statement())
                .filter(known -> known.from().party().equals(sender))
                .map(known -> Digest.of(known.bytes()));
    }

    /** They are handed to the sequencer together, so that many wait for one force of the disk. */
    @Override
    public <T> List<Optional<T>> inOrder(List<Supplier<T>> steps) {
        List<Sequencer.Awaited<T>> handed = sequencer.writeEach(steps);
        List<Optional<T>> given = new ArrayList<>();
        for (Sequencer.Awaited<T> one : handed) {
            given.add(outcome(one));
        }
        return given;
    }

    private static <T> Optional<T> outcome(Sequencer.Awaited<T> one) {
        try {
            return Optional.of(one.get());
        } catch (Stumbled poison) {
            LOG.error("a statement cannot be processed", poison);
            return Optional.empty();
        }
    }

    @Override
    public Outcome accept(Arrival arrival, Message message, Runnable effect) {
        try {
            return sequencer.write(() -> {
                if (statements
                        .record(List.of(new Statements.Fresh(arrival.statement(), message, arrival.sender(), false)))
                        .isEmpty()) {
                    return Outcome.ALREADY_KNOWN;
                }
                effect.run();
                return Outcome.ACCEPTED;
            });
        } catch (IllegalStateException | IllegalArgumentException | ClassCastException | DuplicateKeyException poison) {
            throw new Stumbled(poison);
        }
    }

    @Override
    public void keepAsEvidence(Arrival arrival, Problem problem) {
        boolean kept = sql.sql("select exists (select from kept_statement where partner = ? and digest = ?)")
                .params(arrival.sender().text(), arrival.bytes().bytes())
                .query(Boolean.class)
                .single();
        if (kept
                || !storage.keeps(arrival.sender(), problem, arrival.statement().bytes().length)) {
            return;
        }
        sql.sql("""
                        insert into kept_statement (partner, id, digest, bytes, problem, arguments, recorded_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        arrival.sender().text(),
                        arrival.statement().id().bytes(),
                        arrival.bytes().bytes(),
                        arrival.statement().bytes(),
                        problem.code(),
                        problem.arguments().toArray(String[]::new),
                        Timestamp.from(clock.instant()))
                .update();
    }

    @Override
    public List<Kept> kept(PartyCode sender) {
        return sql.sql("""
                        select id, digest, problem, arguments from kept_statement
                        where partner = ? order by sequence""")
                .param(sender.text())
                .query((row, number) -> new Kept(
                        sender,
                        Digest.ofBytes(row.getBytes("id")),
                        Digest.ofBytes(row.getBytes("digest")),
                        new Problem(row.getString("problem"), PostgresOutbox.texts(row.getArray("arguments")))))
                .list();
    }
}
