package org.entente.node.delivery;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.succession.CardHistory;
import tools.jackson.databind.JsonNode;

/**
 * What of a relationship belongs to one case, and nothing else: the statements that name it and whatever answers these; then what they
 * cannot be verified without, which is what they answer, the parties' signatures of the memorandum, changes of cards, and the
 * appointments of the officers who approved any of it.
 */
final class CaseSelection {
    private final Map<Digest, Statement> logged = new HashMap<>();
    private final Map<Digest, Statement> chosen = new LinkedHashMap<>();

    private CaseSelection() {}

    /**
     * Selects.
     *
     * @param logged in the order of the log
     * @param ofCase what statements say instead of the case's reference
     * @return in the same order; empty when no statement names the case
     */
    static List<Statement> of(List<Statement> logged, Digest ofCase) {
        CaseSelection selection = new CaseSelection();
        for (Statement statement : logged) {
            selection.logged.put(statement.id(), statement);
            boolean names = statement.content().path("case").asString("").equals(ofCase.hex());
            if (names
                    || answered(statement).filter(selection.chosen::containsKey).isPresent()) {
                selection.chosen.put(statement.id(), statement);
            }
        }
        if (selection.chosen.isEmpty()) {
            return List.of();
        }
        for (Statement member : List.copyOf(selection.chosen.values())) {
            selection.chooseWhatItAnswers(member);
        }
        Set<String> approved = selection.approved();
        return logged.stream()
                .filter(statement -> selection.chosen.containsKey(statement.id()) || founds(statement, approved))
                .toList();
    }

    private void chooseWhatItAnswers(Statement member) {
        Optional<Statement> next = before(member);
        while (next.isPresent() && chosen.putIfAbsent(next.get().id(), next.get()) == null) {
            next = before(next.get());
        }
    }

    /** The statement of this log that a statement answers. */
    private Optional<Statement> before(Statement statement) {
        return answered(statement).flatMap(id -> Optional.ofNullable(logged.get(id)));
    }

    private static Optional<Digest> answered(Statement statement) {
        try {
            return Optional.of(Digest.parse(statement.content().path("answers").asString("")));
        } catch (Malformed none) {
            return Optional.empty();
        }
    }

    /** The pseudonyms of the officers who approved what was chosen. */
    private Set<String> approved() {
        Set<String> pseudonyms = new HashSet<>();
        for (Statement statement : chosen.values()) {
            for (JsonNode approval : statement.content().path("approvals")) {
                try {
                    pseudonyms.add(Statement.of(approval).claimedKid());
                } catch (Malformed noApproval) {
                    // Nobody's appointment is wanted for it; the verification of the bundle leaves out what it stands
                    // in.
                }
            }
        }
        return pseudonyms;
    }

    private static boolean founds(Statement statement, Set<String> approved) {
        return CardHistory.concerns(statement.kind())
                || statement.kind().equals("memorandum-signed")
                || (statement.kind().equals(OfficerAppointment.KIND)
                        && approved.contains(
                                statement.content().path("pseudonym").asString("")));
    }
}
