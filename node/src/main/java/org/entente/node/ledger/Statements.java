package org.entente.node.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.exchange.delivery.Arrival;
import org.entente.exchange.message.Message;
import org.entente.node.party.Parties;
import org.entente.node.reading.ReadOnce;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The statements of all relationships, said and heard, as the exact bytes that were signed. */
public final class Statements {
    /** Of ten to thirty kilobytes each, with what was read of it. */
    private static final int VERIFIED_KEPT = 1_024;

    private final JdbcClient sql;
    private final Parties parties;
    private final Logs logs;
    private final Clock clock;
    private final ReadOnce<Verified> read = new ReadOnce<>(VERIFIED_KEPT);

    public Statements(JdbcClient sql, Parties parties, Logs logs, Clock clock) {
        this.sql = sql;
        this.parties = parties;
        this.logs = logs;
        this.clock = clock;
    }

    /** A statement with what it says, and which way it went. */
    public record Entry(Statement statement, Message message, boolean outgoing, Instant recordedAt) {}

    /** A statement that is to be recorded in the relationship with a partner, with its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by identity alone.
    record Fresh(Statement statement, byte[] bytes, Message message, PartyCode partner, boolean outgoing) {
        Fresh(Statement statement, Message message, PartyCode partner, boolean outgoing) {
            this(statement, statement.bytes(), message, partner, outgoing);
        }
    }

    /**
     * Stores statements and appends their leaves to the logs of the relationships, in this order. What is said to all
     * stands once and has a leaf in the log of each relationship. MUST be called inside what the sequencer writes.
     *
     * @return those that are new in their relationship; what is there already is left as it is
     */
    List<Fresh> record(List<Fresh> all) {
        Set<Digest> stored = store(all);
        List<Fresh> recorded = all.stream()
                .filter(one -> stored.contains(one.statement.id())
                        || logs.index(one.partner, one.statement.id()).isEmpty())
                .toList();
        logs.append(recorded);
        return recorded;
    }

    /** Stores statements, and gives the ids of those that were not there before; MUST be called inside what the sequencer writes. */
    Set<Digest> store(List<Fresh> all) {
        Set<Digest> stored = Set.copyOf(sql.sql("""
                        insert into statement
                            (id, outgoing, kind, sender, receiver, stated_at, answers, bytes, recorded_at)
                        select one.*, ? from unnest(?::bytea[], ?::bool[], ?::text[], ?::text[], ?::text[],
                            ?::timestamptz[], ?::bytea[], ?::bytea[]) as one
                        on conflict do nothing returning id""")
                .params(
                        Timestamp.from(clock.instant()),
                        column(all, byte[][]::new, one -> one.statement.id().bytes()),
                        column(all, Boolean[]::new, Fresh::outgoing),
                        column(all, String[]::new, one -> one.statement.kind()),
                        column(all, String[]::new, one -> one.statement.from().text()),
                        column(
                                all,
                                String[]::new,
                                one -> one.statement.to().map(Actor::text).orElse("")),
                        column(all, String[]::new, one -> UtcSeconds.print(one.statement.at())),
                        column(
                                all,
                                byte[][]::new,
                                one -> one.message.answers().map(Digest::bytes).orElse(null)),
                        column(all, byte[][]::new, one -> one.bytes))
                .query((row, number) -> Digest.ofBytes(row.getBytes("id")))
                .list());
        all.forEach(one -> read.know(Digest.of(one.bytes), new Verified(one.statement, one.message)));
        storeBodies(all.stream()
                .filter(one -> stored.contains(one.statement.id()))
                .flatMap(one ->
                        one.message.bodies().stream().map(body -> new Digest[] {one.statement.id(), body.ciphertext()}))
                .toList());
        return stored;
    }

    private void storeBodies(List<Digest[]> named) {
        if (!named.isEmpty()) {
            sql.sql("""
                            insert into statement_body (statement, body)
                            select * from unnest(?::bytea[], ?::bytea[]) on conflict do nothing""")
                    .params(
                            column(named, byte[][]::new, pair -> pair[0].bytes()),
                            column(named, byte[][]::new, pair -> pair[1].bytes()))
                    .update();
        }
    }

    /** One column of many rows, as a parameter of an array type. */
    static <E, V> Object column(List<E> rows, IntFunction<V[]> array, Function<E, ? extends @Nullable V> value) {
        return rows.stream().map(value).toArray(array);
    }

    public Optional<Entry> find(Digest id) {
        return sql.sql("select bytes, sender, outgoing, recorded_at from statement where id = ?")
                .param(id.bytes())
                .query((row, number) -> entry(row))
                .optional();
    }

    /** What answers this statement, in the order in which it was recorded here. */
    public List<Entry> answers(Digest id) {
        return sql.sql("""
                        select s.bytes, s.sender, s.outgoing, s.recorded_at
                        from statement s join leaf l on l.statement = s.id
                            join log on log.origin = l.origin and log.closed_at is null
                        where s.answers = ? order by l.origin, l.position""").param(id.bytes()).query((row, number) -> entry(row)).list();
    }

    /** All statements in the log of the relationship with a partner, in log order. */
    public List<Entry> inLogOf(PartyCode partner) {
        return sql.sql("""
                        select s.bytes, s.sender, s.outgoing, s.recorded_at
                        from statement s join leaf l on l.statement = s.id
                        where l.origin = ? order by l.position""")
                .param(logs.origin(partner))
                .query((row, number) -> entry(row))
                .list();
    }

    /** The newest statements of all relationships. */
    public List<Entry> newest(int most) {
        return sql.sql("""
                        select s.bytes, s.sender, s.outgoing, s.recorded_at
                        from statement s join leaf l on l.statement = s.id
                            join log on log.origin = l.origin and log.closed_at is null
                        order by s.recorded_at desc, l.position desc limit ?""").param(most).query((row, number) -> entry(row)).list();
    }

    /** All statements of one kind in the relationship with a partner, in log order. */
    public List<Entry> ofKind(PartyCode partner, String kind) {
        return sql.sql("""
                        select s.bytes, s.sender, s.outgoing, s.recorded_at
                        from statement s join leaf l on l.statement = s.id
                        where l.origin = ? and s.kind = ? order by l.position""")
                .params(logs.origin(partner), kind)
                .query((row, number) -> entry(row))
                .list();
    }

    /** A statement that verified under a card that shows the keys which it names by their digest, so that other keys are never meant. */
    private record Verified(Statement statement, Message message) {}

    private Verified verified(byte[] bytes) throws Malformed {
        UnverifiedStatement claimed = Statement.parse(bytes);
        PartyCard card = parties.cardOf(claimed.claimedFrom(), claimed.claimedKid());
        Statement statement = Arrival.verify(claimed, card, Set.of()).statement();
        return new Verified(statement, Message.read(statement));
    }

    private Entry entry(ResultSet row) throws SQLException {
        try {
            byte[] bytes = row.getBytes("bytes");
            Verified verified = read.of(Digest.of(bytes), () -> verified(bytes));
            return new Entry(
                    verified.statement(),
                    verified.message(),
                    row.getBoolean("outgoing"),
                    row.getTimestamp("recorded_at").toInstant());
        } catch (Malformed e) {
            throw new IllegalStateException("a stored statement no longer verifies", e);
        }
    }
}
