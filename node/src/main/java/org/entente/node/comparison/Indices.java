package org.entente.node.comparison;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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
import org.springframework.jdbc.core.simple.JdbcClient;

/** The indices of both directions, each by the statement that announced it. */
public final class Indices {
    private final JdbcClient sql;
    private final Clock clock;

    public Indices(JdbcClient sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
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
    public record Facts(Use use, long epoch, Element publicKey, Digest root, long size, SortedSet<String> composite) {
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

    /** What an index may be asked for. */
    public record Use(Digest memorandum, Category category, Purpose purpose) {}

    /**
     * Keeps an announcement; MUST be called in the transaction that records its statement.
     *
     * @throws Malformed {@code comparison.index-unusable} for one that could not be read back: it would spoil the list
     */
    public void announced(Statement statement, Comparison.IndexAnnounced message, boolean own) throws Malformed {
        Comparison.IndexCommitment commitment = message.commitment();
        requireUsable(statement, message);
        sql.sql("""
                        insert into epoch_index (statement, own, holder, reader, memorandum, category, purpose, epoch,
                            public_key, root, size, composite, recorded_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                .params(
                        statement.id().bytes(),
                        own,
                        statement.from().text(),
                        statement.to().map(Actor::text).orElse(""),
                        message.scope().memorandum().bytes(),
                        message.scope().category().code(),
                        message.scope().purpose().map(Purpose::code).orElse(""),
                        message.epoch(),
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

    public Optional<Announced> find(Digest statement) {
        return sql.sql("select * from epoch_index where statement = ?")
                .param(statement.bytes())
                .query((row, number) -> read(row))
                .optional();
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
                            row.getLong("epoch"),
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
