package org.entente.node.link;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where requests are worked on: threads of the platform, at most as many as the partners have places together.
 *
 * <p>A virtual thread keeps its carrier while it computes, so the signatures of one partner could keep all carriers from
 * everybody else; the system divides the processors among its own threads evenly. And only of those it is known how much
 * processor time they used, which is what a partner's share is measured in. What the database and the one thread that writes
 * the logs do for a partner is not in it: that is bounded by the number and size of what the partner may bring.
 */
final class Workplace implements AutoCloseable {
    private static final long IDLE_SECONDS = 5;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ExecutorService threads = new ThreadPoolExecutor(
            0, Integer.MAX_VALUE, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), Workplace::worker);

    /** One that does not hold on to the server on whose request it was begun. */
    private static Thread worker(Runnable work) {
        Thread worker = Thread.ofPlatform().daemon().name("peer-work").unstarted(work);
        worker.setContextClassLoader(Workplace.class.getClassLoader());
        return worker;
    }

    /** Has a request answered, and takes what it cost off the partner's share. */
    PeerReply answer(PeerExchangeHandler handler, PeerRequest request, PeerShare share)
            throws IOException, InterruptedException {
        Future<PeerReply> reply = threads.submit(() -> {
            long before = THREADS.getCurrentThreadCpuTime();
            try {
                return handler.handle(request);
            } finally {
                share.worked(THREADS.getCurrentThreadCpuTime() - before);
            }
        });
        try {
            return reply.get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case IOException body -> throw body;
                case RuntimeException fault -> throw fault;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(failed);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
