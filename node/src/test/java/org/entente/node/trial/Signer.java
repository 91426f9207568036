package org.entente.node.trial;

import java.time.Instant;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Approval;
import org.entente.evidence.statement.OfficerAppointment;
import org.entente.evidence.statement.Statement;
import org.entente.node.officer.Officer;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An officer with the keys that only the officer has. */
public record Signer(Officer officer, SecretKeys keys) {
    public OfficerAppointment appointment() {
        return new OfficerAppointment(
                officer.pseudonym(), officer.authority(), officer.role().word(), keys.publicKeys());
    }

    /** This officer's true approval. */
    public Approval approval(String purpose, Digest subject) {
        return new Approval(
                officer.pseudonym(), officer.authority(), officer.role().word(), purpose, subject);
    }

    public Statement approve(String purpose, Digest subject, Instant at) {
        return approval(purpose, subject).sign(at, keys);
    }

    /** What the interface takes. */
    public static ObjectNode handedIn(Statement approval) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("approval", approval.json());
        return body;
    }
}
