package org.entente.node.canary;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.entente.node.officer.Officer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who was shown the values of canaries: whoever knows them can step around them, or betray them. */
public final class CanaryReadings {
    private static final Logger LOG = LoggerFactory.getLogger(CanaryReadings.class);
    private static final int SHOWN_MAX = 500;

    private final JdbcClient sql;
    private final Clock clock;

    public CanaryReadings(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * One reading.
     *
     * @param shown how many values
     */
    public record Reading(String officer, String authority, long shown, Instant at) {}

    /** Keeps that an officer is being shown so many values; MUST be called before they are given out. */
    public void reads(Officer officer, long shown) {
        sql.sql("insert into canary_reading (officer, authority, shown, at) values (?, ?, ?, ?)")
                .params(officer.pseudonym(), officer.authority().text(), shown, Timestamp.from(clock.instant()))
                .update();
        LOG.info("{} of {} is shown {} canaries", officer.pseudonym(), officer.authority(), shown);
    }

    /** The newest readings, the newest first. */
    public List<Reading> newest() {
        return sql.sql("select * from canary_reading order by sequence desc limit ?")
                .param(SHOWN_MAX)
                .query((row, number) -> new Reading(
                        row.getString("officer"),
                        row.getString("authority"),
                        row.getLong("shown"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }
}
