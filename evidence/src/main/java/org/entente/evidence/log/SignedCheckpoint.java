package org.entente.evidence.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.card.Ed25519SecretKey;

/** A checkpoint whose log's signature holds, with whatever cosignatures stand below it. */
public final class SignedCheckpoint {
    private final Checkpoint checkpoint;
    private final SignedNote note;

    /** The keys whose one cosignature in this very note was verified when it was added, with its time. */
    private final Map<NoteKey, Instant> held;

    private SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {
        this(checkpoint, note, Map.of());
    }

    private SignedCheckpoint(Checkpoint checkpoint, SignedNote note, Map<NoteKey, Instant> held) {
        this.checkpoint = checkpoint;
        this.note = note;
        this.held = Map.copyOf(held);
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
        return open(SignedNote.parse(note), KnownLog.of(origin, logKey));
    }

    /** Requires the note to be a checkpoint of that log; see {@link KnownLog#requireSignature}. */
    public static SignedCheckpoint open(SignedNote note, KnownLog log) throws Malformed {
        Checkpoint checkpoint = Checkpoint.claimed(note.text());
        if (!checkpoint.origin().equals(log.origin())) {
            throw new Malformed("checkpoint.origin-other", log.origin());
        }
        log.requireSignature(checkpoint, note);
        checkpoint.requireEmptyRoot();
        return new SignedCheckpoint(checkpoint, note);
    }

    /** Cosigns with each of the cosigner's keys; see {@link CosignerSecrets#cosign}. */
    public SignedCheckpoint cosign(CosignerSecrets secrets, Instant at) {
        return new SignedCheckpoint(checkpoint, note.with(secrets.cosign(checkpoint, at)));
    }

    /**
     * Adds the cosignatures of known cosigners that stand among the lines, after verifying them. Lines of unknown keys
     * are left out, and so are those of keys that this copy has a line of.
     *
     * @throws Malformed when a line that bears the name and id of a known key does not hold, or stands twice
     */
    public SignedCheckpoint with(List<NoteSignature> lines, List<NoteKey> known) throws Malformed {
        SignedNote offered = new SignedNote(note.text(), lines);
        List<NoteSignature> further = new ArrayList<>();
        Map<NoteKey, Instant> holding = new HashMap<>(held);
        for (NoteKey key : known) {
            Optional<NoteSignature> line = only(offered, key);
            if (line.isPresent()) {
                Instant at = Cosignatures.verify(key, checkpoint, line.get());
                if (note.madeBy(key).isEmpty()) {
                    further.add(line.get());
                    holding.put(key, at);
                }
            }
        }
        SignedNote more = note.with(further);
        if (more.signatures().size() > SignedNote.SIGNATURES_MAX) {
            throw new Malformed("note.signatures-too-many", Integer.toString(SignedNote.SIGNATURES_MAX));
        }
        return new SignedCheckpoint(checkpoint, more, holding);
    }

    /**
     * Requires a cosignature of that key and says when it was made; one that {@link #with} verified is not verified again.
     *
     * @throws Malformed with {@code checkpoint.not-cosigned}, {@code checkpoint.signature-repeated},
     *     {@code checkpoint.cosignature-time} or {@code checkpoint.cosignature-false}
     */
    public Instant cosignedAt(NoteKey cosigner) throws Malformed {
        NoteSignature signature =
                only(note, cosigner).orElseThrow(() -> new Malformed("checkpoint.not-cosigned", cosigner.name()));
        Instant known = held.get(cosigner);
        return known == null ? Cosignatures.verify(cosigner, checkpoint, signature) : known;
    }

    /**
     * Requires a cosignature of each key of that cosigner and says when the last of them was made: from then on both
     * algorithms vouch that the cosigner had seen this checkpoint.
     */
    public Instant cosignedAt(Cosigner cosigner) throws Malformed {
        Instant last = Instant.MIN;
        for (NoteKey key : cosigner.keys()) {
            Instant at = cosignedAt(key);
            last = at.isAfter(last) ? at : last;
        }
        return last;
    }

    /** Whether a line bears the key's name and id; it may be false. */
    public boolean names(NoteKey key) {
        return !note.madeBy(key).isEmpty();
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The note with all its signatures, as it is stored and sent. */
    public String note() {
        return note.note();
    }

    /** The note as it was read, and as further signatures were added to it. */
    public SignedNote signedNote() {
        return note;
    }

    /** How many signature lines there are, the log's and unknown ones included. */
    public int signatures() {
        return note.signatures().size();
    }

    private static Optional<NoteSignature> only(SignedNote note, NoteKey key) throws Malformed {
        List<NoteSignature> made = note.madeBy(key);
        if (made.size() > 1) {
            throw new Malformed("checkpoint.signature-repeated", key.name());
        }
        return made.stream().findFirst();
    }

    @Override
    public String toString() {
        return note();
    }
}
