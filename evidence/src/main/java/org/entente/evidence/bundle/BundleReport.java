package org.entente.evidence.bundle;

import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.Trust;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.statement.Statement;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was verified, for machines and for people.
 *
 * @param parties the two parties
 * @param memorandum the digest of the memorandum that both signed
 * @param statements every statement, in the bundle's order
 * @param approvals how many officers' approvals were verified within them
 * @param logs the two logs
 * @param seal the statement with which the exporting party closed the bundle
 */
public record BundleReport(
        List<Party> parties,
        Digest memorandum,
        List<Statement> statements,
        int approvals,
        List<Log> logs,
        Statement seal) {

    /**
     * A party's newest card in the bundle, and what the pinned cards say of it.
     *
     * @param firstSerial the serial number of the card with which the bundle begins
     */
    public record Party(PartyCard card, int firstSerial, Trust trust) {}

    /** A log's checkpoint and when the counterpart cosigned it. */
    public record Log(Checkpoint checkpoint, String cosigner, Instant cosignedAt) {}

    public BundleReport {
        parties = List.copyOf(parties);
        statements = List.copyOf(statements);
        logs = List.copyOf(logs);
    }

    /** Says whether both cards are pinned, or follow from pinned ones. */
    public boolean pinned() {
        return parties.stream().allMatch(party -> party.trust().trusted());
    }

    /**
     * The report as JSON. {@code "witnessing": "two-party"} says that nobody but the two parties has signed: together they
     * could have written another history.
     */
    public ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("format", Bundle.FORMAT).put("trust", pinned() ? "pinned" : "unpinned");
        report.put("witnessing", "two-party")
                .put("memorandum", memorandum.hex())
                .put("approvals", approvals);
        ArrayNode partyArray = report.putArray("parties");
        for (Party party : parties) {
            partyArray
                    .addObject()
                    .put("party", party.card.party().text())
                    .put("serial", party.card.serial())
                    .put("firstSerial", party.firstSerial)
                    .put("fingerprint", party.card.fingerprint().hex())
                    .put("trust", party.trust.word());
        }
        ArrayNode statementArray = report.putArray("statements");
        statements.forEach(statement -> statementArray.add(line(statement)));
        ArrayNode logArray = report.putArray("logs");
        for (Log log : logs) {
            logArray.addObject()
                    .put("origin", log.checkpoint.origin())
                    .put("size", log.checkpoint.size())
                    .put("root", log.checkpoint.root().hex())
                    .put("cosigner", log.cosigner)
                    .put("cosignedAt", UtcSeconds.print(log.cosignedAt));
        }
        report.set("seal", line(seal));
        return report;
    }

    private static ObjectNode line(Statement statement) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("kind", statement.kind()).put("from", statement.from().text());
        statement.to().ifPresent(to -> line.put("to", to.text()));
        return line.put("at", UtcSeconds.print(statement.at()))
                .put("id", statement.id().hex());
    }
}
