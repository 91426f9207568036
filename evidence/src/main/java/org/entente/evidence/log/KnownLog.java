package org.entente.evidence.log;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;

/**
 * A log whose checkpoints can be verified: its origin and the keys that it is trusted to sign with, of which one is
 * enough. A party's log has one key of type {@link NoteKey.Type#LOG}; other people's may have several while they roll
 * over, and may sign with ML-DSA-44 cosignatures (tlog-checkpoint, section Signatures), whose time may then be zero.
 *
 * @param origin the checkpoint's first line
 * @param keys different ones, 1 to {@value #KEYS_MAX}
 */
public record KnownLog(String origin, List<NoteKey> keys) {
    /** A bound, so that no note makes its reader verify without end. */
    public static final int KEYS_MAX = 256;

    public KnownLog {
        keys = List.copyOf(keys);
        if (!NoteKey.wellNamed(origin) || keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw new IllegalArgumentException("not a log with keys");
        }
        if (new HashSet<>(keys).size() != keys.size() || !keys.stream().allMatch(KnownLog::signsLogs)) {
            throw new IllegalArgumentException("not different keys of a log");
        }
    }

    /** A log as the parties keep it: one Ed25519 key named as the origin. */
    public static KnownLog of(String origin, Ed25519PublicKey key) {
        return new KnownLog(origin, List.of(NoteKey.log(origin, key)));
    }

    /** Whether keys of that type sign logs: all but Ed25519 cosigners. */
    public static boolean signsLogs(NoteKey key) {
        return key.type() != NoteKey.Type.COSIGNER_ED25519;
    }

    /**
     * Requires a signature of one of the keys, and that every signature that names one of them holds.
     *
     * @throws Malformed with {@code checkpoint.unsigned}, {@code checkpoint.signature-repeated} or
     *     {@code checkpoint.signature-false}
     */
    public void requireSignature(Checkpoint checkpoint, SignedNote note) throws Malformed {
        boolean signed = false;
        for (NoteKey key : keys) {
            List<NoteSignature> made = note.madeBy(key);
            if (made.size() > 1) {
                throw new Malformed("checkpoint.signature-repeated", key.name());
            }
            if (!made.isEmpty()) {
                if (!holds(key, checkpoint, made.getFirst())) {
                    throw new Malformed("checkpoint.signature-false", origin);
                }
                signed = true;
            }
        }
        if (!signed) {
            throw new Malformed("checkpoint.unsigned", origin);
        }
    }

    private static boolean holds(NoteKey key, Checkpoint checkpoint, NoteSignature signature) {
        return key.cosigns()
                ? Cosignatures.holds(key, checkpoint, signature)
                : key.key().verifies(checkpoint.text().getBytes(StandardCharsets.UTF_8), signature.signature());
    }
}
