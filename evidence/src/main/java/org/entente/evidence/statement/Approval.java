package org.entente.evidence.statement;

import java.time.Instant;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.PublicKeys;
import org.entente.evidence.card.SecretKeys;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What an officer agreed to, with the officer's own keys: a statement of kind {@code approval} whose signing key is named
 * by the officer's pseudonym.
 *
 * @param officer the officer's pseudonym, 2 to 64 of letters, digits, dot, low line and hyphen
 * @param authority the authority for which the officer acts
 * @param role the officer's role there, one word or words joined by hyphens
 * @param purpose what the approval is for: {@code release}, {@code reconcile}
 * @param subject what is approved: {@link StatementDraft#approvalSubject()}, or another digest that the purpose defines
 */
public record Approval(String officer, AuthorityCode authority, String role, String purpose, Digest subject) {
    public static final String KIND = "approval";

    public Approval {
        if (!OfficerAppointment.pseudonym(officer)
                || !OfficerAppointment.word(role)
                || !OfficerAppointment.word(purpose)) {
            throw new IllegalArgumentException("not an approval");
        }
    }

    /** Signs with the officer's keys. */
    public Statement sign(Instant at, SecretKeys officerKeys) {
        var content = JsonNodeFactory.instance
                .objectNode()
                .put("pseudonym", officer)
                .put("authority", authority.text())
                .put("role", role)
                .put("purpose", purpose)
                .put("subject", subject.hex());
        return Statement.sign(StatementDraft.of(KIND, authority, at, content), officerKeys, officer);
    }

    /** Verifies an approval under the officer's keys and reads it. */
    public static Approval verify(UnverifiedStatement approval, PublicKeys officerKeys, String officer)
            throws Malformed {
        return read(approval.verify(officerKeys, officer));
    }

    /** Reads a verified statement of kind {@code approval}; its key name and sender must be those of its content, and it has no term. */
    public static Approval read(Statement statement) throws Malformed {
        if (!statement.kind().equals(KIND)) {
            throw new Malformed("approval.kind", statement.kind());
        }
        Members content = Members.of(statement.content(), "content");
        String officer = content.text("pseudonym");
        AuthorityCode authority = AuthorityCode.parse(content.text("authority"));
        String role = content.text("role");
        String purpose = content.text("purpose");
        Digest subject = content.digest("subject");
        content.end();
        // Whoever reads an approval looks at what it is for, and at no term: one that ran out must not count for ever.
        if (statement.expires().isPresent()) {
            throw new Malformed("approval.term-refused");
        }
        if (!officer.equals(statement.kid()) || !authority.equals(statement.from())) {
            throw new Malformed("approval.signer-differs");
        }
        if (!OfficerAppointment.word(role) || !OfficerAppointment.word(purpose)) {
            throw new Malformed("approval.word-malformed");
        }
        return new Approval(officer, authority, role, purpose, subject);
    }
}
