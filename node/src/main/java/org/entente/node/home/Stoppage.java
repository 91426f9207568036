package org.entente.node.home;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    private final CompletableFuture<Optional<Problem>> end = new CompletableFuture<>();

    /** Somebody wants the node to stop; there is nothing wrong. */
    public void asked() {
        end.complete(Optional.empty());
    }

    /** The node MUST NOT go on. */
    public void because(Problem problem, Throwable cause) {
        LOG.error("the node stops and writes nothing any more: {}", problem, cause);
        end.complete(Optional.of(problem));
    }

    /** Why the node must not go on, if it must not. */
    public Optional<Problem> problem() {
        return end.isDone() ? end.join() : Optional.empty();
    }

    /** Waits for the end, and says what is wrong, if something is. */
    public Optional<Problem> await() {
        return end.join();
    }
}
