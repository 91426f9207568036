package org.entente.node.server;

import org.entente.evidence.canonical.Problem;

/** The server of the node's people could not be opened; says which address, and what to do. */
public final class ServerUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ServerUnavailable(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
