package org.entente.node.comparison;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.exchange.message.Comparison;
import org.entente.matching.index.Label;
import org.entente.matching.probe.ProbeFinding;
import org.entente.node.canary.AgreedCanaries;
import org.entente.node.keys.SealedFiles;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What this node asked, and the hits that came of it. */
public final class Probes {
    private static final Duration UNCONFIRMED_LIFE = Duration.ofDays(90);

    private final JdbcClient sql;
    private final Clock clock;
    private final ProbeOpenings openings;
    private final Watches watches;
    private final AgreedCanaries agreed;

    public Probes(JdbcClient sql, SealedFiles keys, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.agreed = new AgreedCanaries(sql, clock);
        this.openings = new ProbeOpenings(sql, keys, clock);
        this.watches = new Watches(sql, clock);
    }

    /** The standing questions. */
    public Watches watches() {
        return watches;
    }

    /** What was asked, sealed: for the answer, and for oversight. */
    public ProbeOpenings openings() {
        return openings;
    }

    /**
     * A probe of ours.
     *
     * @param act {@code probe}, {@code reconcile} or {@code watch}
     * @param caseReference of the case that it was asked for; none under a reconcile
     */
    public record Asked(
            Digest statement,
            String act,
            AuthorityCode authority,
            Digest index,
            Optional<String> caseReference,
            Details details) {}

    /** How far a probe has come. */
    public record Details(String purpose, long inputs, Optional<Digest> answered, Optional<String> problem) {}

    /** A hit: a lead, and never a ground. */
    public record Hit(UUID id, Digest probe, String type, String value, Place place, Finding finding) {}

    /** Which entry of which announced generation. */
    public record Place(Digest index, long position) {}

    /** What a hit's label says. */
    public record Finding(String category, String status, LocalDate since, boolean cleared, boolean flagged) {}

