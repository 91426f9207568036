package org.entente.node.party;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.entente.node.reading.Edition;
import org.entente.node.reading.PerEdition;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * With which partners nothing is exchanged any more, and why: a partner's log shows two histories, or this node's own log
 * is older than what the partner has seen of it. Only an administrator says that it goes on, and why; what was is kept.
 */
public final class LinkStops {
    /** The problem of a link that is stopped because the partner's log is proved to show two histories. */
    public static final String TWO_HISTORIES = "link.two-histories";

    /** The problem of a relationship whose log here is older than what was signed of it, until what is missing is back. */
    public static final String RESTORING = "link.restoring";

    /** The problem of a link that is stopped until a person lets a partner's log go on under another name, without entries that were cosigned. */
    public static final String LOG_REOPENED = "link.log-reopened";

    /** The problem of a link whose partner's log is not what the partner declared when it opened it anew. */
    public static final String NOT_AS_DECLARED = "link.log-not-as-declared";

    private static final int PARTNERS_KEPT = 256;

    private final JdbcClient sql;
    private final Clock clock;
    private final PerEdition<PartyCode, Optional<Stop>> stopped;
    private final PerEdition<PartyCode, Boolean> restoring;

    public LinkStops(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.stopped = new PerEdition<>(sql, PARTNERS_KEPT);
        this.restoring = new PerEdition<>(sql, PARTNERS_KEPT);
    }

    /** Since when, and for what. */
    public record Stop(Instant at, Problem problem) {
        /** What stands in the way of a log that is being restored. */
        public Optional<Problem> waitsFor() {
            List<String> arguments = problem.arguments();
            return problem.code().equals(RESTORING)
                    ? Optional.of(new Problem(arguments.get(1), arguments.subList(2, arguments.size())))
                    : Optional.empty();
        }
    }

    /** Stops the link for a reason; one for which it is stopped already is not noted again. */
    public void stop(PartyCode partner, Problem problem) {
        sql.sql("""
                        insert into link_stop (partner, stopped_at, problem, arguments) values (?, ?, ?, ?)
                        on conflict do nothing""")
                .params(
                        partner.text(),
                        Timestamp.from(clock.instant()),
                        problem.code(),
                        problem.arguments().toArray(String[]::new))
                .update();
        Edition.changed();
    }

    /**
     * Stops the link until this node has its log back; nothing is said either.
     *
     * @param waitsFor what stands in its way, which replaces what did before
     */
    public void restore(PartyCode partner, Problem waitsFor) {
        List<String> arguments = new ArrayList<>(List.of(partner.text(), waitsFor.code()));
        arguments.addAll(waitsFor.arguments());
        sql.sql("""
                        insert into link_stop (partner, stopped_at, problem, arguments) values (?, ?, ?, ?)
                        on conflict (partner, problem) where resumed_at is null do update set arguments = excluded.arguments""")
                .params(partner.text(), Timestamp.from(clock.instant()), RESTORING, arguments.toArray(String[]::new))
                .update();
        Edition.changed();
    }

    /** A person says that this database is a restored copy: no log is gone on with before its partner was asked. */
    public void restoreAll() {
        sql.sql("select code from party where not own")
                .query(String.class)
                .list()
                .forEach(partner -> restore(new PartyCode(partner), Problem.of("restore.told")));
    }

    /** Whether this node's log of the relationship is being restored. */
    public boolean isRestoring(PartyCode partner) {
        return restoring.of(
                partner,
                () -> sql.sql(
                                "select exists (select from link_stop where partner = ? and problem = ? and resumed_at is null)")
                        .params(partner.text(), RESTORING)
                        .query(Boolean.class)
                        .single());
    }

    /** Whether any log is being restored. */
    public boolean restoring() {
        return sql.sql("select exists (select from link_stop where problem = ? and resumed_at is null)")
                .param(RESTORING)
                .query(Boolean.class)
                .single();
    }

    /** When this node's log of the relationship was restored last, if it ever was. */
    public Optional<Instant> restoredAt(PartyCode partner) {
        return sql.sql("select max(resumed_at) as at from link_stop where partner = ? and problem = ?")
                .params(partner.text(), RESTORING)
                .query((row, number) ->
                        Optional.ofNullable(row.getTimestamp("at")).map(Timestamp::toInstant))
                .single();
    }

    /** The log is back; the link goes on unless it is stopped for another reason. */
    public void restored(PartyCode partner) {
        sql.sql("""
                        update link_stop set resumed_at = ?, resumed_by = 'node', reason = 'restored'
                        where partner = ? and problem = ? and resumed_at is null""")
                .params(Timestamp.from(clock.instant()), partner.text(), RESTORING)
                .update();
        Edition.changed();
    }

    /** The stop that holds, if the link is stopped; what was proved comes before what the partner claims. */
    public Optional<Stop> of(PartyCode partner) {
        return stopped.of(partner, () -> read(partner));
    }

    private Optional<Stop> read(PartyCode partner) {
        return sql.sql("""
                        select stopped_at, problem, arguments from link_stop where partner = ? and resumed_at is null
                        order by problem <> ?, sequence limit 1""")
                .params(partner.text(), TWO_HISTORIES)
                .query((row, number) -> new Stop(
                        row.getTimestamp("stopped_at").toInstant(),
                        new Problem(row.getString("problem"), List.of((String[])
                                row.getArray("arguments").getArray()))))
                .optional();
    }

    /**
     * Refuses while the link is stopped.
     *
     * @throws Malformed {@code link.stopped}
     */
    public void requireNone(PartyCode partner) throws Malformed {
        if (of(partner).isPresent()) {
            throw new Malformed("link.stopped", partner.text());
        }
    }

    /**
     * Lets the link go on.
     *
     * @param officer who says so
     * @throws Malformed {@code link.not-stopped}
     */
    public void resume(PartyCode partner, String officer, String reason) throws Malformed {
        int resumed = sql.sql(
                        "update link_stop set resumed_at = ?, resumed_by = ?, reason = ? where partner = ? and resumed_at is null")
                .params(Timestamp.from(clock.instant()), officer, reason, partner.text())
                .update();
        Edition.changed();
        if (resumed == 0) {
            throw new Malformed("link.not-stopped", partner.text());
        }
    }
}
