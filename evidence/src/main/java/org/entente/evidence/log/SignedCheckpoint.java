package org.entente.evidence.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.Ed25519SecretKey;

/** A checkpoint whose log's signature holds, with whatever cosignatures stand below it. */
public final class SignedCheckpoint {
    private static final int COSIGNATURE_LENGTH = Long.BYTES + Ed25519PublicKey.SIGNATURE_LENGTH;

    private final Checkpoint checkpoint;
    private final SignedNote note;

    private SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {
        this.checkpoint = checkpoint;
        this.note = note;
    }

    /** Signs as the log. Whoever calls this MUST have stored the tree first, and MUST never sign two roots of one size. */
    public static SignedCheckpoint sign(Checkpoint checkpoint, Ed25519SecretKey logKey) {
        NoteKey key = NoteKey.log(checkpoint.origin(), logKey.publicKey());
        byte[] signature = logKey.sign(checkpoint.text().getBytes(StandardCharsets.UTF_8));
        return new SignedCheckpoint(
                checkpoint,
                new SignedNote(checkpoint.text(), List.of(new NoteSignature(key.name(), key.id(), signature))));
    }

    /** Reads a note and requires it to be a checkpoint of that origin, signed once by that log key. */
    public static SignedCheckpoint open(String note, String origin, Ed25519PublicKey logKey) throws Malformed {
        SignedNote read = SignedNote.parse(note);
        Checkpoint checkpoint = Checkpoint.parse(read.text());
        if (!checkpoint.origin().equals(origin)) {
            throw new Malformed("checkpoint.origin-other", origin);
        }
        SignedCheckpoint signed = new SignedCheckpoint(checkpoint, read);
        NoteSignature signature = signed.only(NoteKey.log(origin, logKey))
                .orElseThrow(() -> new Malformed("checkpoint.unsigned", origin));
        if (!logKey.verifies(read.text().getBytes(StandardCharsets.UTF_8), signature.signature())) {
            throw new Malformed("checkpoint.signature-false", origin);
        }
        return signed;
    }

    /** Cosigns, version 1 for Ed25519: at that time this was the largest consistent tree that the cosigner had seen. */
    public SignedCheckpoint cosign(String cosigner, Ed25519SecretKey cosigningKey, Instant at) {
        NoteKey key = NoteKey.cosigner(cosigner, cosigningKey.publicKey());
        long seconds = at.getEpochSecond();
        byte[] timed = ByteBuffer.allocate(COSIGNATURE_LENGTH)
                .putLong(seconds)
                .put(cosigningKey.sign(cosigned(seconds)))
                .array();
        return new SignedCheckpoint(checkpoint, note.with(new NoteSignature(cosigner, key.id(), timed)));
    }

    /** Adds the cosignature that another copy of the same checkpoint carries, after verifying it. */
    public SignedCheckpoint withCosignatureOf(SignedCheckpoint copy, NoteKey cosigner) throws Malformed {
        if (!copy.checkpoint.equals(checkpoint)) {
            throw new Malformed("checkpoint.origin-other", checkpoint.origin());
        }
        copy.cosignedAt(cosigner);
        NoteSignature signature =
                copy.only(cosigner).orElseThrow(() -> new Malformed("checkpoint.not-cosigned", cosigner.name()));
        return only(cosigner).isPresent() ? this : new SignedCheckpoint(checkpoint, note.with(signature));
    }

    /**
     * Requires a cosignature of that key and says when it was made.
     *
     * @throws Malformed with {@code checkpoint.not-cosigned}, {@code checkpoint.signature-repeated} or
     *     {@code checkpoint.cosignature-false}
     */
    public Instant cosignedAt(NoteKey cosigner) throws Malformed {
        NoteSignature signature =
                only(cosigner).orElseThrow(() -> new Malformed("checkpoint.not-cosigned", cosigner.name()));
        byte[] timed = signature.signature();
        if (timed.length != COSIGNATURE_LENGTH) {
            throw new Malformed("checkpoint.cosignature-false", cosigner.name());
        }
        ByteBuffer buffer = ByteBuffer.wrap(timed);
        long seconds = buffer.getLong();
        byte[] ed25519 = new byte[Ed25519PublicKey.SIGNATURE_LENGTH];
        buffer.get(ed25519);
        if (seconds < 0
                || seconds > Instant.MAX.getEpochSecond()
                || !cosigner.key().verifies(cosigned(seconds), ed25519)) {
            throw new Malformed("checkpoint.cosignature-false", cosigner.name());
        }
        return Instant.ofEpochSecond(seconds);
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The note with all its signatures, as it is stored and sent. */
    public String note() {
        return note.note();
    }

    /** How many signature lines there are, the log's and unknown ones included. */
    public int signatures() {
        return note.signatures().size();
    }

    private Optional<NoteSignature> only(NoteKey key) throws Malformed {
        List<NoteSignature> made = note.signatures().stream().filter(key::made).toList();
        if (made.size() > 1) {
            throw new Malformed("checkpoint.signature-repeated", key.name());
        }
        return made.stream().findFirst();
    }

    private byte[] cosigned(long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.text()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return note();
    }
}
