package org.entente.node.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Supplier;
import org.entente.evidence.canonical.Problem;
import org.entente.node.home.Stoppage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The one writer of this node's logs. Whoever says or takes a statement hands over what is to be written, and waits; one
 * thread writes what many handed over in one transaction, so that many wait for one force of the disk. When a call returns,
 * what it wrote is durable; when it throws, nothing of it happened, with one exception: a commit whose outcome nobody knows
 * stops the node.
 *
 * <p><b>Places in a log.</b> The first time in a transaction that a log grows, its row is read and locked; then its leaves
 * are counted in memory, and the row is written once, at the end. So places have no gaps, their order is that of the commits,
 * and a second process on the same database would wait its turn. Nothing is remembered from one transaction to the next: the
 * database alone knows.
 *
 * <p><b>One that fails.</b> Each stands behind a savepoint of its own and is undone alone; no body is ever run twice. Rows of
 * one kind that follow each other are written in one statement; if that fails, each of them alone.
 *
 * <p><b>Waiting for itself.</b> Inside what is written, a further call joins. Inside another transaction a call is a mistake,
 * and refused: it could wait for a lock that its own caller holds.
 */
public final class Sequencer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);
    private static final int WAITING_MAX = 4_096;

    /** Rows of one kind in one statement. */
    private static final int TOGETHER_MAX = 512;

    /** Bodies in one transaction: beyond 64 savepoints PostgreSQL's snapshots become dear for everybody. */
    private static final int ALONE_MAX = 32;

    /** No further body begins in a transaction that is this old; what waits for its commit waits long enough. */
    private static final long LASTS_NANOS = 5_000_000;

    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(3);
    private static final long SLOW_NANOS = 1_000_000_000;

    private final JdbcClient sql;
    private final PlatformTransactionManager transactions;
    private final Stoppage stoppage;
    private final BlockingQueue<Handed> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final Handed end = new Handed.Alone(Object::new);
    private final Object gate = new Object();
    private final Thread thread;
    private boolean closing;

    /** What was taken from the queue and is not written yet; the thread's alone, like the batch. */
    private @Nullable Handed next;

    private @Nullable Batch batch;

    public Sequencer(JdbcClient sql, PlatformTransactionManager transactions, Stoppage stoppage) {
        this.sql = sql;
        this.transactions = transactions;
        this.stoppage = stoppage;
        this.thread = Thread.ofPlatform().name("sequencer").daemon().unstarted(this::run);
        thread.start();
    }

    /** Writes many rows of one kind at once. One object of it means one kind. */
    @FunctionalInterface
    public interface Together<E> {
        void write(List<E> rows);
    }

    /** Writes what the body writes, and gives what it gives; when it throws, all of it is undone. */
    public <T> T write(Supplier<T> body) {
        if (isWriting()) {
            return joined(body);
        }
        @SuppressWarnings("unchecked") // What comes back is what the body gave.
        T result = (T) handOver(new Handed.Alone(body));
        return result;
    }

    /** What was handed over, until it is written. */
    @FunctionalInterface
    public interface Awaited<T> {
        /** Waits until it is durable, and gives what the body gave or throws what it threw. */
        T get();
    }

    /**
     * Hands over bodies in this order, before any of them is waited for: they are written one after another, each undone alone. MUST
     * be called outside of what is being written.
     */
    public <T> List<Awaited<T>> writeEach(List<Supplier<T>> bodies) {
        if (isWriting()) {
            throw new IllegalStateException("bodies that are undone alone are handed over from outside");
        }
        List<Awaited<T>> handed = new ArrayList<>();
        for (Supplier<T> body : bodies) {
            Handed.Alone one = new Handed.Alone(body);
            submit(one);
            handed.add(() -> {
                @SuppressWarnings("unchecked") // What comes back is what the body gave.
                T result = (T) one.await();
                return result;
            });
        }
        return handed;
    }

    /** The same for a body that gives nothing. */
    public void write(Runnable body) {
        write(() -> {
            body.run();
            return body;
        });
    }

    /** Writes a row of a kind, together with those of the same kind that others hand over. */
    public <E> void write(Together<E> kind, E row) {
        if (isWriting()) {
            write(() -> kind.write(List.of(row)));
        } else {
            handOver(new Handed.Row<>(kind, row));
        }
    }

    /** Runs something once what is being written is durable, once for all who ask for the same; MUST be called inside. */
    public void afterwards(Runnable then) {
        open().afterwards(then);
    }

    /**
     * Takes the next place in a log; MUST be called inside.
     *
     * @throws LogRestoring while the log is being restored
     */
    public long place(String origin) {
        return open().place(origin, false);
    }

    /** Takes the next place in a log for what it held before it was restored; MUST be called inside. */
    long placeOfRestored(String origin) {
        return open().place(origin, true);
    }

    /** Has a log end earlier, for leaves to get places anew that nobody was shown; MUST be called inside. */
    void rewind(String origin, long size) {
        open().rewind(origin, size);
    }

    private boolean isWriting() {
        return Thread.currentThread().equals(thread);
    }

    private Batch open() {
        Batch open = isWriting() ? batch : null;
        if (open == null) {
            throw new IllegalStateException("the logs are written by the sequencer alone");
        }
        return open;
    }

    private <T> T joined(Supplier<T> body) {
        Batch open = open();
        try {
            return body.get();
        } catch (RuntimeException | Error failed) {
            open.doom();
            throw failed;
        }
    }

    private Object handOver(Handed one) {
        submit(one);
        return one.await();
    }

    private void submit(Handed one) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("nothing can be said inside another transaction");
        }
        synchronized (gate) {
            if (closing) {
                throw NotWritten.closing();
            }
            put(one);
        }
    }

    /** Waits for room; an interruption is for whoever called, later. */
    private void put(Handed one) {
        boolean interrupted = false;
        boolean handed = false;
        while (!handed) {
            try {
                waiting.put(one);
                handed = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes what waits, and nothing after that. */
    @Override
    public void close() {
        synchronized (gate) {
            if (closing) {
                return;
            }
            closing = true;
            put(end);
        }
        try {
            if (!thread.join(CLOSE_LIMIT)) {
                LOG.error(
                        "what is being written does not end; the node closes without it, and knows at its next start");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        for (Handed first = take(); first != end; first = take()) {
            Optional<Problem> stopped = stoppage.problem();
            if (stopped.isPresent()) {
                first.fail(NotWritten.stopped(stopped.get()));
            } else {
                transactOrStop(first);
            }
        }
    }

    /** Whatever nobody foresaw ends the node, and not this thread alone, for which everybody would wait. */
    private void transactOrStop(Handed first) {
        try {
            transact(first);
        } catch (RuntimeException | Error unforeseen) {
            stoppage.because(
                    Problem.of("node.sequencer-failed", unforeseen.getClass().getName()), unforeseen);
            first.fail(NotWritten.unknown(unforeseen));
        }
    }

    private Handed take() {
        Handed left = next;
        next = null;
        while (left == null) {
            try {
                left = waiting.take();
            } catch (InterruptedException e) {
                LOG.warn("the sequencer was interrupted, and goes on: it ends when it is closed");
            }
        }
        return left;
    }

    private void transact(Handed first) {
        TransactionStatus transaction;
        try {
            transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        } catch (RuntimeException unavailable) {
            failAll(first, NotWritten.undone(unavailable));
            return;
        }
        Batch open = new Batch(sql, transaction);
        batch = open;
        try {
            fill(open, first);
            open.close();
        } catch (RuntimeException | Error broken) {
            open.failed(NotWritten.undone(broken));
            rollBack(transaction);
            return;
        } finally {
            batch = null;
        }
        if (open.isEmpty()) {
            rollBack(transaction);
        } else {
            commit(open, transaction);
        }
    }

    /** Without a database nobody waits longer than the first. */
    private void failAll(Handed first, NotWritten failure) {
        first.fail(failure);
        Handed one = waiting.poll();
        while (one != null && one != end) {
            one.fail(failure);
            one = waiting.poll();
        }
        next = one;
    }

    /** Takes what waits for as long as the transaction may last. */
    private void fill(Batch open, Handed first) {
        long begun = System.nanoTime();
        int bodies = 0;
        Handed one = first;
        while (one != null && one != end) {
            if (one instanceof Handed.Row<?> row) {
                next = null;
                writeTogether(open, row);
            } else if (bodies == ALONE_MAX || (bodies > 0 && System.nanoTime() - begun > LASTS_NANOS)) {
                next = one;
                return;
            } else {
                next = null;
                bodies++;
                writeAlone(open, (Handed.Alone) one);
            }
            one = next != null ? next : waiting.poll();
        }
        next = one;
    }

    private static void writeAlone(Batch open, Handed.Alone one) {
        long begun = System.nanoTime();
        open.write(one);
        long lasted = System.nanoTime() - begun;
        if (lasted > SLOW_NANOS) {
            LOG.warn("one of those who write kept all others waiting for {} ms", lasted / 1_000_000);
        }
    }

    private <E> void writeTogether(Batch open, Handed.Row<E> first) {
        List<Handed.Row<E>> rows = new ArrayList<>();
        Handed.Row<E> row = first;
        while (row != null) {
            rows.add(row);
            Handed following = rows.size() < TOGETHER_MAX ? waiting.poll() : null;
            row = following instanceof Handed.Row<?> other ? other.as(first.kind) : null;
            if (row == null) {
                next = following;
            }
        }
        open.write(first.kind, rows);
    }

    private void commit(Batch open, TransactionStatus transaction) {
        try {
            transactions.commit(transaction);
        } catch (RuntimeException | Error failed) {
            if (isUndone(failed)) {
                open.failed(NotWritten.undone(failed));
            } else {
                stoppage.because(Problem.of("node.commit-unknown"), failed);
                open.failed(NotWritten.unknown(failed));
            }
            return;
        }
        open.written();
    }

    /** Whether the server itself said that it undid the transaction (SQLSTATE classes 23, 25 and 40, but for 40003). */
    private static boolean isUndone(Throwable failed) {
        Throwable cause = failed;
        while (cause != null) {
            if (cause instanceof SQLException refused && refused.getSQLState() != null) {
                return refused.getSQLState().matches("(23|25|40)(?!003).*");
            }
            cause = cause.getCause();
        }
        return false;
    }

    private void rollBack(TransactionStatus transaction) {
        try {
            transactions.rollback(transaction);
        } catch (RuntimeException broken) {
            LOG.warn(
                    "a transaction that failed could not be rolled back either; the server does it by itself: {}",
                    broken.toString());
        }
    }
}
