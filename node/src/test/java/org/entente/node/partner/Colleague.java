package org.entente.node.partner;

import java.security.SecureRandom;
import java.time.Instant;
import org.entente.evidence.card.AuthorityCode;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.statement.StatementDraft;
import org.entente.exchange.message.Arrangement;
import org.entente.exchange.message.Message;
import org.entente.memorandum.decision.Approver;
import org.entente.memorandum.officer.Role;

/** An officer of the partner in the hand, who signs whatever is laid before them. */
public record Colleague(String pseudonym, AuthorityCode authority, Role role, SecretKeys keys) {

    public static Colleague of(String pseudonym, AuthorityCode authority, Role role) {
        return new Colleague(pseudonym, authority, role, SecretKeys.generate(new SecureRandom()));
    }

    public Arrangement.OfficerAppointed appointment() {
        return new Arrangement.OfficerAppointed(pseudonym, authority, role, keys.publicKeys());
    }

    public Approver approver() {
        return new Approver(authority, pseudonym, role);
    }

    Statement approve(StatementDraft draft, Message message, Instant at) {
        return new Approval(
                        pseudonym, authority, role.word(), message.kind().approvalPurpose(), draft.approvalSubject())
                .sign(at, keys);
    }
}
