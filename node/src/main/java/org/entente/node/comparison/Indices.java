package org.entente.node.comparison;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Actor;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Comparison;
import org.entente.holdings.identifier.IdentifierType;
import org.entente.matching.group.Element;
import org.entente.matching.group.EncodingRefused;
import org.entente.memorandum.item.Category;
import org.entente.memorandum.item.Purpose;
import org.entente.node.act.NothingHere;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The indices of both directions, each by the statement that announced it. */
public final class Indices {
    private final JdbcClient sql;
    private final Clock clock;
    private final EpochEnds ends;

    public Indices(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
        this.ends = new EpochEnds(sql, this, clock);
    }

    /** Which epochs have ended. */
    public EpochEnds ends() {
        return ends;
    }

    /**
     * An announced index.
     *
     * @param statement the announcement
     * @param own whether it is of our holdings, for a partner's authority
     * @param holder the authority whose holdings it is of
     * @param reader the authority it was made for
     */
    public record Announced(
            Digest statement, boolean own, AuthorityCode holder, AuthorityCode reader, Facts facts, Instant at) {}

    /**
     * What the announcement says of it.
     *
     * @param composite the classes of composite keys that stand in it beside numbers
     */
    public record Facts(
            Use use, Edition edition, Element publicKey, Digest root, long size, SortedSet<String> composite) {
        public long epoch() {
            return edition.epoch();
        }

        /** 0 for the whole list, then one more for each set of changes. */
        public int generation() {
            return edition.generation();
        }

        /** When the holder destroys the key at the latest. */
        public Instant until() {
            return edition.until();
        }

        public Optional<Instant> ended() {
            return edition.ended();
        }

        /** Whether its epoch has ended, or its time is up. */
        public boolean over(Instant now) {
            return edition.ended().isPresent() || !now.isBefore(edition.until());
        }

        /** Whether it can hold identifiers of a type; nobody asks about one that it cannot. */
        public boolean holds(IdentifierType type) {
            return !type.composite() || composite.contains(type.word());
        }

        public Digest memorandum() {
            return use.memorandum();
        }

        public Category category() {
            return use.category();
        }

        public Purpose purpose() {
            return use.purpose();
        }
    }

    /**
     * Which of the indices of one scope, and how long its key lives.
     *
     * @param until when the key is destroyed at the latest
     * @param ended when the epoch ended
     */
    public record Edition(long epoch, int generation, Instant until, Optional<Instant> ended) {}

    /** What an index may be asked for. */
    public record Use(Digest memorandum, Category category, Purpose purpose) {}

    /**
     * Keeps a partner's announcement; MUST be called in the transaction that records its statement.
     *
     * @throws Malformed {@code comparison.index-unusable} for one that could not be read back: it would spoil the list
     */
    public void announced(Statement statement, Comparison.IndexAnnounced message) throws Malformed {
        keep(statement, message, false, OptionalLong.empty());
    }

    /**
     * Keeps an announcement of ours; MUST be called in the transaction that records its statement.
     *
     * @param mark of the holdings, from which the next generation takes up the changes
     */
    public void said(Statement statement, Comparison.IndexAnnounced message, long mark) throws Malformed {
        keep(statement, message, true, OptionalLong.of(mark));
    }

    private void keep(Statement statement, Comparison.IndexAnnounced message, boolean own, OptionalLong mark)
            throws Malformed {
        Comparison.IndexCommitment commitment = message.commitment();
        requireUsable(statement, message);
        requireOneEnd(statement, message);
        sql.sql("""
                        insert into epoch_index (statement, own, holder, reader, memorandum, category, purpose, epoch,
                            until, generation, mark, public_key, root, size, composite, recorded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::text::xid8, ?, ?, ?, ?, ?)""")
                .params(
                        statement.id().bytes(),
                        own,
                        statement.from().text(),
                        statement.to().map(Actor::text).orElse(""),
                        message.scope().memorandum().bytes(),
                        message.scope().category().code(),
                        message.scope().purpose().map(Purpose::code).orElse(""),
                        message.epoch().number(),
                        Timestamp.from(message.epoch().until()),
                        message.generation(),
                        new SqlParameterValue(Types.BIGINT, mark.isPresent() ? mark.getAsLong() : null),
                        Base64Text.parseUrl(commitment.publicKey()),
                        commitment.root().bytes(),
                        commitment.paddedSize(),
                        message.composite().toArray(String[]::new),
                        Timestamp.from(clock.instant()))
                .update();
    }

    /** From one authority to another, for one purpose, under a key that is an element of the group. */
    private static void requireUsable(Statement statement, Comparison.IndexAnnounced message) throws Malformed {
        boolean between = statement.from() instanceof AuthorityCode
                && statement.to().filter(AuthorityCode.class::isInstance).isPresent();
        try {
            Element.decode(Base64Text.parseUrl(message.commitment().publicKey()));
        } catch (EncodingRefused e) {
            throw new Malformed("comparison.index-unusable");
        }
        if (!between || message.scope().purpose().isEmpty()) {
            throw new Malformed("comparison.index-unusable");
        }
    }

    /** All generations of an epoch name the same end, and none is announced after it. */
    private void requireOneEnd(Statement statement, Comparison.IndexAnnounced message) throws Malformed {
        Timestamp until = Timestamp.from(message.epoch().until());
        List<Boolean> others = sql.sql("""
                        select ended_at is not null as ended from epoch_index
                        where holder = ? and reader = ? and memorandum = ? and category = ? and purpose = ? and epoch = ?
                            and (until <> ? or ended_at is not null)""")
                .params(
                        statement.from().text(),
                        statement.to().map(Actor::text).orElse(""),
                        message.scope().memorandum().bytes(),
                        message.scope().category().code(),
                        message.scope().purpose().map(Purpose::code).orElse(""),
                        message.epoch().number(),
                        until)
                .query(Boolean.class)
                .list();
        if (others.contains(false)) {
            throw new Malformed("comparison.epoch-differs");
        }
        if (!others.isEmpty() || !statement.at().isBefore(message.epoch().until())) {
            throw new Malformed("comparison.epoch-ended");
        }
    }

