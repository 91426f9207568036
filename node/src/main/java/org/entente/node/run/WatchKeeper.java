package org.entente.node.run;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.entente.node.comparison.WatchRounds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks every few seconds whether a standing question is due, until it is closed. */
final class WatchKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchKeeper.class);
    private static final long PAUSE_MILLIS = 5_000;

    private final WatchRounds rounds;
    private final Semaphore closing = new Semaphore(0);
    private final Thread thread;

    WatchKeeper(WatchRounds rounds) {
        this.rounds = rounds;
        this.thread = Thread.ofPlatform().name("watches").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                try {
                    rounds.go();
                } catch (RuntimeException e) {
                    LOG.error("watches cannot be read; they are tried again", e);
                }
            } while (!closing.tryAcquire(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.release();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
