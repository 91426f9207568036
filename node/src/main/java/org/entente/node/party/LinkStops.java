package org.entente.node.party;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCode;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * With which partners nothing is exchanged any more, and why: a partner's log shows two histories, or this node's own log
 * is older than what the partner has seen of it. Only an administrator says that it goes on, and why; what was is kept.
 */
public final class LinkStops {
    /** The problem of a link that is stopped because the partner's log is proved to show two histories. */
    public static final String TWO_HISTORIES = "link.two-histories";

    private final JdbcClient sql;
    private final Clock clock;

    public LinkStops(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** Since when, and for what. */
    public record Stop(Instant at, Problem problem) {}

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
    }

    /** The stop that holds, if the link is stopped; what was proved comes before what the partner claims. */
    public Optional<Stop> of(PartyCode partner) {
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
        if (resumed == 0) {
            throw new Malformed("link.not-stopped", partner.text());
        }
    }
}
