package org.entente.evidence.bundle;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import tools.jackson.databind.JsonNode;

/**
 * The officers' approvals within the statements of a bundle: each by an officer whom an earlier statement appointed, in
 * the office that it names, over the very statement that it stands in, and not later than that.
 */
final class Approvals {
    private static final String MEMBER = "approvals";
    private static final int APPROVALS_MAX = 16;

    private final List<PartyCard> cards;
    private final List<Statement> statements;

    /** Pseudonyms are a party's own affair, so two parties may use the same one. */
    private final Map<String, Appointed> officers = new HashMap<>();

    Approvals(List<PartyCard> cards, List<Statement> statements) {
        this.cards = cards;
        this.statements = statements;
    }

    private record Appointed(OfficerAppointment appointment, Statement statement) {}

    /** Verifies all of them and says how many there are. */
    int verify() throws Malformed {
        int verified = 0;
        for (int i = 0; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            try {
                if (statement.kind().equals(OfficerAppointment.KIND)) {
                    appoint(statement);
                }
                if (statement.content().has(MEMBER)) {
                    verified += verify(statement);
                }
            } catch (Malformed refused) {
                throw new Malformed(
                        "bundle.approval-refused",
                        BundleVerification.place(i),
                        refused.problem().code());
            }
        }
        return verified;
    }

    private void appoint(Statement statement) throws Malformed {
        OfficerAppointment appointment = OfficerAppointment.read(statement);
        if (cards.stream().noneMatch(card -> card.introduces(appointment.authority()))) {
            throw new Malformed(
                    "appointment.authority-foreign", appointment.authority().text());
        }
        for (PartyCard card : cards) {
            if (card.content().keys().shares(appointment.keys())) {
                throw new Malformed("card.key-reused");
            }
        }
        officers.put(key(statement, appointment.officer()), new Appointed(appointment, statement));
    }

    private int verify(Statement statement) throws Malformed {
        Set<String> approvers = new HashSet<>();
        for (JsonNode document : Members.of(statement.content(), "content").array(MEMBER, 1, APPROVALS_MAX)) {
            UnverifiedStatement read = Statement.of(document);
            Appointed officer = officers.get(read.claimedFrom().party().text() + " " + read.claimedKid());
            if (officer == null) {
                throw new Malformed("approval.officer-unknown");
            }
            OfficerAppointment appointment = officer.appointment;
            Statement signed = read.verify(appointment.keys(), appointment.officer());
            Approval approval = Approval.read(signed);
            boolean inOffice = approval.authority().equals(appointment.authority())
                    && approval.role().equals(appointment.role());
            if (!inOffice) {
                throw new Malformed("approval.office-other");
            }
            if (!approval.subject().equals(statement.approvalSubject())) {
                throw new Malformed("approval.subject-other");
            }
            if (signed.at().isAfter(statement.at().plus(BundleVerification.APPROVED_WITHIN))
                    || officer.statement.at().isAfter(signed.at().plus(BundleVerification.CLOCK_SKEW))) {
                throw new Malformed("approval.time-order");
            }
            if (!approvers.add(key(signed, approval.officer()))) {
                throw new Malformed("approval.repeated");
            }
        }
        return approvers.size();
    }

    private static String key(Statement statement, String officer) {
        return statement.from().party().text() + " " + officer;
    }
}
