package org.entente.node.act;

import java.util.List;
import org.entente.evidence.canonical.Problem;

/** The memorandum, or the officer's role, does not allow the act. */
public final class RefusedAct extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient List<String> clauses;

    public RefusedAct(Problem problem, List<String> clauses) {
        super(problem.toString());
        this.problem = problem;
        this.clauses = List.copyOf(clauses);
    }

    public Problem problem() {
        return problem;
    }

    /** Numbers of the clauses that refuse; empty when no memorandum was asked. */
    public List<String> clauses() {
        return clauses;
    }
}
