package org.entente.node.testimony;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.time.TimeQuestion;
import org.entente.evidence.time.TimeStamp;
import org.entente.node.ledger.Checkpoints;
import org.entente.node.ledger.Logs;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has the newest cosigned checkpoint of each log stamped, at most once an hour, and none twice. When the authority is away nothing waits for it: the next round
 * asks again, about whatever is newest then.
 */
public final class TimeStamps {
    private static final Logger LOG = LoggerFactory.getLogger(TimeStamps.class);
    private static final Duration EACH = Duration.ofHours(1);
    private static final int NONCE_BITS = 128;

    private final JdbcClient sql;
    private final Logs logs;
    private final Checkpoints checkpoints;
    private final TimeAuthority authority;
    private final Clock clock;
    private final SecureRandom random;

    public TimeStamps(
            JdbcClient sql,
            Logs logs,
            Checkpoints checkpoints,
            TimeAuthority authority,
            Clock clock,
            SecureRandom random) {
        this.sql = sql;
        this.logs = logs;
        this.checkpoints = checkpoints;
        this.authority = authority;
        this.clock = clock;
        this.random = random;
    }

    /** A round over all logs. */
    public void renew() {
        for (String origin : logs.origins()) {
            Optional<SignedCheckpoint> newest = checkpoints.cosigned(origin);
            if (newest.isPresent()
                    && isDue(newest.get().checkpoint())
                    && !stamp(newest.get().checkpoint())) {
                return; // An authority that is away for one log is away for all.
            }
        }
    }

    private boolean isDue(Checkpoint checkpoint) {
        Instant lately = clock.instant().minus(EACH);
        return sql.sql("select count(*) from time_stamp where origin = ? and (size >= ? or kept_at > ?)")
                        .params(checkpoint.origin(), checkpoint.size(), Timestamp.from(lately))
                        .query(Long.class)
                        .single()
                == 0;
    }

    private boolean stamp(Checkpoint checkpoint) {
        try {
            BigInteger nonce = new BigInteger(NONCE_BITS, random).setBit(NONCE_BITS);
            keep(checkpoint, authority.stamp(new TimeQuestion(checkpoint.digest(), nonce)));
            return true;
        } catch (IOException away) {
            LOG.warn(
                    "the time-stamp authority at {} is away ({}); it is asked again later", authority, away.toString());
        } catch (Malformed refused) {
            LOG.warn("what the time-stamp authority at {} answers does not count: {}", authority, refused.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private void keep(Checkpoint checkpoint, TimeStamp stamp) {
        sql.sql("insert into time_stamp (origin, size, token, stamped_at, kept_at) values (?, ?, ?, ?, ?)")
                .params(
                        checkpoint.origin(),
                        checkpoint.size(),
                        stamp.bytes(),
                        Timestamp.from(stamp.at()),
                        Timestamp.from(clock.instant()))
                .update();
        LOG.info("{} stamped {} at {}", stamp.authority(), checkpoint.origin(), stamp.at());
    }
}
