package org.entente.evidence.canonical;

/** Bytes from outside are not what they claim to be. Thrown where something is parsed, and nowhere else. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Malformed(Problem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    public Malformed(String code, String... arguments) {
        this(Problem.of(code, arguments));
    }

    public Problem problem() {
        return problem;
    }
}
