package org.entente.node.party;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What lies on this node's disk because a partner wanted it so, and how much of it may. What a partner brings beyond its share
 * is refused to this partner alone; what was to be kept about it is counted instead, never silently dropped.
 *
 * <p>Statements that were taken in are not bounded here: both parties' logs hold them, and the quotas of the memorandum say how
 * many acts there may be. Each bound may be passed by what a partner brings at once, which the link bounds.
 */
public final class PartnerStorage implements Share {
    /** One kind of refusal fills at most this part of what may be kept, so that many of one kind leave room for the others. */
    private static final int PART_OF_ONE_KIND = 4;

    /** A body that nobody names is erased seven days after it came last. */
    private static final Duration ERASED_AFTER = Duration.ofDays(8);

    /** What was brought for a statement that was refused for good is erased by the next hourly look at the folder. */
    private static final Duration ERASED_WHEN_REFUSED = Duration.ofMinutes(90);

    private final JdbcClient sql;
    private final Clock clock;
    private final Limits limits;

    /** So many things, of so many bytes together. */
    public record Amount(long count, long bytes) {
        private boolean isWithin(Amount most, int part) {
            return count < most.count / part && bytes < most.bytes / part;
        }
    }

    /**
     * How much there may be of one partner: something further is taken while less than this lies here.
     *
     * @param unnamed bodies that no statement recorded here names
     * @param always so many of them, however long they are: a statement comes after all of its bodies, and nothing else makes room
     * @param kept statements that were refused and are kept as evidence
     * @param quarantined statements that were recorded without effect
     * @param mirroredAhead entries of the partner's log that this node reads beyond the number of those in its own log of the relationship
     */
    public record Limits(Amount unnamed, int always, Amount kept, Amount quarantined, long mirroredAhead) {
        public static final Limits USUAL = new Limits(
                new Amount(4_096, 1L << 30), 17, new Amount(1_000, 1L << 26), new Amount(10_000, 1L << 28), 1_000_000);
    }

    /** Refused statements that are not kept. */
    public record NotKept(String problem, long count, long bytes) {}

    public PartnerStorage(JdbcClient sql, Clock clock) {
        this(sql, clock, Limits.USUAL);
    }

    public PartnerStorage(JdbcClient sql, Clock clock, Limits limits) {
        this.sql = sql;
        this.clock = clock;
        this.limits = limits;
    }

    /** What a partner has lying here that no statement names. */
    public Amount unnamed(PartyCode partner) {
        sql.sql("""
                        delete from brought_body b where partner = ? and (brought_at < ?
                        or exists (select from statement_body named where named.body = b.body))""")
                .params(partner.text(), Timestamp.from(clock.instant().minus(ERASED_AFTER)))
                .update();
        return counted(partner);
    }

    /** The same without forgetting first what a statement named meanwhile: never less. */
    private Amount counted(PartyCode partner) {
        return amount(
                "select count(*) as n, coalesce(sum(bytes), 0) as total from brought_body where partner = ?", partner);
    }

    @Override
    public boolean hasRoomForBody(PartyCode partner) {
        if (counted(partner).count() < limits.always()) {
            return true;
        }
        Amount unnamed = unnamed(partner);
        return unnamed.count() < limits.always() || unnamed.isWithin(limits.unnamed(), 1);
    }

    @Override
    public void brought(PartyCode partner, Digest body, long bytes) {
        sql.sql("""
                        insert into brought_body (body, partner, bytes, brought_at) select ?, ?, ?, ?
                        where not exists (select from statement_body where body = ?)
                        on conflict (body) do update set brought_at = excluded.brought_at
                            where brought_body.partner = excluded.partner""")
                .params(body.bytes(), partner.text(), bytes, Timestamp.from(clock.instant()), body.bytes())
                .update();
    }

    /**
     * A statement of a partner was refused for good: bodies that it brought for it are erased by the next look at the folder, which the
     * caller has to see to, and count no longer than that.
     *
     * @return those that nothing else names
     */
    public List<Digest> refused(PartyCode partner, String document) {
        return sql.sql("""
                        update brought_body b set brought_at = ? where partner = ? and position(encode(b.body, 'hex') in ?) > 0
                            and not exists (select from statement_body named where named.body = b.body)
                        returning b.body""")
                .params(
                        Timestamp.from(clock.instant().minus(ERASED_AFTER).plus(ERASED_WHEN_REFUSED)),
                        partner.text(),
                        document)
                .query((row, number) -> Digest.ofBytes(row.getBytes("body")))
                .list();
    }

    /** Whether a refused statement is kept; one that is not is counted. */
    public boolean keeps(PartyCode partner, Problem problem, long bytes) {
        Amount kept = amount("""
                select count(*) as n, coalesce(sum(octet_length(bytes)), 0) as total from kept_statement
                where partner = ?""", partner);
        Amount ofKind = sql.sql("""
                        select count(*) as n, coalesce(sum(octet_length(bytes)), 0) as total from kept_statement
                        where partner = ? and problem = ?""")
                .params(partner.text(), problem.code())
                .query((row, number) -> new Amount(row.getLong("n"), row.getLong("total")))
                .single();
        boolean keeps = kept.isWithin(limits.kept(), 1) && ofKind.isWithin(limits.kept(), PART_OF_ONE_KIND);
        if (!keeps) {
            count(partner, problem, bytes);
        }
        return keeps;
    }

    /** Counts a refused statement that is not kept. */
    public void count(PartyCode partner, Problem problem, long bytes) {
        Timestamp now = Timestamp.from(clock.instant());
        sql.sql("""
                        insert into not_kept (partner, problem, count, bytes, first_at, last_at) values (?, ?, 1, ?, ?, ?)
                        on conflict (partner, problem) do update set count = not_kept.count + 1,
                            bytes = not_kept.bytes + excluded.bytes, last_at = excluded.last_at""").params(partner.text(), problem.code(), bytes, now, now).update();
    }

    /** What of a partner was refused and is not kept, by its problem. */
    public List<NotKept> notKept(PartyCode partner) {
        return sql.sql("select problem, count, bytes from not_kept where partner = ? order by problem")
                .param(partner.text())
                .query((row, number) ->
                        new NotKept(row.getString("problem"), row.getLong("count"), row.getLong("bytes")))
                .list();
    }

    /** Whether a further statement of a partner may be recorded without effect. */
    public boolean hasRoomInQuarantine(PartyCode partner) {
        return amount(
                        "select count(*) as n, coalesce(sum(bytes), 0) as total from quarantined where partner = ?",
                        partner)
                .isWithin(limits.quarantined(), 1);
    }

    /** A statement was recorded without effect; in the transaction that records it. */
    public void quarantine(PartyCode partner, Digest statement, long bytes) {
        sql.sql("insert into quarantined (statement, partner, bytes) values (?, ?, ?)")
                .params(statement.bytes(), partner.text(), bytes)
                .update();
    }

    /** Whether this node reads on in a partner's log, of which it has read and itself holds so many entries. */
    public boolean readsOn(long read, long own) {
        return read - own < limits.mirroredAhead();
    }

    private Amount amount(String query, PartyCode partner) {
        return sql.sql(query)
                .param(partner.text())
                .query((row, number) -> new Amount(row.getLong("n"), row.getLong("total")))
                .single();
    }
}
