package org.entente.node.home;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.entente.evidence.canonical.Problem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node's life ends: because somebody asked, or because it no longer knows what is durable. After a failed force or a commit
 * whose outcome nobody knows, going on could acknowledge what is lost or say twice what was said; so the node stops, is never told to
 * try again, and a person reads why. The first reason counts.
 */
public final class Stoppage {
    private static final Logger LOG = LoggerFactory.getLogger(Stoppage.class);

    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Optional<Problem> wrong = Optional.empty();

    /** Somebody wants the node to stop; there is nothing wrong. */
    public void asked() {
        end.countDown();
    }

    /** The node MUST NOT go on. */
    public synchronized void because(Problem problem, Throwable cause) {
        LOG.error("the node stops and writes nothing any more: {}", problem, cause);
        if (wrong.isEmpty()) {
            wrong = Optional.of(problem);
        }
        end.countDown();
    }

    /** Why the node must not go on, if it must not; known also to a node that is being closed because somebody asked. */
    public Optional<Problem> problem() {
        return wrong;
    }

    /** Waits for the end, and says what is wrong, if something is. */
    public Optional<Problem> await() throws InterruptedException {
        end.await();
        return wrong;
    }
}