    /** Keeps that a probe was asked; MUST be called in the transaction that records its statement. */
    void asked(Asked asked, Digest batch, String officer) {
        openings.asked(batch, asked.statement());
        sql.sql("""
                        insert into probe (statement, act, authority, index, case_file, purpose, inputs, asked_by)
                        values (?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        asked.statement().bytes(),
                        asked.act(),
                        asked.authority().text(),
                        asked.index().bytes(),
                        new SqlParameterValue(
                                Types.VARCHAR, asked.caseReference().orElse(null)),
                        asked.details().purpose(),
                        asked.details().inputs(),
                        officer)
                .update();
    }

    /**
     * Keeps the hits of an answer, once; MUST be called in one transaction.
     *
     * @param generations the announcements of the generations that were looked into, in their order
     */
    void answered(Digest probe, Digest answer, List<Indices.Announced> generations, List<ProbeFinding> findings) {
        int rows = sql.sql("update probe set answered = ? where statement = ? and answered is null")
                .params(answer.bytes(), probe.bytes())
                .update();
        if (rows == 0) {
            return;
        }
        agreed.answered(probe, findings);
        for (ProbeFinding finding : findings) {
            if (finding instanceof ProbeFinding.Hit hit) {
                found(probe, generations, hit);
            }
        }
    }

    /** Keeps a hit; one that the same watch had before in the same epoch is not repeated. MUST be called in one transaction with the others. */
    void found(Digest probe, List<Indices.Announced> generations, ProbeFinding.Hit hit) {
        boolean again = sql.sql("""
                        select 1 from probe now join probe earlier on earlier.watch = now.watch and earlier.index = now.index
                            join hit h on h.probe = earlier.statement
                        where now.statement = ? and h.type = ? and h.value = ? limit 1""")
                .params(probe.bytes(), hit.input().type(), hit.input().value())
                .query(Integer.class)
                .optional()
                .isPresent();
        if (!again) {
            keep(probe, generations.get(hit.place().generation()), hit);
        }
    }

    private void keep(Digest probe, Indices.Announced index, ProbeFinding.Hit hit) {
        Label label = hit.label();
        sql.sql("""
                        insert into hit (id, probe, type, value, index, position, category, status, status_at, cleared,
                            flagged, erase_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        UUID.randomUUID(),
                        probe.bytes(),
                        hit.input().type(),
                        hit.input().value(),
                        index.statement().bytes(),
                        hit.place().position(),
                        index.facts().category().code(),
                        Labels.status(label),
                        Date.valueOf(Labels.since(label)),
                        label.cleared(),
                        label.checkDigitFailed(),
                        Timestamp.from(clock.instant().plus(UNCONFIRMED_LIFE)))
                .update();
    }

    /** Keeps that the authority which was asked refused a probe; what anybody else says of it changes nothing. */
    public void refused(Digest probe, Actor by, String problem) {
        sql.sql("""
                        update probe p set problem = ? from statement s
                        where p.statement = ? and p.answered is null and s.id = p.statement and s.receiver = ?""").params(problem, probe.bytes(), by.text()).update();
    }

    /** Keeps why nothing came of a probe. */
    void failed(Digest probe, String problem) {
        sql.sql("update probe set problem = ? where statement = ? and answered is null")
                .params(problem, probe.bytes())
                .update();
    }

    public Optional<Asked> find(Digest statement) {
        return sql.sql("select * from probe where statement = ?")
                .param(statement.bytes())
                .query((row, number) -> asked(row))
                .optional();
    }

    public List<Asked> of(AuthorityCode authority) {
        return sql.sql("""
                        select p.* from probe p join statement s on s.id = p.statement
                        where p.authority = ? order by s.recorded_at desc""")
                .param(authority.text())
                .query((row, number) -> asked(row))
                .list();
    }

    /** Probes of an index to which nothing came yet. */
    List<Asked> unanswered(Digest index) {
        return sql.sql("select * from probe where index = ? and answered is null and problem is null")
                .param(index.bytes())
                .query((row, number) -> asked(row))
                .list();
    }

    public List<Hit> hits(Digest probe) {
        return sql.sql("select * from hit where probe = ? order by type, value")
                .param(probe.bytes())
                .query((row, number) -> hit(row))
                .list();
    }

    /** How many hits of a probe were erased because their time had come. */
    public long erased(Digest probe) {
        return sql.sql("select coalesce(sum(amount), 0) from erasure where what = 'hit' and subject = ?")
                .param(probe.bytes())
                .query(Long.class)
                .single();
    }

    /** The hit of this id, if a probe of the authority found it. */
    public Optional<Hit> hit(UUID id, AuthorityCode authority) {
        return sql.sql("select h.* from hit h join probe p on p.statement = h.probe where h.id = ? and p.authority = ?")
                .params(id, authority.text())
                .query((row, number) -> hit(row))
                .optional();
    }

    /** Elements of probes and of rounds of watches charged to a party since a moment, under any memorandum, padding and repetitions included. */
    public long charged(PartyCode asker, Instant since) {
        return sql.sql(
                        "select coalesce(sum(amount), 0) from charge where partner = ? and act in ('probe', 'watch') and at > ?")
                .params(asker.text(), Timestamp.from(since))
                .query(Long.class)
                .single();
    }

    /** The same without what was charged for one question. */
    public long chargedBesides(PartyCode asker, Instant since, Digest question) {
        return sql.sql("""
                        select coalesce(sum(amount), 0) from charge
                        where partner = ? and act in ('probe', 'watch') and at > ? and statement <> ?""")
                .params(asker.text(), Timestamp.from(since), question.bytes())
                .query(Long.class)
                .single();
    }

    /** What the party of an authority was charged since a moment. */
    ToLongFunction<Instant> chargedTo(AuthorityCode asker) {
        return since -> charged(asker.party(), since);
    }

    /** Charges a batch; MUST be called in the transaction that records its statement, before anything is evaluated. */
    public void charge(Digest statement, PartyCode asker, Comparison.ProbeAsked asked) {
        Optional<Digest> basis = switch (asked.ground()) {
            case Comparison.Ground.UnderCase _ -> Optional.empty();
            case Comparison.Ground.UnderReconcile under -> Optional.of(under.agreed());
            case Comparison.Ground.UnderWatch under -> Optional.of(under.asked());
        };
        String act = switch (asked.ground()) {
            case Comparison.Ground.UnderCase _ -> "probe";
            case Comparison.Ground.UnderReconcile _ -> "reconcile";
            case Comparison.Ground.UnderWatch _ -> "watch";
        };
        sql.sql("insert into charge (statement, partner, act, basis, amount, at) values (?, ?, ?, ?, ?, ?)")
                .params(
                        statement.bytes(),
                        asker.text(),
                        act,
                        new SqlParameterValue(
                                Types.BINARY, basis.map(Digest::bytes).orElse(null)),
                        asked.batch().elements(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    /** Elements charged under an agreement to compare whole lists. */
    public long chargedUnder(Digest agreement) {
        return sql.sql("select coalesce(sum(amount), 0) from charge where basis = ?")
                .param(agreement.bytes())
                .query(Long.class)
                .single();
    }

    /** The stated moments of the batches that were accepted under a watch. */
    public List<Instant> momentsUnder(Digest watch) {
        return sql.sql("select s.stated_at from charge c join statement s on s.id = c.statement where c.basis = ?")
                .param(watch.bytes())
                .query((row, number) -> row.getTimestamp("stated_at").toInstant())
                .list();
    }

    private static Asked asked(ResultSet row) throws SQLException {
        try {
            byte[] answered = row.getBytes("answered");
            return new Asked(
                    Digest.ofBytes(row.getBytes("statement")),
                    row.getString("act"),
                    AuthorityCode.parse(row.getString("authority")),
                    Digest.ofBytes(row.getBytes("index")),
                    Optional.ofNullable(row.getString("case_file")),
                    new Details(
                            row.getString("purpose"),
                            row.getLong("inputs"),
                            answered == null ? Optional.empty() : Optional.of(Digest.ofBytes(answered)),
                            Optional.ofNullable(row.getString("problem"))));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored probe no longer reads", e);
        }
    }

    private static Hit hit(ResultSet row) throws SQLException {
        return new Hit(
                row.getObject("id", UUID.class),
                Digest.ofBytes(row.getBytes("probe")),
                row.getString("type"),
                row.getString("value"),
                new Place(Digest.ofBytes(row.getBytes("index")), row.getLong("position")),
                new Finding(
                        row.getString("category"),
                        row.getString("status"),
                        row.getDate("status_at").toLocalDate(),
                        row.getBoolean("cleared"),
                        row.getBoolean("flagged")));
    }
}
