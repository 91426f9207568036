package org.entente.evidence.witness;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;

/**
 * The body of a call to a witness (C2SP tlog-witness, section add-checkpoint): {@code old SIZE}, a consistency proof of
 * one hash a line, an empty line, the checkpoint. Read, and not verified.
 *
 * @param oldSize the size that the proof starts from; 0 to begin, or to ask where the witness stands
 * @param proof at most {@value #PROOF_MAX} hashes
 * @param note the checkpoint's note as it came
 * @param claimed what the note claims; nobody has vouched for it yet
 */
public record AddCheckpoint(long oldSize, List<Digest> proof, SignedNote note, Checkpoint claimed) {
    /** Greatest number of proof lines; that of a tree of 2^63 leaves. */
    public static final int PROOF_MAX = 63;

    /** Greatest length of a body in bytes: that of the largest ASCII note, and what stands above it. */
    public static final int BYTES_MAX = SignedNote.LENGTH_MAX + (1 << 12);

    private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");

    public AddCheckpoint {
        proof = List.copyOf(proof);
        if (oldSize < 0 || proof.size() > PROOF_MAX || !claimed.text().equals(note.text())) {
            throw new IllegalArgumentException("not a call to a witness");
        }
    }

    /** The call that asks to cosign a checkpoint of the caller's own. */
    public static AddCheckpoint of(long oldSize, List<Digest> proof, SignedCheckpoint next) {
        return new AddCheckpoint(oldSize, proof, next.signedNote(), next.checkpoint());
    }

    /**
     * Reads a body; whatever this refuses a witness answers with status 400.
     *
     * @throws Malformed with {@code witness.too-large}, {@code witness.not-utf8}, {@code witness.blank-missing},
     *     {@code witness.old-malformed}, {@code witness.proof-too-long}, {@code witness.proof-malformed}, or what
     *     {@link SignedNote#parse} and {@link Checkpoint#claimed} refuse
     */
    public static AddCheckpoint parse(byte[] body) throws Malformed {
        if (body.length > BYTES_MAX) {
            throw new Malformed("witness.too-large", Integer.toString(BYTES_MAX));
        }
        String text = utf8(body);
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new Malformed("witness.blank-missing");
        }
        String[] head = text.substring(0, blank).split("\n", -1);
        if (!OLD.matcher(head[0]).matches()) {
            throw new Malformed("witness.old-malformed");
        }
        if (head.length - 1 > PROOF_MAX) {
            throw new Malformed("witness.proof-too-long", Integer.toString(PROOF_MAX));
        }
        List<Digest> proof = new ArrayList<>();
        for (int line = 1; line < head.length; line++) {
            proof.add(hash(head[line], line + 1));
        }
        SignedNote note = SignedNote.parse(text.substring(blank + 2));
        return new AddCheckpoint(
                Long.parseLong(head[0].substring("old ".length())), proof, note, Checkpoint.claimed(note.text()));
    }

    private static Digest hash(String text, int line) throws Malformed {
        try {
            byte[] hash = Base64Text.parsePadded(text);
            if (hash.length == Digest.LENGTH) {
                return Digest.ofBytes(hash);
            }
        } catch (Malformed notBase64) {
            // Said below with the line's number.
        }
        throw new Malformed("witness.proof-malformed", Integer.toString(line));
    }

    static String utf8(byte[] bytes) throws Malformed {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException refused) {
            throw new Malformed("witness.not-utf8");
        }
    }

    /** The body as bytes. */
    public byte[] body() {
        StringBuilder body = new StringBuilder("old ").append(oldSize).append('\n');
        proof.forEach(hash -> body.append(Base64Text.padded(hash.bytes())).append('\n'));
        return body.append('\n').append(note.note()).toString().getBytes(StandardCharsets.UTF_8);
    }
}
