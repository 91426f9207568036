package org.entente.node.ledger;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.entente.node.party.LinkStops;
import org.entente.node.reading.Edition;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;

/**
 * One transaction of the sequencer, of what many handed over. Each stands behind a savepoint and is undone alone. For the sequencer's thread
 * alone.
 */
final class Batch {
    private final JdbcClient sql;
    private final TransactionStatus transaction;
    private final Map<String, Long> sizes = new HashMap<>();
    private final Map<String, String> restoring = new HashMap<>();
    private final Set<Runnable> afterwards = new LinkedHashSet<>();
    private final List<Runnable> outcomes = new ArrayList<>();
    private final List<Handed> handed = new ArrayList<>();
    private boolean doomed;

    Batch(JdbcClient sql, TransactionStatus transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    /**
     * The next place in a log, whose row is locked from the first time on.
     *
     * @throws LogRestoring for a log that is being restored, unless it is asked for what is restored; and for one that is closed
     */
    long place(String origin, boolean forRestored) {
        long size = size(origin);
        String partner = restoring.get(origin);
        if (partner != null && !forRestored) {
            throw new LogRestoring(partner);
        }
        sizes.put(origin, size + 1);
        return size;
    }

    private long size(String origin) {
        Long known = sizes.get(origin);
        return known != null
                ? known
                : sql.sql("""
                        select size, partner, closed_at is not null as closed, exists (select from link_stop s where s.partner = log.partner
                            and s.problem = ? and s.resumed_at is null) as restoring
                        from log where origin = ? for no key update of log""")
                        .params(LinkStops.RESTORING, origin)
                        .query((row, number) -> {
                            if (row.getBoolean("restoring")) {
                                restoring.put(origin, row.getString("partner"));
                            }
                            if (row.getBoolean("closed")) {
                                throw new LogRestoring(row.getString("partner"));
                            }
                            return row.getLong("size");
                        })
                        .single();
    }

    /** Has a log end at an earlier place: those behind it MUST be deleted, and get places anew. */
    void rewind(String origin, long size) {
        if (size > size(origin)) {
            throw new IllegalArgumentException("a log does not grow by being rewound");
        }
        sizes.put(origin, size);
    }

    void afterwards(Runnable then) {
        afterwards.add(then);
    }

    /** Part of what is being written failed; whoever hides that undoes all of his. */
    void doom() {
        doomed = true;
    }

    void write(Handed.Alone one) {
        handed.add(one);
        settle(one, one.body);
    }

    <E> void write(Sequencer.Together<E> kind, List<Handed.Row<E>> rows) {
        handed.addAll(rows);
        try {
            guarded(() -> {
                kind.write(rows.stream().map(one -> one.row).toList());
                return kind;
            });
            rows.forEach(one -> outcomes.add(() -> one.succeed(kind)));
        } catch (Undone undone) {
            throw undone;
        } catch (RuntimeException together) {
            for (Handed.Row<E> one : rows) {
                settle(one, () -> {
                    kind.write(List.of(one.row));
                    return kind;
                });
            }
        }
    }

    private void settle(Handed one, Supplier<?> body) {
        try {
            Object result = guarded(body);
            outcomes.add(() -> one.succeed(result));
        } catch (Undone undone) {
            throw undone;
        } catch (RuntimeException | Error failed) {
            one.fail(failed);
        }
    }

    /** Runs a body behind a savepoint. */
    private Object guarded(Supplier<?> body) {
        Map<String, Long> before = Map.copyOf(sizes);
        Object savepoint = savepoint();
        doomed = false;
        try (Edition.Look _ = Edition.look()) {
            Object result = body.get();
            if (doomed) {
                throw new IllegalStateException("a part of it failed, and that was hidden");
            }
            transaction.releaseSavepoint(savepoint);
            return result;
        } catch (RuntimeException | Error failed) {
            undo(savepoint, failed);
            sizes.clear();
            sizes.putAll(before);
            throw failed;
        }
    }

    private Object savepoint() {
        try {
            return transaction.createSavepoint();
        } catch (RuntimeException broken) {
            throw new Undone(broken);
        }
    }

    private void undo(Object savepoint, Throwable failed) {
        try {
            transaction.rollbackToSavepoint(savepoint);
        } catch (RuntimeException broken) {
            broken.addSuppressed(failed);
            throw new Undone(broken);
        }
    }

    /** The transaction as a whole cannot be saved. */
    static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undone(Throwable cause) {
            super(cause);
        }
    }

    /** Writes how far the logs have grown: the last thing before the commit. */
    void close() {
        sizes.forEach((origin, size) -> sql.sql("update log set size = ? where origin = ?")
                .params(size, origin)
                .update());
    }

    /** Says whether there is anything to commit. */
    boolean isEmpty() {
        return outcomes.isEmpty();
    }

    /** Tells everybody what became of his, now that it is durable. */
    void written() {
        outcomes.forEach(Runnable::run);
        afterwards.forEach(Runnable::run);
    }

    /** Tells everybody who was not told yet that this transaction did not do it. */
    void failed(RuntimeException failure) {
        handed.forEach(one -> one.fail(failure));
    }
}
