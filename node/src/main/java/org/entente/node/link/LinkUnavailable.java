package org.entente.node.link;

import org.entente.evidence.canonical.Problem;

/** The listener could not be opened; the problem says why. */
public final class LinkUnavailable extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    LinkUnavailable(Problem problem, Throwable cause) {
        super(problem.toString(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
