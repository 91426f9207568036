package org.entente.node.ledger;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.PartyCode;
import org.entente.node.tile.LogTiles;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The node's own logs, one for each relationship, as leaves in the database: the only truth about them. What a checkpoint is
 * computed from, and every proof, is derived from here.
 */
public final class Logs implements LogTiles.Leaves {
    private final JdbcClient sql;
    private final Sequencer sequencer;
    private final Incarnations incarnations;
    private final Map<PartyCode, String> known = new ConcurrentHashMap<>();
    private final Set<PartyCode> moving = ConcurrentHashMap.newKeySet();

    public Logs(JdbcClient sql, Sequencer sequencer, PartyCode own) {
        this.sql = sql;
        this.sequencer = sequencer;
        this.incarnations = new Incarnations(sql, own);
    }

    /** The origin of the log of the relationship with this partner: of the incarnation that is open. */
    public String origin(PartyCode partner) {
        return moving.contains(partner)
                ? incarnations.open(partner)
                : known.computeIfAbsent(partner, incarnations::open);
    }

    /** Goes on with the incarnation that is being opened, once that is durable; MUST be called inside what the sequencer writes. */
    void follow(PartyCode partner) {
        moving.add(partner);
        sequencer.afterwards(() -> {
            known.remove(partner);
            moving.remove(partner);
        });
    }

    /** Opens the log of a relationship if it is not there yet. */
    public void open(PartyCode partner) {
        sql.sql("insert into log (origin, partner) values (?, ?) on conflict do nothing")
                .params(origin(partner), partner.text())
                .update();
    }

    /** Appends leaves for these statements; MUST be called inside what the sequencer writes, after they are stored. */
    void append(List<Statements.Fresh> statements) {
        append(statements, sequencer::place);
    }

    private void append(List<Statements.Fresh> statements, ToLongFunction<String> place) {
        if (!statements.isEmpty()) {
            write(
                    statements.stream().map(one -> origin(one.partner())).toList(),
                    statements.stream().map(one -> one.statement().id()).toList(),
                    place);
        }
    }

    private void write(List<String> origins, List<Digest> statements, ToLongFunction<String> place) {
        Long[] places = origins.stream().map(place::applyAsLong).toArray(Long[]::new);
        sql.sql("insert into leaf (origin, position, statement) select * from unnest(?::text[], ?::int8[], ?::bytea[])")
                .params(
                        origins.toArray(String[]::new),
                        places,
                        Statements.column(statements, byte[][]::new, Digest::bytes))
                .update();
    }

    /** Appends the leaves of what a log held before it was restored; MUST be called inside what the sequencer writes. */
    void restore(String origin, List<Digest> statements) {
        if (!statements.isEmpty()) {
            write(Collections.nCopies(statements.size(), origin), statements, sequencer::placeOfRestored);
        }
    }

    /** Takes the leaves from a place on out of a log, for them to get other places; MUST be called inside. */
    void takeBack(String origin, long from) {
        sequencer.rewind(origin, from);
        sql.sql("delete from leaf where origin = ? and position >= ?")
                .params(origin, from)
                .update();
    }

    public long size(String origin) {
        return sql.sql("select size from log where origin = ?")
                .param(origin)
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The incarnations that nothing is appended to any more. */
    public List<String> closed() {
        return sql.sql("select origin from log where closed_at is not null order by origin")
                .query(String.class)
                .list();
    }

    public List<String> origins() {
        return sql.sql("select origin from log order by origin")
                .query(String.class)
                .list();
    }

    @Override
    public List<Digest> read(String origin, long from, long end) {
        List<Digest> statements = sql.sql(
                        "select statement from leaf where origin = ? and position >= ? and position < ? order by position")
                .params(origin, from, end)
                .query((row, number) -> Digest.ofBytes(row.getBytes("statement")))
                .list();
        if (statements.size() != end - from) {
            throw new IllegalStateException("leaves are missing in " + origin + " between " + from + " and " + end);
        }
        return statements;
    }

    /** The place of a statement in the log of the relationship with this partner. */
    public Optional<Long> index(PartyCode partner, Digest statement) {
        return sql.sql("select position from leaf where origin = ? and statement = ?")
                .params(origin(partner), statement.bytes())
                .query(Long.class)
                .optional();
    }

    /** The places of those statements that are in the log of the relationship with this partner. */
    public Map<Digest, Long> places(PartyCode partner, List<Digest> statements) {
        Map<Digest, Long> places = new HashMap<>();
        sql.sql("select statement, position from leaf where origin = ? and statement = any (?::bytea[])")
                .params(origin(partner), Statements.column(statements, byte[][]::new, Digest::bytes))
                .query(row -> {
                    places.put(Digest.ofBytes(row.getBytes("statement")), row.getLong("position"));
                });
        return places;
    }
}
