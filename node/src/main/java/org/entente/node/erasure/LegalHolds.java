package org.entente.node.erasure;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.exchange.message.Handover;
import org.entente.exchange.message.Procedure;
import org.entente.memorandum.decision.LegalHold;
import org.entente.memorandum.officer.Role;
import org.entente.node.act.NothingHere;
import org.entente.node.body.BodyFiles;
import org.entente.node.ledger.Statements;
import org.entente.node.officer.Officer;
import org.entente.node.party.LinkStops;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Orders of courts not to erase the bodies of a request or of a release, and what was taken from them. While one stands nothing of the
 * statement is erased; beyond its term it is restricted. The review date ends nothing by itself: a person lifts a hold, with a reason.
 */
public final class LegalHolds {
    private static final int SHOWN_MAX = 1_000;

    private final JdbcClient sql;
    private final Statements statements;
    private final Erasures erasures;
    private final BodyFiles files;
    private final LinkStops stops;
    private final Clock clock;

    public LegalHolds(JdbcClient sql, Statements statements, Erasures erasures, BodyFiles files, Clock clock) {
        this.sql = sql;
        this.statements = statements;
        this.erasures = erasures;
        this.files = files;
        this.stops = new LinkStops(sql, clock);
        this.clock = clock;
    }

    /** An order, who entered it, and how it was lifted if it was. */
    public record Held(long number, Digest statement, LegalHold order, Entered placed, Optional<Lifted> lifted) {}

    /** Who did something, and when. */
    public record Entered(String officer, Instant at) {}

    /** How a hold came to its end. */
    public record Lifted(Entered by, String reason) {}

    /**
     * Holds the bodies of a statement.
     *
     * @throws Malformed {@code erasure.hold-nothing} when it is neither a request nor a release, {@code erasure.gone} when they were
     *     erased, {@code erasure.hold-stands} when the same order was entered already, {@code erasure.review-past}
     * @throws NothingHere when the officer may not know of it
     */
    public synchronized void place(Digest statement, LegalHold order, Officer officer) throws Malformed, NothingHere {
        Statements.Entry entry = statements
                .find(statement)
                .filter(found -> concerns(found, officer))
                .orElseThrow(NothingHere::new);
        boolean holdable = switch (entry.message()) {
            case Handover.ItemReleased _, Handover.ItemRequested _ -> true;
            case Procedure step -> step.given().sealed().isPresent();
            default -> false;
        };
        if (!holdable) {
            throw new Malformed("erasure.hold-nothing");
        }
        if (erasures.erased(statement)
                || !entry.message().bodies().stream().allMatch(body -> files.holds(body.ciphertext()))) {
            throw new Malformed("erasure.gone");
        }
        if (order.review().isBefore(LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC))) {
            throw new Malformed("erasure.review-past");
        }
        int placed = sql.sql("""
                        insert into legal_hold (statement, court, instrument, review, placed_by, placed_at)
                        values (?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        statement.bytes(),
                        order.court(),
                        order.instrument(),
                        Date.valueOf(order.review()),
                        officer.pseudonym(),
                        Timestamp.from(clock.instant()))
                .update();
        if (placed == 0) {
            throw new Malformed("erasure.hold-stands", order.instrument());
        }
    }

    /**
     * Lifts a hold.
     *
     * @throws NothingHere when there is none of that number that stands and that the officer may know of
     */
    public synchronized void lift(long number, String reason, Officer officer) throws NothingHere {
        Held held = sql.sql("""
                        select h.* from legal_hold h join statement s on s.id = h.statement
                        where h.sequence = ? and h.lifted_at is null and (? or ? in (s.sender, s.receiver))""")
                .params(number, seesAll(officer), officer.authority().text())
                .query((row, at) -> held(row))
                .optional()
                .orElseThrow(NothingHere::new);
        sql.sql("update legal_hold set lifted_by = ?, lifted_at = ?, reason = ? where sequence = ?")
                .params(officer.pseudonym(), Timestamp.from(clock.instant()), reason, held.number())
                .update();
    }

    /**
     * Says that a person has looked for orders that a restored copy does not know, and entered them again; what is beyond its term is
     * erased from now on.
     *
     * @throws Malformed {@code erasure.nothing-to-review}, or {@code erasure.review-too-early} while statements may still come back
     */
    public synchronized void lookedAfter(String reason, Officer officer) throws Malformed {
        if (unreviewed().isEmpty()) {
            throw new Malformed("erasure.nothing-to-review");
        }
        if (stops.restoring()) {
            throw new Malformed("erasure.review-too-early");
        }
        sql.sql("insert into hold_review (officer, at, reason) values (?, ?, ?)")
                .params(officer.pseudonym(), Timestamp.from(clock.instant()), reason)
                .update();
    }

    /** The partners whose logs were restored since somebody looked after holds; while there is one, no body is erased. */
    public List<String> unreviewed() {
        return sql.sql("""
                        select distinct partner from link_stop where problem = ? and (resumed_at is null
                            or resumed_at >= (select coalesce(max(at), '-infinity') from hold_review)) order by partner""").param(LinkStops.RESTORING).query(String.class).list();
    }

    /** The newest holds that an officer may know of, the newest first. */
    public List<Held> all(Officer officer) {
        return sql.sql("""
                        select h.* from legal_hold h join statement s on s.id = h.statement
                        where ? or ? in (s.sender, s.receiver) order by h.sequence desc limit ?""")
                .params(seesAll(officer), officer.authority().text(), SHOWN_MAX)
                .query((row, number) -> held(row))
                .list();
    }

    /** The orders that hold a statement now. */
    public List<Held> of(Digest statement) {
        return sql.sql("select * from legal_hold where statement = ? and lifted_at is null order by sequence")
                .param(statement.bytes())
                .query((row, number) -> held(row))
                .list();
    }

    private static boolean concerns(Statements.Entry entry, Officer officer) {
        return seesAll(officer)
                || entry.statement().from().equals(officer.authority())
                || entry.statement().to().equals(Optional.of(officer.authority()));
    }

    private static boolean seesAll(Officer officer) {
        return officer.role() == Role.ADMINISTRATOR || officer.role() == Role.OVERSIGHT;
    }

    private static Held held(ResultSet row) throws SQLException {
        return new Held(
                row.getLong("sequence"),
                Digest.ofBytes(row.getBytes("statement")),
                new LegalHold(
                        row.getString("court"), row.getString("instrument"), row.getObject("review", LocalDate.class)),
                new Entered(
                        row.getString("placed_by"),
                        row.getTimestamp("placed_at").toInstant()),
                Optional.ofNullable(row.getTimestamp("lifted_at"))
                        .map(at ->
                                new Lifted(new Entered(text(row, "lifted_by"), at.toInstant()), text(row, "reason"))));
    }

    private static String text(ResultSet row, String column) {
        try {
            return String.valueOf(row.getString(column));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
