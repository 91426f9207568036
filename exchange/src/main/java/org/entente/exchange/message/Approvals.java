package org.entente.exchange.message;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.entente.evidence.bundle.BundleVerification;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.UnverifiedStatement;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.officer.Role;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The officers' approvals inside a statement: small statements of their own, each under its officer's keys. */
public final class Approvals {
    static final String MEMBER = "approvals";

    public static final int APPROVALS_MAX = 8;

    private Approvals() {}

    /**
     * Verifies every approval in a statement: signed by an appointed officer of the sender's party, for this
     * statement and this purpose, within the time that evidence allows, no officer twice, and as many of the roles that
     * the message asks for as it asks for.
     *
     * @param message what the statement says
     * @param officers the appointment in force for a pseudonym, among those that the sender's party has announced
     * @throws Malformed {@code exchange.approval-unknown-officer}, {@code exchange.approval-not-for-this},
     *     {@code exchange.approval-late}, {@code exchange.approval-twice}, {@code exchange.approval-missing}, or what is wrong with a signature or form
     */
    public static List<Approval> verify(
            Statement statement, Message message, Function<String, Optional<OfficerAppointment>> officers)
            throws Malformed {
        Kind kind = message.kind();
        List<Approval> approvals = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (UnverifiedStatement signed : read(statement.content())) {
            String pseudonym = signed.claimedKid();
            OfficerAppointment officer = officers.apply(pseudonym)
                    .filter(appointed -> appointed.officer().equals(pseudonym)
                            && appointed
                                    .authority()
                                    .party()
                                    .equals(statement.from().party()))
                    .orElseThrow(() -> new Malformed("exchange.approval-unknown-officer", pseudonym));
            Statement verified = signed.verify(officer.keys(), pseudonym);
            Approval approval = Approval.read(verified);
            if (verified.at().isAfter(statement.at().plus(BundleVerification.APPROVED_WITHIN))) {
                throw new Malformed("exchange.approval-late", pseudonym);
            }
            if (!approval.subject().equals(statement.approvalSubject())
                    || !approval.purpose().equals(kind.approvalPurpose())
                    || !approval.authority().equals(officer.authority())
                    || !approval.role().equals(officer.role())) {
                throw new Malformed("exchange.approval-not-for-this", pseudonym);
            }
            if (!seen.add(pseudonym)) {
                throw new Malformed("exchange.approval-twice", pseudonym);
            }
            approvals.add(approval);
        }
        Set<Role> wanted = message.approvers();
        if (!wanted.isEmpty()
                && approvals.stream().filter(given -> counts(given, wanted)).count() < message.officers()) {
            throw new Malformed("exchange.approval-missing", kind.word());
        }
        return List.copyOf(approvals);
    }

    private static boolean counts(Approval approval, Set<Role> wanted) {
        return Word.find(Role.class, approval.role()).filter(wanted::contains).isPresent();
    }

    /** Who approved a statement that was verified before, in ascending order of their pseudonyms. */
    public static SortedSet<String> officers(Statement verified) {
        SortedSet<String> officers = new TreeSet<>();
        try {
            read(verified.content()).forEach(approval -> officers.add(approval.claimedKid()));
        } catch (Malformed e) {
            throw new IllegalStateException("a verified statement no longer reads", e);
        }
        return officers;
    }

    /** What stands in the content's member {@code approvals}, which may be missing; verifies nothing yet. */
    static List<UnverifiedStatement> read(ObjectNode content) throws Malformed {
        if (!content.has(MEMBER)) {
            return List.of();
        }
        List<UnverifiedStatement> approvals = new ArrayList<>();
        for (JsonNode approval : Members.of(content, "content").array(MEMBER, 1, APPROVALS_MAX)) {
            approvals.add(Statement.of(approval));
        }
        return List.copyOf(approvals);
    }
}