    public Optional<Announced> find(Digest statement) {
        return sql.sql("select * from epoch_index where statement = ?")
                .param(statement.bytes())
                .query((row, number) -> read(row))
                .optional();
    }

    /** The whole list that a statement announced, which is what probes name; a set of changes is not found. */
    public Optional<Announced> findWhole(Digest statement) {
        return find(statement).filter(index -> index.facts().generation() == 0);
    }

    /**
     * A partner's whole list that was announced to the authority; one that is not there and one that is not for it are told apart by nobody.
     */
    public Announced requireFor(Digest statement, AuthorityCode reader) throws NothingHere {
        return findWhole(statement)
                .filter(announced -> !announced.own() && announced.reader().equals(reader))
                .orElseThrow(NothingHere::new);
    }

    /** All generations of an index that have been announced, from the whole list on, without a gap. */
    public List<Announced> generations(Announced whole) {
        List<Announced> all = sql.sql("""
                        select * from epoch_index
                        where own = ? and holder = ? and reader = ? and memorandum = ? and category = ? and purpose = ?
                            and epoch = ? order by generation""")
                .params(
                        whole.own(),
                        whole.holder().text(),
                        whole.reader().text(),
                        whole.facts().memorandum().bytes(),
                        whole.facts().category().code(),
                        whole.facts().purpose().code(),
                        whole.facts().epoch())
                .query((row, number) -> read(row))
                .list();
        int complete = 0;
        while (complete < all.size() && all.get(complete).facts().generation() == complete) {
            complete++;
        }
        return all.subList(0, complete);
    }

    /** Every announcement of an epoch that is here, gaps or not. */
    List<Announced> allGenerations(Announced whole) {
        return all().stream()
                .filter(index -> index.own() == whole.own()
                        && index.holder().equals(whole.holder())
                        && index.reader().equals(whole.reader())
                        && index.facts().use().equals(whole.facts().use())
                        && index.facts().epoch() == whole.facts().epoch())
                .toList();
    }

    /** Whole indices of ours whose epochs have not ended. */
    List<Announced> living() {
        return wholes("own and ended_at is null", List.of());
    }

    /** Whole indices of ours whose epochs had ended by then and that still lie here. */
    List<Announced> endedBefore(Instant moment) {
        return wholes("own and erased_at is null and ended_at <= ?", List.of(Timestamp.from(moment)));
    }

    /** Whole indices of partners whose epochs are over and that still lie here. */
    List<Announced> outlived() {
        return wholes(
                "not own and erased_at is null and (ended_at is not null or until <= ?)",
                List.of(Timestamp.from(clock.instant())));
    }

    private List<Announced> wholes(String condition, List<Object> parameters) {
        return sql.sql("select * from epoch_index where generation = 0 and " + condition + " order by recorded_at")
                .params(parameters)
                .query((row, number) -> read(row))
                .list();
    }

    /** The mark of the holdings that an index of ours was made at. */
    long mark(Digest statement) {
        return sql.sql("select mark::text::bigint from epoch_index where statement = ? and own")
                .param(statement.bytes())
                .query(Long.class)
                .single();
    }

    public List<Announced> all() {
        return sql.sql("select * from epoch_index order by recorded_at desc")
                .query((row, number) -> read(row))
                .list();
    }

    /** The number of the next epoch of a scope. */
    public long nextEpoch(Comparison.Scope scope, AuthorityCode holder, AuthorityCode reader) {
        return sql.sql("""
                        select coalesce(max(epoch) + 1, 0) from epoch_index
                        where own and holder = ? and reader = ? and memorandum = ? and category = ? and purpose = ?""")
                .params(
                        holder.text(),
                        reader.text(),
                        scope.memorandum().bytes(),
                        scope.category().code(),
                        scope.purpose().map(Purpose::code).orElse(""))
                .query(Long.class)
                .single();
    }

    private static SortedSet<String> composite(ResultSet row) throws SQLException {
        return new TreeSet<>(Arrays.asList((String[]) row.getArray("composite").getArray()));
    }

    private static Announced read(ResultSet row) throws SQLException {
        try {
            return new Announced(
                    Digest.ofBytes(row.getBytes("statement")),
                    row.getBoolean("own"),
                    AuthorityCode.parse(row.getString("holder")),
                    AuthorityCode.parse(row.getString("reader")),
                    new Facts(
                            new Use(
                                    Digest.ofBytes(row.getBytes("memorandum")),
                                    Category.parse(row.getString("category")),
                                    Purpose.parse(row.getString("purpose"))),
                            new Edition(
                                    row.getLong("epoch"),
                                    row.getInt("generation"),
                                    row.getTimestamp("until").toInstant(),
                                    Optional.ofNullable(row.getTimestamp("ended_at"))
                                            .map(Timestamp::toInstant)),
                            Element.decode(row.getBytes("public_key")),
                            Digest.ofBytes(row.getBytes("root")),
                            row.getLong("size"),
                            composite(row)),
                    row.getTimestamp("recorded_at").toInstant());
        } catch (Malformed | EncodingRefused e) {
            throw new IllegalStateException("a stored announcement no longer reads", e);
        }
    }
}
