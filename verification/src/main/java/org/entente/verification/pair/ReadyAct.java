package org.entente.verification.pair;

import java.io.IOException;
import java.time.Instant;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.statement.Approval;
import org.entente.node.client.Credential;
import org.entente.node.client.NodeRefusal;
import org.entente.node.client.OfficerClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An act that a node has prepared and an officer has signed; handed in, it is said. The officer's own machine has done its work by then. */
public record ReadyAct(OfficerClient officer, String subject, ObjectNode approval) {

    /** Has the node prepare an act, and signs what it would say. */
    public static ReadyAct prepare(OfficerClient officer, String act, ObjectNode facts)
            throws IOException, InterruptedException {
        try {
            JsonNode prepared = officer.post("/api/acts/" + act, facts);
            String subject = prepared.required("subject").asString();
            Credential credential = officer.credential();
            Approval approval = new Approval(
                    credential.pseudonym(),
                    credential.authority(),
                    credential.role(),
                    prepared.required("act").asString(),
                    Digest.parse(subject));
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.set("approval", approval.sign(Instant.now(), credential.keys()).json());
            return new ReadyAct(officer, subject, body);
        } catch (NodeRefusal | Malformed refused) {
            throw new PairBroken(act + " was not prepared: " + refused.getMessage(), refused);
        }
    }

    /** Hands the approval in, and gives the statement: it is durable at the node that said it. Said again, it is the same. */
    public String say() throws IOException, InterruptedException {
        try {
            JsonNode said = officer.post("/api/drafts/" + subject + "/approvals", approval);
            return OfficerClient.text(said, "statement").orElseThrow(() -> new PairBroken("it was not said: " + said));
        } catch (NodeRefusal | Malformed refused) {
            throw new PairBroken("an act was not said: " + refused.getMessage(), refused);
        }
    }
}
