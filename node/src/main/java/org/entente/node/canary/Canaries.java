package org.entente.node.canary;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.identifier.Unissued;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.ListStatus;
import org.entente.node.act.NothingHere;
import org.entente.node.holding.Holdings;
import org.entente.node.officer.Officer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The canaries of this party's authorities. One stands for nobody by the rules of {@link Unissued}, and by what is held here: when a load brings the same number after
 * all, the canary is withdrawn, so an entry of an index never denotes both.
 */
public final class Canaries {
    /** Planted by one call. */
    public static final int COUNT_MAX = 100;

    private static final Logger LOG = LoggerFactory.getLogger(Canaries.class);
    private static final int DRAWS_MAX = 1_000;

    private final JdbcClient sql;
    private final TransactionOperations transactions;
    private final Holdings holdings;
    private final SecureRandom random;
    private final Clock clock;

    public Canaries(
            JdbcClient sql, TransactionOperations transactions, Holdings holdings, SecureRandom random, Clock clock) {
        this.sql = sql;
        this.transactions = transactions;
        this.holdings = holdings;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Draws new canaries for the indices of the officer's authority; each looks like an entry of the category that is held now.
     *
     * @throws Malformed {@code canary.type-unsupported}, {@code canary.category-empty} or {@code canary.exhausted}
     */
    public List<Canary> plant(Officer officer, Category category, IdentifierType type, int count) throws Malformed {
        if (!Unissued.types().contains(type)) {
            throw new Malformed("canary.type-unsupported", type.word(), Unissued.words());
        }
        if (count < 1 || count > COUNT_MAX) {
            throw new IllegalArgumentException("from 1 to " + COUNT_MAX + " canaries are planted at once");
        }
        Canary.Place place = new Canary.Place(officer.authority(), category);
        List<Canary.Guise> guises = guises(place, count);
        if (guises.isEmpty()) {
            throw new Malformed("canary.category-empty", category.code());
        }
        List<Canary> planted = transactions.execute(status -> {
            List<Canary> drawn = new ArrayList<>();
            for (int draws = 0; drawn.size() < count && draws < DRAWS_MAX; draws++) {
                Canary.Guise guise = guises.get(drawn.size() % guises.size());
                keep(place, Unissued.draw(type, random), guise, officer).ifPresent(drawn::add);
            }
            if (drawn.size() < count) {
                status.setRollbackOnly();
            }
            return drawn;
        });
        if (planted.size() < count) {
            throw new Malformed("canary.exhausted", type.word());
        }
        return planted;
    }

    /** How ordinary entries look: statuses and days of some that are held; what has no day of its own is first seen today. */
    private List<Canary.Guise> guises(Canary.Place place, int count) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        return holdings.some(place.authority(), place.category(), count).stream()
                .map(held -> new Canary.Guise(
                        held.item()
                                .envelope()
                                .listStatus()
                                .map(ListStatus::status)
                                .orElse(""),
                        held.firstSeen().isPresent() ? today : held.since()))
                .toList();
    }

    /** Empty when the number is one of somebody who is held, or of another canary, ours or a partner's. */
    private Optional<Canary> keep(Canary.Place place, Identifier drawn, Canary.Guise guise, Officer officer) {
        return sql.sql("""
                        insert into canary (authority, category, type, value, status, since, planted_by, planted_at)
                        select ?, ?, d.type, d.value, ?, ?, ?, ? from (select ?::text as type, ?::text as value) d
                        where not exists (select 1 from identifier i where i.type = d.type and i.value = d.value)
                            and not exists (select 1 from agreed_canary a where a.type = d.type and a.value = d.value)
                        on conflict (type, value) do nothing returning *""")
                .params(
                        place.authority().text(),
                        place.category().code(),
                        guise.status(),
                        java.sql.Date.valueOf(guise.since()),
                        officer.pseudonym(),
                        Timestamp.from(clock.instant()),
                        drawn.type().word(),
                        drawn.value())
                .query((row, number) -> read(row))
                .optional();
    }

    /** Takes a canary of the officer's authority back: it stands in no later index, and is removed by the next generation of an earlier one. */
    public void withdraw(Officer officer, long number) throws NothingHere {
        int known = sql.sql("""
                        update canary set withdrawn = coalesce(withdrawn, ?), withdrawn_at = coalesce(withdrawn_at, ?),
                            changed = case when withdrawn is null then pg_current_xact_id() else changed end
                        where number = ? and authority = ?""")
                .params(
                        Canary.Why.OFFICER.word(),
                        Timestamp.from(clock.instant()),
                        number,
                        officer.authority().text())
                .update();
        if (known == 0) {
            throw new NothingHere();
        }
    }

    /** Withdraws the canaries whose number somebody bears who is held by now; may be called at any time. */
    public void sweep() {
        int found = sql.sql("""
                        update canary set withdrawn = ?, withdrawn_at = ?, changed = pg_current_xact_id()
                        where withdrawn is null and exists (
                            select 1 from identifier i where i.type = canary.type and i.value = canary.value)""")
                .params(Canary.Why.HELD.word(), Timestamp.from(clock.instant()))
                .update();
        if (found > 0) {
            LOG.warn("{} canaries were withdrawn: what was to be nobody's number is held now", found);
        }
    }

    /** Those that go into an index which is built now. */
    public List<Canary> standing(AuthorityCode authority, Category category) {
        sweep();
        return sql.sql(
                        "select * from canary where authority = ? and category = ? and withdrawn is null order by number")
                .params(authority.text(), category.code())
                .query((row, number) -> read(row))
                .list();
    }

    /** Those that were planted or withdrawn since a mark of the holdings. */
    public List<Canary> touched(AuthorityCode authority, Category category, long mark) {
        sweep();
        return sql.sql("""
                        select * from canary where authority = ? and category = ? and changed >= ?::text::xid8
                        order by number""")
                .params(authority.text(), category.code(), mark)
                .query((row, number) -> read(row))
                .list();
    }

    /** Every canary, the newest first. */
    public List<Canary> all() {
        sweep();
        return sql.sql("select * from canary order by number desc")
                .query((row, number) -> read(row))
                .list();
    }

    private static Canary read(ResultSet row) throws SQLException {
        try {
            IdentifierType type = IdentifierType.ofWord(row.getString("type")).orElseThrow();
            return new Canary(
                    row.getLong("number"),
                    Identifier.restore(type, type.version(), row.getString("value"), Set.of()),
                    new Canary.Place(
                            AuthorityCode.parse(row.getString("authority")), Category.parse(row.getString("category"))),
                    new Canary.Guise(
                            row.getString("status"), row.getDate("since").toLocalDate()),
                    new Canary.Life(
                            row.getString("planted_by"),
                            row.getTimestamp("planted_at").toInstant(),
                            withdrawal(row)));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored canary no longer reads", e);
        }
    }

    private static Optional<Canary.Withdrawal> withdrawal(ResultSet row) throws SQLException {
        Timestamp at = row.getTimestamp("withdrawn_at");
        if (at == null) {
            return Optional.empty();
        }
        Instant moment = at.toInstant();
        boolean held = row.getString("withdrawn").equals(Canary.Why.HELD.word());
        return Optional.of(new Canary.Withdrawal(moment, held ? Canary.Why.HELD : Canary.Why.OFFICER));
    }
}
