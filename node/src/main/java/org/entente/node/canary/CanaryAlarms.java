package org.entente.node.canary;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.memorandum.item.Category;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What partners asked for that nobody could have asked for honestly. Kept for oversight and legal advisers alone, and never logged. */
public final class CanaryAlarms {
    private static final int SHOWN_MAX = 500;

    private final JdbcClient sql;
    private final Clock clock;

    public CanaryAlarms(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * An alarm; it names the canary by its number and never says its value.
     *
     * @param withdrawn why the canary stands in no later index, empty while it does: one that is held by now may have been asked for honestly
     */
    public record Alarm(long canary, Canary.Place place, String type, String withdrawn, Asked asked) {}

    /** Who asked, by which statement, and when that was noticed. */
    public record Asked(String partner, Digest statement, Instant at) {}

    /** Raises an alarm for each canary among the records behind an entry that is asked for; once for each statement, however often it is looked at. */
    public void raise(AuthorityCode holder, AuthorityCode partner, Digest statement, List<String> records) {
        Long[] numbers = Canary.numbers(records);
        if (numbers.length == 0) {
            return;
        }
        sql.sql("""
                        insert into canary_alarm (canary, statement, partner, at)
                        select number, ?, ?, ? from canary where number = any (?) and authority = ?
                        on conflict do nothing""")
                .params(statement.bytes(), partner.text(), Timestamp.from(clock.instant()), numbers, holder.text())
                .update();
    }

    /** The newest alarms of all authorities, the newest first. */
    public List<Alarm> newest() {
        return sql.sql("""
                        select a.*, c.authority, c.category, c.type, coalesce(c.withdrawn, '') as withdrawn
                        from canary_alarm a join canary c on c.number = a.canary
                        order by a.at desc, a.canary limit ?""")
                .param(SHOWN_MAX)
                .query((row, number) -> {
                    try {
                        return new Alarm(
                                row.getLong("canary"),
                                new Canary.Place(
                                        AuthorityCode.parse(row.getString("authority")),
                                        Category.parse(row.getString("category"))),
                                row.getString("type"),
                                row.getString("withdrawn"),
                                new Asked(
                                        row.getString("partner"),
                                        Digest.ofBytes(row.getBytes("statement")),
                                        row.getTimestamp("at").toInstant()));
                    } catch (Malformed e) {
                        throw new IllegalStateException("a stored alarm no longer reads", e);
                    }
                })
                .list();
    }
}
