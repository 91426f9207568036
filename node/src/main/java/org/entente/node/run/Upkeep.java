package org.entente.node.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what falls due by itself: epochs end, hits are erased, standing questions are asked. Each chore looks for what is due and may be called at any time,
 * so one that was cut short is done at the next start.
 */
final class Upkeep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);

    private final String name;
    private final Duration pause;
    private final List<Runnable> chores;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param name of its thread, and what the log calls it
     * @param pause between two rounds of the chores
     */
    Upkeep(String name, Duration pause, List<Runnable> chores) {
        this.name = name;
        this.pause = pause;
        this.chores = List.copyOf(chores);
        this.thread = Thread.ofPlatform().name(name).unstarted(this::run);
    }

    /** Keeps watch. */
    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                catchUp();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does what is due; first of all what fell due while the node was down, before anybody may call. */
    void catchUp() {
        for (Runnable chore : chores) {
            try {
                chore.run();
            } catch (RuntimeException e) {
                LOG.error("{}: a chore failed and is tried again", name, e);
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
