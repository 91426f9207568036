package org.entente.node.ledger;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import org.entente.exchange.delivery.Outbox;
import org.entente.exchange.message.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Writes back what a log had held before an older copy of the database was restored: leaves in exactly their old order,
 * statements as they were signed, what they had done here, and an outbox in which what was said is said. All that is given
 * here was verified by whoever gives it. One transaction: all of it happens, or nothing.
 */
public final class Restoration {
    private static final Logger LOG = LoggerFactory.getLogger(Restoration.class);

    private final JdbcClient sql;
    private final Sequencer sequencer;
    private final Statements statements;
    private final Logs logs;
    private final Outbox outbox;
    private final Clock clock;

    public Restoration(
            JdbcClient sql, Sequencer sequencer, Statements statements, Logs logs, Outbox outbox, Clock clock) {
        this.sql = sql;
        this.sequencer = sequencer;
        this.statements = statements;
        this.logs = logs;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** A statement that came back, with what it says and who had said it. */
    public record Piece(Statement statement, Message message, boolean outgoing) {}

    /** What a statement had done here; gives the code of what it cannot do again. */
    @FunctionalInterface
    public interface Effect {
        Optional<String> again(Piece piece) throws Malformed;
    }

    /** Entries that follow each other in the log, the statements behind them that are not here, and which the partner refused. */
    public record Segment(long from, List<Digest> entries, List<Piece> pieces, Set<Digest> refused) {}

    /** What stands here behind a place, and nobody was shown; empty when it cannot get other places any more. */
    public Optional<List<Digest>> movable(PartyCode partner, long from) {
        String origin = logs.origin(partner);
        List<Digest> behind = logs.read(origin, from, logs.size(origin));
        boolean shown = sql.sql("select exists (select from checkpoint where origin = ? and size > ?)")
                .params(origin, from)
                .query(Boolean.class)
                .single();
        boolean moves = behind.stream().allMatch(id -> mayMove(partner, id));
        return shown || !moves ? Optional.empty() : Optional.of(behind);
    }

    private boolean mayMove(PartyCode partner, Digest id) {
        Statements.Entry entry = statements.find(id).orElseThrow();
        return entry.outgoing()
                && !CardHistory.concerns(entry.statement())
                && sql.sql(
                                "select acknowledged_at is null and set_aside is null from outbox where partner = ? and statement = ?")
                        .params(partner.text(), id.bytes())
                        .query(Boolean.class)
                        .optional()
                        .orElse(false);
    }

    /**
     * Writes a segment back, and puts behind it what was said here meanwhile.
     *
     * @param moving what stands here from the segment's first place on, as {@link #movable} gave it
     */
    public void write(PartyCode partner, Segment segment, List<Digest> moving, Effect effect) {
        String origin = logs.origin(partner);
        sequencer.write(() -> {
            if (!logs.origin(partner).equals(origin) || leaves(origin) != segment.from + moving.size()) {
                throw new IllegalStateException("the log grew while it was being restored");
            }
            moving.forEach(id -> forget(partner, id));
            logs.takeBack(origin, segment.from);
            Set<Digest> fresh = statements.store(segment.pieces.stream()
                    .map(piece -> new Statements.Fresh(piece.statement, piece.message, partner, piece.outgoing))
                    .toList());
            logs.restore(origin, segment.entries);
            settleOutbox(partner, segment, moving);
            for (Piece piece : segment.pieces) {
                if (fresh.contains(piece.statement.id())) {
                    recall(partner, piece, effect);
                }
            }
            List<Digest> behind =
                    moving.stream().filter(id -> !segment.entries.contains(id)).toList();
            logs.restore(origin, behind);
            send(partner, behind);
        });
    }

    /** Counted where they stand: the size is written at the end of what is being written. */
    long leaves(String origin) {
        return sql.sql("select coalesce(max(position) + 1, 0) from leaf where origin = ?")
                .param(origin)
                .query(Long.class)
                .single();
    }

    /** Those of some statements that are not here. */
    public List<Digest> missing(List<Digest> ids) {
        Set<Digest> here = Set.copyOf(sql.sql("select id from statement where id = any (?::bytea[])")
                .param(Statements.column(ids, byte[][]::new, Digest::bytes))
                .query((row, number) -> Digest.ofBytes(row.getBytes("id")))
                .list());
        return ids.stream().filter(id -> !here.contains(id)).toList();
    }

    private void forget(PartyCode partner, Digest statement) {
        sql.sql("delete from outbox where partner = ? and statement = ?")
                .params(partner.text(), statement.bytes())
                .update();
    }

    void send(PartyCode partner, List<Digest> said) {
        outbox.append(said.stream()
                .map(id -> new Outbox.Row(partner, id, new byte[0]))
                .toList());
    }

    /** What was said here stands in the outbox in the order of the log; the partner has it, or has refused it. */
    private void settleOutbox(PartyCode partner, Segment segment, List<Digest> moving) {
        Map<Digest, Piece> pieces = new HashMap<>();
        segment.pieces.forEach(piece -> pieces.put(piece.statement.id(), piece));
        Function<Digest, Boolean> isOurs =
                id -> pieces.containsKey(id) ? pieces.get(id).outgoing : moving.contains(id) || isOutgoing(id);
        List<Digest> ours = segment.entries.stream().filter(isOurs::apply).toList();
        send(partner, ours);
        // What the partner gave back, it has. Of what was here it may have cosigned the entry alone: that is brought,
        // and no news to who has it.
        ours.stream()
                .filter(id -> pieces.containsKey(id) || segment.refused.contains(id))
                .forEach(id -> settle(partner, id, segment.refused.contains(id)));
    }

    /** The partner has what was said, or has refused it. */
    void settle(PartyCode partner, Digest id, boolean refused) {
        if (refused) {
            outbox.setAside(new Outbox.SetAside(partner, id, Problem.of("restore.was-refused", id.hex())));
        } else {
            outbox.acknowledge(partner, id);
        }
    }

    private boolean isOutgoing(Digest id) {
        return statements.find(id).orElseThrow().outgoing();
    }

    /** What fails for a reason of its own is left to people, and holds up nothing. */
    void recall(PartyCode partner, Piece piece, Effect effect) {
        Optional<String> left;
        sql.sql("savepoint recalled").update();
        try {
            left = effect.again(piece);
        } catch (Malformed | RuntimeException failed) {
            sql.sql("rollback to savepoint recalled").update();
            LOG.error("what {} had done cannot be done again", piece.statement, failed);
            left = Optional.of("restore.effect-failed");
        }
        sql.sql("release savepoint recalled").update();
        left.ifPresent(code -> {
            LOG.warn("left to people after the restore: {} ({})", piece.statement, code);
            sql.sql("insert into left_undone (statement, partner, problem, noted_at) values (?, ?, ?, ?)")
                    .params(piece.statement.id().bytes(), partner.text(), code, Timestamp.from(clock.instant()))
                    .update();
        });
    }

    /** What was left to people in the relationship with a partner: the statement, and the code of the reason. */
    public record Left(Digest statement, String code) {}

    public List<Left> left(PartyCode partner) {
        return sql.sql("select statement, problem from left_undone where partner = ? order by noted_at, statement")
                .param(partner.text())
                .query((row, number) -> new Left(Digest.ofBytes(row.getBytes("statement")), row.getString("problem")))
                .list();
    }
}
