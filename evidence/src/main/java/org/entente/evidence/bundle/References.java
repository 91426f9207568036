package org.entente.evidence.bundle;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.statement.Statement;

/**
 * What answers what: the member {@code answers} of a statement's content names an earlier statement of the bundle. An
 * answer to the other party cannot have been said before that was received, so it stands behind it in both logs.
 */
final class References {
    private final List<Statement> statements;
    private final List<LogEvidence> logs;

    References(List<Statement> statements, List<LogEvidence> logs) {
        this.statements = statements;
        this.logs = logs;
    }

    void verify() throws Malformed {
        Map<Digest, Integer> places = new HashMap<>();
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            Optional<String> answers =
                    Members.of(statement.content(), "content").optionalText("answers");
            if (answers.isPresent()) {
                Integer answered = places.get(Digest.parse(answers.get()));
                if (answered == null) {
                    throw new Malformed("bundle.answered-missing", BundleVerification.place(i));
                }
                requireOrder(answered, i);
            }
            places.put(statement.id(), i);
        }
    }

    private void requireOrder(int answered, int answering) throws Malformed {
        Statement question = statements.get(answered);
        Statement answer = statements.get(answering);
        boolean timely = !question.at().isAfter(answer.at().plus(BundleVerification.CLOCK_SKEW));
        boolean crosses = !question.from().party().equals(answer.from().party());
        boolean logged = logs.stream()
                .allMatch(log -> log.inclusions().get(answered).index()
                        < log.inclusions().get(answering).index());
        if (!timely || (crosses && !logged)) {
            throw new Malformed("bundle.answer-before", BundleVerification.place(answering));
        }
    }
}
