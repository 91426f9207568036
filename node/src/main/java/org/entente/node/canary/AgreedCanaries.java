package org.entente.node.canary;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.Hints;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierReading;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.matching.probe.ProbeFinding;
import org.entente.memorandum.item.Category;
import org.entente.node.officer.Officer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Canaries that a partner told us of, face to face: an ordinary probe that asks about one must hit, or the partner's index is not what was agreed. Which probes asked
 * about one is noted when their answers are read.
 */
public final class AgreedCanaries {
    private final JdbcClient sql;
    private final Clock clock;

    public AgreedCanaries(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** One of them, and the last probe that asked about it. */
    public record Agreed(long number, AuthorityCode authority, What what, Entered entered, Optional<Asked> lastAsked) {}

    /**
     * What stands where.
     *
     * @param partner the authority in whose indices of the category it stands
     * @param value in its normal form
     */
    public record What(AuthorityCode partner, String category, String type, String value) {
        @Override
        public String toString() {
            return partner + " " + category + " " + type + "[redacted]";
        }
    }

    /** Who entered it, and when. */
    public record Entered(String officer, Instant at) {}

    /** A probe that asked about it and was answered, and whether it hit. */
    public record Asked(Digest probe, Instant at, boolean hit) {}

    /** Keeps what a partner told; the same once more changes nothing. */
    public void enter(Officer officer, AuthorityCode partner, Category category, IdentifierType type, String text)
            throws Malformed {
        Identifier identifier = switch (type.read(text, Hints.NONE)) {
            case IdentifierReading.Sound sound -> sound.found();
            case IdentifierReading.Flagged flagged -> flagged.found();
            case IdentifierReading.NotAnIdentifier not -> throw new Malformed(not.why());
        };
        sql.sql("""
                        insert into agreed_canary (authority, partner, category, type, value, entered_by, entered_at)
                        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        officer.authority().text(),
                        partner.text(),
                        category.code(),
                        type.word(),
                        identifier.value(),
                        officer.pseudonym(),
                        Timestamp.from(clock.instant()))
                .update();
    }

    /** Notes which of them a probe asked about, and what came of it; MUST be called in the transaction that keeps its hits. */
    public void answered(Digest probe, List<ProbeFinding> findings) {
        record Wanted(long number, String type, String value) {}
        List<Wanted> wanted = sql.sql("""
                        select a.number, a.type, a.value from probe p join epoch_index e on e.statement = p.index
                            join agreed_canary a on a.partner = e.holder and a.category = e.category
                        where p.statement = ?""")
                .param(probe.bytes())
                .query((row, number) ->
                        new Wanted(row.getLong("number"), row.getString("type"), row.getString("value")))
                .list();
        for (Wanted one : wanted) {
            findings.stream()
                    .filter(finding -> finding.input().type().equals(one.type)
                            && finding.input().value().equals(one.value))
                    .findFirst()
                    .ifPresent(finding -> note(one.number, probe, finding instanceof ProbeFinding.Hit));
        }
    }

    private void note(long canary, Digest probe, boolean hit) {
        sql.sql("insert into agreed_canary_probe (canary, probe, hit) values (?, ?, ?) on conflict do nothing")
                .params(canary, probe.bytes(), hit)
                .update();
    }

    /** All of them, the newest first. */
    public List<Agreed> all() {
        return sql.sql("""
                        select a.*, l.probe, l.hit, l.recorded_at from agreed_canary a left join lateral (
                            select p.probe, p.hit, s.recorded_at from agreed_canary_probe p
                            join statement s on s.id = p.probe where p.canary = a.number
                            order by s.recorded_at desc, s.id limit 1) l on true
                        order by a.number desc""")
                .query((row, number) -> {
                    try {
                        byte[] probe = row.getBytes("probe");
                        return new Agreed(
                                row.getLong("number"),
                                AuthorityCode.parse(row.getString("authority")),
                                new What(
                                        AuthorityCode.parse(row.getString("partner")),
                                        row.getString("category"),
                                        row.getString("type"),
                                        row.getString("value")),
                                new Entered(
                                        row.getString("entered_by"),
                                        row.getTimestamp("entered_at").toInstant()),
                                probe == null
                                        ? Optional.empty()
                                        : Optional.of(new Asked(
                                                Digest.ofBytes(probe),
                                                row.getTimestamp("recorded_at").toInstant(),
                                                row.getBoolean("hit"))));
                    } catch (Malformed e) {
                        throw new IllegalStateException("a stored canary no longer reads", e);
                    }
                })
                .list();
    }
}
