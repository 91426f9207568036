package org.entente.node.demo;

import org.entente.evidence.canonical.Problem;

/** The story cannot go on: something did not happen, or happened that must not. */
public final class StoryBroken extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public StoryBroken(String code, String... arguments) {
        this(Problem.of(code, arguments));
    }

    public StoryBroken(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
