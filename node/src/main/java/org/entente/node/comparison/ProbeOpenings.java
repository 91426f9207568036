package org.entente.node.comparison;

import java.io.IOException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.matching.probe.MalformedBatch;
import org.entente.matching.probe.ProbeQuery;
import org.entente.matching.probe.QueryOpening;
import org.entente.node.act.NothingHere;
import org.entente.node.keys.SealedFiles;
import org.entente.node.officer.Officer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What this party asked, position by position, sealed in the key store. The answer is read with it; afterwards it is kept for two years for
 * oversight alone, and then destroyed. What was prepared and never asked is destroyed after a day.
 */
public final class ProbeOpenings {
    static final Duration TERM = Duration.ofDays(730);
    private static final Duration UNASKED_LIFE = Duration.ofDays(1);

    private final JdbcClient sql;
    private final SealedFiles keys;
    private final Clock clock;

    ProbeOpenings(JdbcClient sql, SealedFiles keys, Clock clock) {
        this.sql = sql;
        this.keys = keys;
        this.clock = clock;
    }

    /** One opening that was given out. */
    public record Given(Digest probe, String officer, String authority, String reason, Instant at) {}

    /** Seals what a query commits to; durable on return. */
    void keep(ProbeQuery query) throws IOException {
        sweep();
        sql.sql("insert into probe_opening (batch, erase_at) values (?, ?)")
                .params(
                        query.batchDigest().bytes(),
                        Timestamp.from(clock.instant().plus(UNASKED_LIFE)))
                .update();
        keys.write(
                name(Digest.ofBytes(query.batchDigest().bytes())),
                query.opening().exportSecret());
    }

    /** From now on its term counts; MUST be called in the transaction that records the statement. */
    void asked(Digest batch, Digest statement) {
        sql.sql("update probe_opening set probe = ?, erase_at = ? where batch = ?")
                .params(statement.bytes(), Timestamp.from(clock.instant().plus(TERM)), batch.bytes())
                .update();
    }

    /** Takes up a query again whose secrets were sealed. */
    ProbeQuery resume(Digest batch) throws IOException, Malformed {
        try {
            return ProbeQuery.resume(QueryOpening.parse(keys.read(name(batch))));
        } catch (MalformedBatch e) {
            throw new Malformed("keys.damaged", name(batch));
        }
    }

    /**
     * Gives the opening of a probe to an officer of oversight, and keeps that it was given and why. The caller has required the role.
     *
     * @return the file that {@link OpenedProbe} specifies
     * @throws NothingHere for what this party never asked
     * @throws Malformed {@code comparison.opening-erased} when its term is over
     */
    public byte[] open(Digest probe, String reason, Officer officer) throws IOException, Malformed, NothingHere {
        if (sql.sql("select 1 from probe where statement = ?")
                .param(probe.bytes())
                .query(Integer.class)
                .optional()
                .isEmpty()) {
            throw new NothingHere();
        }
        Digest batch = sql.sql("select batch from probe_opening where probe = ? and erase_at > ?")
                .params(probe.bytes(), Timestamp.from(clock.instant()))
                .query((row, number) -> Digest.ofBytes(row.getBytes("batch")))
                .optional()
                .orElseThrow(() -> new Malformed("comparison.opening-erased"));
        ProbeQuery query = resume(batch);
        sql.sql("insert into probe_opened (probe, officer, authority, reason, at) values (?, ?, ?, ?, ?)")
                .params(
                        probe.bytes(),
                        officer.pseudonym(),
                        officer.authority().text(),
                        reason,
                        Timestamp.from(clock.instant()))
                .update();
        byte[] file = OpenedProbe.bytes(probe, query);
        query.destroy();
        return file;
    }

    /** What was given out, the newest first. */
    public List<Given> given() {
        return sql.sql("select * from probe_opened order by sequence desc limit 500")
                .query((row, number) -> new Given(
                        Digest.ofBytes(row.getBytes("probe")),
                        row.getString("officer"),
                        row.getString("authority"),
                        row.getString("reason"),
                        row.getTimestamp("at").toInstant()))
                .list();
    }

    /** Destroys what has outlived its term. */
    public void sweep() throws IOException {
        Timestamp now = Timestamp.from(clock.instant());
        Optional<Digest> due = due(now);
        while (due.isPresent()) {
            keys.destroy(name(due.get()));
            sql.sql("delete from probe_opening where batch = ? and erase_at <= ?")
                    .params(due.get().bytes(), now)
                    .update();
            due = due(now);
        }
    }

    private Optional<Digest> due(Timestamp now) {
        return sql.sql("select batch from probe_opening where erase_at <= ? limit 1")
                .param(now)
                .query((row, number) -> Digest.ofBytes(row.getBytes("batch")))
                .optional();
    }

    private static String name(Digest batch) {
        return "probe." + batch.hex();
    }
}
