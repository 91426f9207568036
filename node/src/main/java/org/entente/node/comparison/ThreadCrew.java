package org.entente.node.comparison;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.entente.matching.index.Crew;
import org.jspecify.annotations.Nullable;

/**
 * A thread for each processor, and one task in waiting for each: whoever hands over tasks waits beyond that, so that memory stays bounded. After the first
 * failure nothing further is done, and the next call tells of it.
 */
public final class ThreadCrew implements Crew, AutoCloseable {
    private final int permits;
    private final Semaphore free;
    private final ExecutorService threads;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    public ThreadCrew(int threads) {
        this.permits = 2 * threads;
        this.free = new Semaphore(permits);
        this.threads = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("index-", 0).daemon().factory());
    }

    @Override
    public void take(Task task) throws IOException {
        acquire(1);
        try {
            requireNoFailure();
        } catch (IOException | RuntimeException e) {
            free.release();
            throw e;
        }
        threads.execute(() -> {
            try {
                if (failure.get() == null) {
                    task.run();
                }
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                free.release();
            }
        });
    }

    @Override
    public void settle() throws IOException {
        acquire(permits);
        free.release(permits);
        requireNoFailure();
    }

    private void acquire(int count) throws IOException {
        try {
            free.acquire(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the build was interrupted");
        }
    }

    private void requireNoFailure() throws IOException {
        switch (failure.get()) {
            case null -> {}
            case IOException io -> throw io;
            case RuntimeException bug -> throw bug;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
