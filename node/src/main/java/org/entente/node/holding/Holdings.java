package org.entente.node.holding;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PartyCode;
import org.entente.holdings.identifier.Identifier;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.holdings.identifier.Warning;
import org.entente.holdings.item.Item;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.ListStatus;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Items as their authorities hold them. An item that a partner released stays its originator's: it is kept apart by its
 * originator, and {@link #own} never gives it out for an index or another release.
 */
public final class Holdings {
    private static final int BATCH_ROWS = 500;

    private final JdbcClient sql;
    private final JdbcTemplate batches;

    public Holdings(JdbcTemplate batches) {
        this.sql = JdbcClient.create(batches);
        this.batches = batches;
    }

    /**
     * An item with the number under which this node keeps it.
     *
     * @param firstSeen the day on which an item of a list without dates of its own was first held; a later load of it says nothing new
     */
    public record Held(
            long number, PartyCode originator, AuthorityCode holder, Item item, Optional<LocalDate> firstSeen) {
        /** The name of the item in an index's openings: says nothing about its subject, as an item's own id may. */
        public String record() {
            return "record-" + number;
        }

        /** Since when it stands as it stands: as its list says, or since it was first held, or obtained. */
        public LocalDate since() {
            return firstSeen
                    .or(() -> item.envelope().listStatus().map(ListStatus::since))
                    .orElse(item.envelope().provenance().obtainedAt());
        }
    }

    /** How many items an authority holds in a category. */
    public record Count(String authority, String originator, String category, long items, long cleared, long abroad) {}

    /** Takes items in, in batches; {@link #finish} MUST be called at the end, inside the same transaction. */
    public final class Intake {
        private final PartyCode originator;
        private final AuthorityCode holder;
        private final Optional<java.util.UUID> load;
        private final Optional<LocalDate> firstSeen;
        private final List<Item> waiting = new ArrayList<>();

        private Intake(
                PartyCode originator,
                AuthorityCode holder,
                Optional<java.util.UUID> load,
                Optional<LocalDate> firstSeen) {
            this.firstSeen = firstSeen;
            this.originator = originator;
            this.holder = holder;
            this.load = load;
        }

        public void take(Item item) {
            waiting.add(item);
            if (waiting.size() == BATCH_ROWS) {
                finish();
            }
        }

        public void finish() {
            if (waiting.isEmpty()) {
                return;
            }
            batches.batchUpdate(
                    """
                    insert into item
                        (load, originator, authority, id, category, schema, cleared, abroad, first_seen, document)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                    on conflict (originator, authority, id) do update set load = excluded.load,
                        category = excluded.category, schema = excluded.schema, cleared = excluded.cleared,
                        abroad = excluded.abroad, document = excluded.document,
                        first_seen = case when excluded.first_seen is null then null
                            else coalesce(item.first_seen, excluded.first_seen) end,
                        changed = case
                            when decisive(item.document, item.first_seen) = decisive(excluded.document, excluded.first_seen)
                            then item.changed else pg_current_xact_id() end""",
                    waiting.stream()
                            .map(item -> new Object[] {
                                load.orElse(null),
                                originator.text(),
                                holder.text(),
                                item.id().text(),
                                item.envelope().category().code(),
                                item.entity().schema().word(),
                                item.envelope().cleared(),
                                Abroad.is(item.envelope().provenance()),
                                firstSeen.map(java.sql.Date::valueOf).orElse(null),
                                CanonicalJson.text(item.toJson())
                            })
                            .toList());
            Map<String, Long> numbers = numbers();
            noteBefore(numbers);
            batches.batchUpdate(
                    "delete from identifier where item = ?",
                    numbers.values().stream()
                            .map(number -> new Object[] {number})
                            .toList());
            List<Object[]> identifiers = new ArrayList<>();
            for (Item item : waiting) {
                for (Identifier identifier : item.matchable()) {
                    identifiers.add(new Object[] {
                        identifier.type().word(),
                        identifier.value(),
                        numbers.get(item.id().text()),
                        !identifier.warnings().isEmpty()
                    });
                }
            }
            batches.batchUpdate(
                    "insert into identifier (type, value, item, flagged) values (?, ?, ?, ?) on conflict do nothing",
                    identifiers);
            waiting.clear();
        }

        /** What own items bore before they changed, for the changes of an index; others are in none. */
        private void noteBefore(Map<String, Long> numbers) {
            sql.sql("""
                            insert into identifier_before (authority, type, value)
                            select distinct ?, i.type, i.value from identifier i join item on item.number = i.item
                            where item.number = any (?) and item.changed = pg_current_xact_id() and item.originator = ?""")
                    .params(
                            holder.text(),
                            numbers.values().toArray(Long[]::new),
                            holder.party().text())
                    .update();
        }

        private Map<String, Long> numbers() {
            Map<String, Long> numbers = new HashMap<>();
            sql.sql("select id, number from item where originator = ? and authority = ? and id = any (?)")
                    .params(
                            originator.text(),
                            holder.text(),
                            waiting.stream().map(item -> item.id().text()).toArray(String[]::new))
                    .query((row, number) -> numbers.put(row.getString("id"), row.getLong("number")))
                    .list();
            return numbers;
        }
    }

    public Intake intake(PartyCode originator, AuthorityCode holder, Optional<java.util.UUID> load) {
        return new Intake(originator, holder, load, Optional.empty());
    }

    /** Takes in the items of a list that has no dates of its own, seen on a day: each keeps the day on which it was first seen. */
    public Intake undated(AuthorityCode holder, java.util.UUID load, LocalDate seen) {
        return new Intake(holder.party(), holder, Optional.of(load), Optional.of(seen));
    }

    /** Streams the holder's own items of a category, in the order of their numbers. */
    public void own(AuthorityCode holder, Category category, java.util.function.Consumer<Held> consumer) {
        long after = 0;
        List<Held> page;
        do {
            page = sql.sql("""
                            select number, originator, authority, document, first_seen from item
                            where originator = ? and authority = ? and category = ? and number > ?
                            order by number limit ?""")
                    .params(holder.party().text(), holder.text(), category.code(), after, BATCH_ROWS)
                    .query((row, number) -> held(row))
                    .list();
            page.forEach(consumer);
            after = page.isEmpty() ? after : page.getLast().number();
        } while (page.size() == BATCH_ROWS);
    }

    /** Up to so many of the holder's own items of a category that are not cleared, at random. */
    public List<Held> some(AuthorityCode holder, Category category, int most) {
        return sql.sql("""
                        select number, originator, authority, document, first_seen from item where number in (
                            select number from item
                            where originator = ? and authority = ? and category = ? and not cleared
                            order by random() limit ?)""")
                .params(holder.party().text(), holder.text(), category.code(), most)
                .query((row, number) -> held(row))
                .list();
    }

    /** The holder's own item of this id. */
    public Optional<Held> own(AuthorityCode holder, String id) {
        return sql.sql("""
                        select number, originator, authority, document, first_seen from item
                        where originator = ? and authority = ? and id = ?""")
                .params(holder.party().text(), holder.text(), id)
                .query((row, number) -> held(row))
                .optional();
    }

    /** The holder's own items of these records, as an index names them. */
    public List<Held> ofRecords(AuthorityCode holder, List<String> records) {
        Long[] numbers = records.stream()
                .filter(record -> record.matches("record-[0-9]{1,18}"))
                .map(record -> Long.valueOf(record.substring("record-".length())))
                .toArray(Long[]::new);
        return sql.sql("""
                        select number, originator, authority, document, first_seen from item
                        where originator = ? and authority = ? and number = any (?) order by number""")
                .params(holder.party().text(), holder.text(), numbers)
                .query((row, number) -> held(row))
                .list();
    }

    /** The distinct identifiers, or composite keys, of one type of the holder's own items of a category, in a fixed order. */
    public List<Identifier> ownIdentifiers(AuthorityCode holder, Category category, IdentifierType type) {
        return sql.sql("""
                        select distinct i.value from identifier i join item on item.number = i.item
                        where item.originator = ? and item.authority = ? and item.category = ? and i.type = ?
                        order by i.value""")
                .params(holder.party().text(), holder.text(), category.code(), type.word())
                .query((row, number) -> restore(type, row.getString("value")))
                .list();
    }

    /** A mark such that every change that was not seen before it is told by {@link #touched} for it. */
    public long mark() {
        return sql.sql("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
                .query(Long.class)
                .single();
    }

    /**
     * The identifiers that may be found otherwise than they were at the mark, in a fixed order: those of the holder's own items of a
     * category that changed since, and those that changed items bore before. Takes time in proportion to the changes.
     */
    public List<Identifier> touched(AuthorityCode holder, Category category, long mark) {
        return sql.sql("""
                        select i.type, i.value from identifier i join item on item.number = i.item
                        where item.originator = ? and item.authority = ? and item.category = ?
                            and item.changed >= ?::text::xid8
                        union
                        select type, value from identifier_before where authority = ? and changed >= ?::text::xid8
                        order by 1, 2""")
                .params(holder.party().text(), holder.text(), category.code(), mark, holder.text(), mark)
                .query((row, number) ->
                        restore(IdentifierType.ofWord(row.getString("type")).orElseThrow(), row.getString("value")))
                .list();
    }

    /** The holder's own items of a category that bear an identifier. */
    public List<Held> bearing(AuthorityCode holder, Category category, Identifier identifier) {
        return sql.sql("""
                        select item.number, item.originator, item.authority, item.document, item.first_seen
                        from identifier i join item on item.number = i.item
                        where i.type = ? and i.value = ? and item.originator = ? and item.authority = ?
                            and item.category = ? order by item.number""")
                .params(
                        identifier.type().word(),
                        identifier.value(),
                        holder.party().text(),
                        holder.text(),
                        category.code())
                .query((row, number) -> held(row))
                .list();
    }

    /** How many identifiers the holder's own items of a category bear, each item's counted apart. */
    public long ownIdentifierCount(AuthorityCode holder, Category category) {
        return sql.sql("""
                        select count(*) from identifier i join item on item.number = i.item
                        where item.originator = ? and item.authority = ? and item.category = ?""")
                .params(holder.party().text(), holder.text(), category.code())
                .query(Long.class)
                .single();
    }

    /** Items that partners released to a holder. */
    public List<Held> received(AuthorityCode holder) {
        return sql.sql("""
                        select number, originator, authority, document, first_seen from item
                        where originator <> ? and authority = ? order by number""")
                .params(holder.party().text(), holder.text())
                .query((row, number) -> held(row))
                .list();
    }

    /** The statement by which a partner's item came here; the newest, if it was released more than once. */
    public Optional<Digest> releaseOf(long item) {
        return sql.sql("""
                        select r.statement from received_item r join statement s on s.id = r.statement
                        where r.item = ? order by s.recorded_at desc, s.id limit 1""")
                .param(item)
                .query((row, number) -> Digest.ofBytes(row.getBytes("statement")))
                .optional();
    }

    public List<Count> counts() {
        return sql.sql("""
                        select authority, originator, category, count(*) as items,
                            count(*) filter (where cleared) as cleared, count(*) filter (where abroad) as abroad
                        from item group by authority, originator, category order by authority, originator, category""")
                .query((row, number) -> new Count(
                        row.getString("authority"),
                        row.getString("originator"),
                        row.getString("category"),
                        row.getLong("items"),
                        row.getLong("cleared"),
                        row.getLong("abroad")))
                .list();
    }

    private static Identifier restore(IdentifierType type, String value) {
        try {
            return Identifier.restore(type, type.version(), value, java.util.Set.<Warning>of());
        } catch (Malformed e) {
            throw new IllegalStateException("a stored identifier is not in its normal form", e);
        }
    }

    private static Held held(java.sql.ResultSet row) throws java.sql.SQLException {
        try {
            return new Held(
                    row.getLong("number"),
                    PartyCode.parse(row.getString("originator")),
                    AuthorityCode.parse(row.getString("authority")),
                    Item.fromJson(CanonicalJson.parse(
                            row.getString("document").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                            Item.BYTES_MAX * 2)),
                    Optional.ofNullable(row.getDate("first_seen")).map(java.sql.Date::toLocalDate));
        } catch (Malformed e) {
            throw new IllegalStateException("a stored item no longer reads", e);
        }
    }
}
