package org.entente.evidence.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.log.Cosigner;
import org.entente.evidence.log.NoteSignature;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;

/**
 * A log's call to a witness, and what its answer means.
 *
 * @param oldSize the size that the proof starts from: that of the last checkpoint which this witness cosigned, as far as is known
 * @param proof the consistency proof from there; empty when {@code oldSize} is 0 or the checkpoint's own size
 * @param own the log's own checkpoint
 * @param witness whom it is sent to
 */
public record Submission(long oldSize, List<Digest> proof, SignedCheckpoint own, Cosigner witness) {
    /** Greatest length of an answer's body in bytes that is read. */
    public static final int REPLY_BYTES_MAX = SignedNote.LENGTH_MAX;

    private static final Pattern SIZE = Pattern.compile("(0|[1-9][0-9]{0,17})\n");

    public Submission {
        proof = List.copyOf(proof);
    }

    /** What the log does next. */
    public sealed interface Outcome permits Cosigned, Resume, WitnessAhead, Refused, Unusable {}

    /** Store this: the log's own checkpoint with the cosignatures that hold. Whether they suffice a policy says. */
    public record Cosigned(SignedCheckpoint checkpoint) implements Outcome {}

    /** Call again with a proof from this size, which is not the one that was tried. */
    public record Resume(long size) implements Outcome {}

    /**
     * The witness has cosigned a larger tree of this log than the log itself knows: this copy lags or was restored to an
     * earlier state. It MUST NOT sign anything more under this origin before that is explained.
     */
    public record WitnessAhead(long size) implements Outcome {}

    /** The witness refuses: 400, 403, 404 or 422. Calling again with the same words changes nothing. */
    public record Refused(int status) implements Outcome {}

    /** No answer of a witness, or one whose cosignature does not hold; nothing of it is kept. */
    public record Unusable(Problem problem) implements Outcome {}

    /** The body to send. */
    public byte[] body() {
        return AddCheckpoint.of(oldSize, proof, own).body();
    }

    /**
     * Reads the answer.
     *
     * @param contentType the value of {@code Content-Type}, empty if there was none
     */
    public Outcome read(int status, String contentType, byte[] body) {
        if (body.length > REPLY_BYTES_MAX) {
            return new Unusable(Problem.of("witness.too-large", Integer.toString(REPLY_BYTES_MAX)));
        }
        try {
            return switch (status) {
                case 200 -> cosigned(AddCheckpoint.utf8(body));
                case 409 -> standsAt(contentType, AddCheckpoint.utf8(body));
                case 400, 403, 404, 422 -> new Refused(status);
                default -> new Unusable(Problem.of("witness.status-unknown", Integer.toString(status)));
            };
        } catch (Malformed refused) {
            return new Unusable(refused.problem());
        }
    }

    private Outcome cosigned(String body) throws Malformed {
        if (!body.endsWith("\n")) {
            throw new Malformed("witness.reply-malformed");
        }
        String[] texts = body.substring(0, body.length() - 1).split("\n", -1);
        if (texts.length > SignedNote.SIGNATURES_MAX) {
            throw new Malformed("note.signatures-too-many", Integer.toString(SignedNote.SIGNATURES_MAX));
        }
        List<NoteSignature> lines = new ArrayList<>();
        for (String text : texts) {
            lines.add(NoteSignature.parse(text));
        }
        SignedCheckpoint cosigned = own.with(lines, witness.keys());
        if (witness.keys().stream().noneMatch(cosigned::names)) {
            throw new Malformed("checkpoint.not-cosigned", witness.name());
        }
        return new Cosigned(cosigned);
    }

    private Outcome standsAt(String contentType, String body) throws Malformed {
        if (!contentType.equals(WitnessReply.SIZE_TYPE) || !SIZE.matcher(body).matches()) {
            throw new Malformed("witness.reply-malformed");
        }
        long size = Long.parseLong(body.substring(0, body.length() - 1));
        if (size > own.checkpoint().size()) {
            return new WitnessAhead(size);
        }
        if (size == oldSize) {
            throw new Malformed("witness.reply-malformed");
        }
        return new Resume(size);
    }
}
