package org.entente.evidence.bundle;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.UtcSeconds;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.Trust;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.time.TimeStamp;
import org.entente.evidence.witness.Finality;
import org.entente.evidence.witness.TrustPolicy;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was verified, for machines and for people.
 *
 * @param parties the two parties
 * @param memorandum the digest of the memorandum that both signed
 * @param statements every statement, in the bundle's order
 * @param within what was verified within them
 * @param logs the two logs
 * @param seal the statement with which the exporting party closed the bundle
 */
public record BundleReport(
        List<Party> parties,
        Digest memorandum,
        List<Statement> statements,
        Within within,
        List<Log> logs,
        Statement seal) {

    /**
     * A party's newest card in the bundle, and what the pinned cards say of it.
     *
     * @param firstSerial the serial number of the card with which the bundle begins
     * @param certified under which certificates the party signed, from its older cards to its newer ones
     */
    public record Party(PartyCard card, int firstSerial, Trust trust, List<Certified> certified) {
        public Party {
            certified = List.copyOf(certified);
        }
    }

    /**
     * A log's checkpoint and when the counterpart cosigned it.
     *
     * @param places where each statement stands in the log, in the bundle's order
     * @param vouchings what others than the two parties say about it, from its smaller checkpoints to its larger ones
     */
    public record Log(
            Checkpoint checkpoint, String cosigner, Instant cosignedAt, List<Long> places, List<Vouching> vouchings) {
        public Log {
            places = List.copyOf(places);
            vouchings = List.copyOf(vouchings);
        }
    }

    /**
     * What was verified beside the statements' own signatures.
     *
     * @param approvals how many officers' approvals
     * @param bodies the bodies whose contents the bundle shows; each is what its sender committed to
     */
    public record Within(int approvals, List<Body> bodies) {
        public Within {
            bodies = List.copyOf(bodies);
        }
    }

    /**
     * A body whose content stands in the bundle, and is what a statement commits its sender to.
     *
     * @param place of the statement in the bundle, from 0
     * @param ciphertext by which the statement names it
     * @param bytes length of the content
     */
    public record Body(int place, Digest ciphertext, Digest commitment, int bytes) {}

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
     * Since when somebody whom the reader trusts beside the two parties is known to have seen a statement, in either log;
     * empty when nobody has.
     *
     * @param statement its place in the bundle, from 0
     */
    public Optional<Instant> witnessedSince(int statement) {
        return logs.stream()
                .flatMap(log -> log.vouchings.stream()
                        .filter(vouching -> log.places.get(statement) < vouching.size())
                        .flatMap(vouching -> vouching.since().stream()))
                .min(Instant::compareTo);
    }

    /** How many of the statements somebody beside the two parties has seen; see {@link #witnessedSince}. */
    public int witnessed() {
        return (int) IntStream.range(0, statements.size())
                .filter(place -> witnessedSince(place).isPresent())
                .count();
    }

    /**
     * The report as JSON. {@code "witnessing": "two-party"} says that for at least one statement nobody but the two parties
     * vouches: together they could have written another history. {@code "independently-witnessed"} says that for none it
     * is so.
     */
    public ObjectNode json() {
        ObjectNode report = JsonNodeFactory.instance.objectNode();
        report.put("format", Bundle.FORMAT).put("trust", pinned() ? "pinned" : "unpinned");
        report.put("witnessing", witnessed() == statements.size() ? "independently-witnessed" : "two-party")
                .put("witnessed", witnessed())
                .put("memorandum", memorandum.hex())
                .put("approvals", within.approvals);
        ArrayNode partyArray = report.putArray("parties");
        for (Party party : parties) {
            ObjectNode line = partyArray
                    .addObject()
                    .put("party", party.card.party().text())
                    .put("serial", party.card.serial())
                    .put("firstSerial", party.firstSerial)
                    .put("fingerprint", party.card.fingerprint().hex())
                    .put("trust", party.trust.word());
            ArrayNode certified = line.putArray("certified");
            party.certified.forEach(one -> certified.add(one.json()));
        }
        ArrayNode statementArray = report.putArray("statements");
        for (int place = 0; place < statements.size(); place++) {
            ObjectNode line = line(statements.get(place));
            witnessedSince(place).ifPresent(since -> line.put("witnessedSince", UtcSeconds.print(since)));
            statementArray.add(line);
        }
        ArrayNode logArray = report.putArray("logs");
        for (Log log : logs) {
            ObjectNode line = logArray.addObject()
                    .put("origin", log.checkpoint.origin())
                    .put("size", log.checkpoint.size())
                    .put("root", log.checkpoint.root().hex())
                    .put("cosigner", log.cosigner)
                    .put("cosignedAt", UtcSeconds.print(log.cosignedAt));
            ArrayNode vouchings = line.putArray("vouchings");
            log.vouchings.forEach(vouching -> vouchings.add(line(vouching)));
        }
        ArrayNode bodyArray = report.putArray("bodies");
        for (Body body : within.bodies) {
            bodyArray
                    .addObject()
                    .put("statement", statements.get(body.place).id().hex())
                    .put("ciphertext", body.ciphertext.hex())
                    .put("commitment", body.commitment.hex())
                    .put("bytes", body.bytes);
        }
        report.set("seal", line(seal));
        return report;
    }

    private static ObjectNode line(Vouching vouching) {
        ObjectNode line = JsonNodeFactory.instance.objectNode().put("size", vouching.size());
        ArrayNode witnesses = line.putArray("witnesses");
        for (Finality.Seen seen : vouching.witnesses()) {
            witnesses
                    .addObject()
                    .put("witness", TrustPolicy.shown(seen.witness()))
                    .put("at", UtcSeconds.print(seen.at()));
        }
        ArrayNode stamps = line.putArray("stamps");
        for (TimeStamp stamp : vouching.stamps()) {
            stamps.addObject().put("authority", stamp.authority()).put("at", UtcSeconds.print(stamp.at()));
        }
        return line.put("uncountedStamps", vouching.uncounted());
    }

    private static ObjectNode line(Statement statement) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("kind", statement.kind()).put("from", statement.from().text());
        statement.to().ifPresent(to -> line.put("to", to.text()));
        return line.put("at", UtcSeconds.print(statement.at()))
                .put("id", statement.id().hex());
    }
}
