package org.entente.node.reading;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The edition of what changes seldom and is asked for with each statement: parties, cards, keys taken back, stops of links, officers, texts and declarations of
 * memoranda, joint authorisations, names of logs. The database names a new one with each change of theirs (a trigger on each
 * table), by a name that nothing ever had: one query tells whether what is known here still stands. A transaction sees its own
 * changes under a name that no other sees before its commit, and none ever if it is undone.
 *
 * <p>What belongs together is one <i>look</i>: an answer to a call, an errand, a body that the sequencer writes. In a look the
 * edition is asked for once, and again after this node changed something in it; what others change meanwhile counts from the
 * next look on, as if they had come a moment later.
 */
public final class Edition {
    private static final ThreadLocal<@Nullable Map<JdbcClient, UUID>> LOOK = new ThreadLocal<>();

    private final JdbcClient sql;

    public Edition(JdbcClient sql) {
        this.sql = sql;
    }

    /** A look that is under way; it ends when it is closed, and the one around it begins anew. */
    public static final class Look implements AutoCloseable {
        private final @Nullable Map<JdbcClient, UUID> around;

        private Look(@Nullable Map<JdbcClient, UUID> around) {
            this.around = around;
        }

        @Override
        public void close() {
            if (around == null) {
                LOOK.remove();
            } else {
                around.clear();
                LOOK.set(around);
            }
        }
    }

    /** Begins a look of this thread. */
    public static Look look() {
        Look look = new Look(LOOK.get());
        LOOK.set(new IdentityHashMap<>());
        return look;
    }

    /** The name of the edition that the caller sees. */
    UUID current() {
        Map<JdbcClient, UUID> look = LOOK.get();
        return look == null ? read() : look.computeIfAbsent(sql, client -> read());
    }

    /** The same, asked for once more: the look goes on with it. */
    UUID again() {
        changed();
        return current();
    }

    /** This node has changed, or may have changed, what an edition names: the look that is under way asks again. */
    public static void changed() {
        Map<JdbcClient, UUID> look = LOOK.get();
        if (look != null) {
            look.clear();
        }
    }

    private UUID read() {
        return sql.sql("select name from edition").query(UUID.class).single();
    }
}
