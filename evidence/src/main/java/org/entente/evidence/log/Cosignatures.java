package org.entente.evidence.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.entente.evidence.canonical.Malformed;

/**
 * The bytes of a C2SP tlog-cosignature: eight big-endian bytes of POSIX time, then the signature over a message that
 * holds the time, too. The message differs by the key's type: for Ed25519 it is a text with the whole note in it, for
 * ML-DSA-44 the structure {@code cosigned_message}, which names the cosigner as well.
 */
final class Cosignatures {
    private static final byte[] SUBTREE_LABEL = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    private Cosignatures() {}

    static NoteSignature sign(NoteKey key, Checkpoint checkpoint, Instant at, UnaryOperator<byte[]> signer) {
        long seconds = at.getEpochSecond();
        if (seconds <= 0) {
            throw new IllegalArgumentException("a cosignature has a time after 1970 began");
        }
        byte[] signature = signer.apply(message(key, checkpoint, seconds));
        byte[] timed = ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
        return new NoteSignature(key.name(), key.id(), timed);
    }

    /**
     * Says when the cosignature was made.
     *
     * @throws Malformed with {@code checkpoint.cosignature-time} when the time is zero, which says nothing about the
     *     largest tree seen, or beyond any calendar; with {@code checkpoint.cosignature-false} when the signature does not hold
     */
    static Instant verify(NoteKey key, Checkpoint checkpoint, NoteSignature line) throws Malformed {
        byte[] timed = line.signature();
        long seconds = timed.length < Long.BYTES ? 0 : ByteBuffer.wrap(timed).getLong();
        if (timed.length >= Long.BYTES && (seconds <= 0 || seconds > Instant.MAX.getEpochSecond())) {
            throw new Malformed("checkpoint.cosignature-time", key.name());
        }
        if (!holds(key, checkpoint, line)) {
            throw new Malformed("checkpoint.cosignature-false", key.name());
        }
        return Instant.ofEpochSecond(seconds);
    }

    /** Whether the signature holds for the time that stands in it, whatever that is. */
    static boolean holds(NoteKey key, Checkpoint checkpoint, NoteSignature line) {
        byte[] timed = line.signature();
        if (timed.length < Long.BYTES) {
            return false;
        }
        long seconds = ByteBuffer.wrap(timed).getLong();
        byte[] signature = Arrays.copyOfRange(timed, Long.BYTES, timed.length);
        return seconds >= 0 && key.key().verifies(message(key, checkpoint, seconds), signature);
    }

    /** What a key of that type signs. */
    static byte[] message(NoteKey key, Checkpoint checkpoint, long seconds) {
        return switch (key.type()) {
            case LOG -> throw new IllegalArgumentException("a log's key does not cosign");
            case COSIGNER_ED25519 ->
                ("cosignature/v1\ntime " + seconds + "\n" + checkpoint.text()).getBytes(StandardCharsets.UTF_8);
            case COSIGNER_ML_DSA_44 -> cosignedMessage(key.name(), checkpoint, seconds);
        };
    }

    /** {@code cosigned_message} for the whole tree: start is zero, end the checkpoint's size. */
    private static byte[] cosignedMessage(String cosigner, Checkpoint checkpoint, long seconds) {
        byte[] name = cosigner.getBytes(StandardCharsets.UTF_8);
        byte[] origin = checkpoint.origin().getBytes(StandardCharsets.UTF_8);
        byte[] root = checkpoint.root().bytes();
        return ByteBuffer.allocate(
                        SUBTREE_LABEL.length + 1 + name.length + 1 + origin.length + 3 * Long.BYTES + root.length)
                .put(SUBTREE_LABEL)
                .put((byte) name.length)
                .put(name)
                .putLong(seconds)
                .put((byte) origin.length)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.size())
                .put(root)
                .array();
    }
}
