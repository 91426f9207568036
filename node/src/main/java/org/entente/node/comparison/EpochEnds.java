package org.entente.node.comparison;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Statement;
import org.entente.exchange.message.Ending;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which epochs have ended. An end is never taken back, holds for all generations of an epoch, and is recorded with the statement that says it.
 * Whoever says something that only a living epoch allows holds it in its own transaction, so one of the two comes first for both.
 */
public final class EpochEnds {
    private static final String SAME_EPOCH = """
            (own, holder, reader, memorandum, category, purpose, epoch)
                = (select own, holder, reader, memorandum, category, purpose, epoch from epoch_index where statement = ?)""";

    private final JdbcClient sql;
    private final Indices indices;
    private final Clock clock;

    EpochEnds(JdbcClient sql, Indices indices, Clock clock) {
        this.sql = sql;
        this.indices = indices;
        this.clock = clock;
    }

    /** Whether nothing may be asked of an index, or evaluated for it, any more. */
    boolean over(Indices.Announced index) {
        return index.facts().over(clock.instant());
    }

    /** Whether the epoch lives, and keeps it so until this transaction has ended. */
    boolean hold(Digest index) {
        Optional<Instant> until = sql.sql(
                        "select until from epoch_index where statement = ? and ended_at is null for share")
                .param(index.bytes())
                .query((row, number) -> row.getTimestamp("until").toInstant())
                .optional();
        return until.filter(clock.instant()::isBefore).isPresent();
    }

    /** Takes an epoch as ended; false when it had ended before. MUST be called in the transaction that says so. */
    boolean end(Digest index) {
        return sql.sql("update epoch_index set ended_at = ? where ended_at is null and " + SAME_EPOCH)
                        .params(Timestamp.from(clock.instant()), index.bytes())
                        .update()
                > 0;
    }

    /** Takes what lay of an index here as erased; false when it was before. */
    boolean erase(Digest index) {
        return sql.sql("update epoch_index set erased_at = ? where erased_at is null and " + SAME_EPOCH)
                        .params(Timestamp.from(clock.instant()), index.bytes())
                        .update()
                > 0;
    }

    /**
     * A partner has destroyed the key of its index; said again, it changes nothing. MUST be called in the transaction that records the statement.
     *
     * @throws Malformed {@code comparison.index-unknown} when it is not an index of the speaker's for the authority that it is said to
     */
    public void ended(Statement statement, Ending.EpochEnded message) throws Malformed {
        Indices.Announced index = indices.findWhole(message.index())
                .filter(found -> !found.own()
                        && found.holder().equals(statement.from())
                        && statement.to().filter(found.reader()::equals).isPresent()
                        && Base64Text.url(found.facts().publicKey().encode()).equals(message.publicKey()))
                .orElseThrow(() -> new Malformed("comparison.index-unknown"));
        end(index.statement());
    }

    /**
     * A partner attests that its copy of our index is erased; the first word counts. MUST be called in the transaction that records the statement.
     *
     * @throws Malformed {@code comparison.index-unknown} when it is not an index of ours that the speaker was given
     */
    public void attested(Statement statement, Ending.IndexErased message) throws Malformed {
        Indices.Announced index = indices.findWhole(message.index())
                .filter(found -> found.own()
                        && found.reader().equals(statement.from())
                        && statement.to().filter(found.holder()::equals).isPresent())
                .orElseThrow(() -> new Malformed("comparison.index-unknown"));
        sql.sql("update epoch_index set attested = ? where statement = ? and attested is null")
                .params(statement.id().bytes(), index.statement().bytes())
                .update();
    }
}
