package org.entente.evidence.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.card.PartyCard;
import org.entente.evidence.card.PartyCode;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.LogNames;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.statement.Statement;
import org.entente.evidence.tile.TlogProof;

/**
 * That a statement was received, in one small file: a proof that it stands in the receiver's log (C2SP tlog-proof), with the receiver's
 * own signed receipt beside it. Other people's tools read the proof; the receipt is its extra data.
 *
 * <p>It is verified under one card of each party. What was signed before a party replaced its keys needs a card of that time, or a
 * bundle, which shows how cards follow each other.
 *
 * @param receipt what the receiver said, verified
 * @param statement what was received
 * @param place where it stands in the receiver's log
 * @param checkpoint the head of that log
 * @param cosignedAt when the sender's keys had both cosigned that head, if the sender's card was given
 */
public record ProvedReceipt(
        Statement receipt, Digest statement, long place, Checkpoint checkpoint, Optional<Instant> cosignedAt) {
    /** The kind of the statement. */
    public static final String KIND = "receipt";

    private static final String DELIVERED = "delivered";

    /** Greatest length of a file in bytes. */
    public static final int BYTES_MAX = TlogProof.LENGTH_MAX;

    /** Puts a file together; {@link #verify} it before it is given to anybody. */
    public static byte[] file(Statement receipt, InclusionProof place, SignedCheckpoint head) {
        return TlogProof.of(place, head).withExtra(receipt.bytes()).text().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Verifies a file.
     *
     * @param receiver the card of the party that received
     * @param sender the card of the party that sent, if its cosignature is asked for
     * @throws Malformed {@code receipt.form}, {@code receipt.missing}, {@code receipt.other-kind}, {@code receipt.place-other}, {@code receipt.sender-other}, or what
     *     a proof, a statement and a cosignature are refused for
     */
    public static ProvedReceipt verify(byte[] file, PartyCard receiver, Optional<PartyCard> sender) throws Malformed {
        TlogProof proof = TlogProof.parse(new String(file, StandardCharsets.UTF_8));
        if (!Arrays.equals(proof.text().getBytes(StandardCharsets.UTF_8), file)) {
            throw new Malformed("receipt.form");
        }
        byte[] said = proof.extra().orElseThrow(() -> new Malformed("receipt.missing"));
        Statement receipt = Statement.parse(said).verify(receiver);
        if (!receipt.kind().equals(KIND) || receipt.to().isEmpty()) {
            throw new Malformed("receipt.other-kind", receipt.kind());
        }
        Members content = Members.of(receipt.content(), "content");
        Digest statement = content.digest("answers");
        if (!content.text("stage").equals(DELIVERED)) {
            throw new Malformed("receipt.other-kind", receipt.kind());
        }
        long place = content.integer("leaf", 0, CanonicalJson.INTEGER_MAX);
        if (place != proof.inclusion().index()) {
            throw new Malformed(
                    "receipt.place-other",
                    Long.toString(place),
                    Long.toString(proof.inclusion().index()));
        }
        PartyCode to = receipt.to().get().party();
        String origin = proof.claimed().origin();
        if (!LogNames.relationship(origin, receiver.party(), to)) {
            throw new Malformed("checkpoint.origin-other", Problem.shown(origin));
        }
        SignedCheckpoint head = proof.verify(MerkleHash.statementLeaf(statement), origin, receiver.logKey());
        Optional<Instant> cosignedAt = Optional.empty();
        if (sender.isPresent()) {
            if (!sender.get().party().equals(to)) {
                throw new Malformed("receipt.sender-other", to.text());
            }
            cosignedAt = Optional.of(head.cosignedAt(Cosigner.of(sender.get())));
        }
        return new ProvedReceipt(receipt, statement, place, head.checkpoint(), cosignedAt);
    }
}
