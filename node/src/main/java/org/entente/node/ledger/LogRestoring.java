package org.entente.node.ledger;

import org.entente.evidence.canonical.Problem;

/** Nothing is said or taken in a relationship whose log is being restored. */
public final class LogRestoring extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    LogRestoring(String partner) {
        super("the log of the relationship with " + partner + " is being restored");
        this.problem = Problem.of("link.stopped", partner);
    }

    public Problem problem() {
        return problem;
    }
}
