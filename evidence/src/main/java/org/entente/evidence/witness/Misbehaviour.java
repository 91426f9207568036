package org.entente.evidence.witness;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.CanonicalJson;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.canonical.Members;
import org.entente.evidence.canonical.Problem;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.Consistency;
import org.entente.evidence.log.KnownLog;
import org.entente.evidence.log.MerkleTree;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A document that says that a log signed two heads which contradict each other, and that anybody can check against the
 * log's key, with nothing else in hand. Reading it verifies nothing; {@link #judge} does.
 *
 * <p>Two notes alone prove one thing: two roots of <em>one size</em>. Of two sizes they prove nothing, for that no
 * consistency proof exists cannot be seen from the roots. But whoever holds the larger tree can show its own hashes,
 * which lead to the larger root and to another root of the smaller size than the log signed (see
 * {@link Consistency#refutes}); the hashes need no signature. A witness that is sent a proof of its own log's new history
 * holds such a path already, except when the last cosigned size is a power of two, whose proof leaves out the first hash.
 *
 * <p>What no document can prove: that a log forgot its end and was shown smaller than before (the smaller head may be the
 * older one: a log's signature has no time); that a root without known preimages was invented; that a log did not show
 * something to somebody. These are answered by not cosigning.
 *
 * @param origin the log that both notes claim to be of
 * @param first the smaller one, or one of two of the same size
 * @param second the other
 * @param path empty for two of the same size; else the hashes that refute, at most {@value #PATH_MAX}
 */
public record Misbehaviour(String origin, SignedNote first, SignedNote second, List<Digest> path) {
    /** The format's name, as it stands in the document. */
    public static final String FORMAT = "entente-misbehaviour/1";

    /** Greatest length of a document in bytes. */
    public static final int BYTES_MAX = 1 << 21;

    /** Greatest number of hashes: a consistency proof's, and the hash it starts from. */
    public static final int PATH_MAX = AddCheckpoint.PROOF_MAX + 1;

    public Misbehaviour {
        path = List.copyOf(path);
        String line = origin + "\n";
        if (path.size() > PATH_MAX
                || !first.text().startsWith(line)
                || !second.text().startsWith(line)) {
            throw new IllegalArgumentException("not a proof about one log");
        }
    }

    /** What such a document proves. */
    public sealed interface Verdict permits SplitView, Rewritten, Unproven {}

    /** The log signed two roots of one size. */
    public record SplitView(SignedCheckpoint first, SignedCheckpoint second) implements Verdict {}

    /** The log signed a larger tree that does not begin with the smaller tree that it signed. */
    public record Rewritten(SignedCheckpoint first, SignedCheckpoint second) implements Verdict {}

    /** Nothing is proved against the log. */
    public record Unproven(Problem problem) implements Verdict {}

    /**
     * The document that two checkpoints of one log give rise to, if they and a consistency proof that was sent with them
     * prove something.
     *
     * @param proof from one size to the other, as RFC 9162 has it; may be empty
     */
    public static Optional<Misbehaviour> between(SignedCheckpoint one, SignedCheckpoint other, List<Digest> proof) {
        boolean ordered = one.checkpoint().size() <= other.checkpoint().size();
        SignedCheckpoint first = ordered ? one : other;
        SignedCheckpoint second = ordered ? other : one;
        if (first.checkpoint().size() == second.checkpoint().size()) {
            boolean split = !first.checkpoint().equals(second.checkpoint());
            return split ? Optional.of(of(first, second, List.of())) : Optional.empty();
        }
        // A proof that starts from a power of two lacks the hash that would show where it starts.
        boolean whole = Long.bitCount(first.checkpoint().size()) > 1;
        boolean refuted = whole && Consistency.refutes(first.checkpoint(), second.checkpoint(), proof);
        return refuted ? Optional.of(of(first, second, proof)) : Optional.empty();
    }

    /**
     * The document of whoever holds the larger tree, for instance from the log's tiles; empty when that tree begins with
     * the smaller one, or is not the one that was signed.
     *
     * @param second of more leaves than the first
     */
    public static Optional<Misbehaviour> fromTree(SignedCheckpoint first, SignedCheckpoint second, MerkleTree tree) {
        long smaller = first.checkpoint().size();
        long larger = second.checkpoint().size();
        if (smaller == 0 || smaller >= larger) {
            return Optional.empty();
        }
        List<Digest> path = new ArrayList<>();
        if (Long.bitCount(smaller) == 1) {
            path.add(tree.root(smaller));
        }
        path.addAll(tree.consistency(smaller, larger));
        boolean refuted = Consistency.refutes(first.checkpoint(), second.checkpoint(), path);
        return refuted ? Optional.of(of(first, second, path)) : Optional.empty();
    }

    private static Misbehaviour of(SignedCheckpoint first, SignedCheckpoint second, List<Digest> path) {
        if (!first.checkpoint().origin().equals(second.checkpoint().origin())) {
            throw new IllegalArgumentException("checkpoints of two logs");
        }
        return new Misbehaviour(first.checkpoint().origin(), first.signedNote(), second.signedNote(), path);
    }

    /** Verifies both signatures and the contradiction. Of another log than the given one it proves nothing. */
    public Verdict judge(KnownLog log) {
        try {
            SignedCheckpoint one = SignedCheckpoint.open(first, log);
            SignedCheckpoint other = SignedCheckpoint.open(second, log);
            return judge(one, other);
        } catch (Malformed refused) {
            return new Unproven(refused.problem());
        }
    }

    private Verdict judge(SignedCheckpoint one, SignedCheckpoint other) {
        Checkpoint smaller = one.checkpoint();
        Checkpoint larger = other.checkpoint();
        if (smaller.size() > larger.size()) {
            return new Unproven(Problem.of("misbehaviour.order"));
        }
        if (smaller.equals(larger)) {
            return new Unproven(Problem.of("misbehaviour.same-tree"));
        }
        if (smaller.size() == larger.size()) {
            return path.isEmpty() ? new SplitView(one, other) : new Unproven(Problem.of("misbehaviour.path-needless"));
        }
        return Consistency.refutes(smaller, larger, path)
                ? new Rewritten(one, other)
                : new Unproven(Problem.of("misbehaviour.path-refused"));
    }

    /** The document: canonical JSON. */
    public byte[] bytes() {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("format", FORMAT)
                .put("first", first.note())
                .put("second", second.note());
        ArrayNode hashes = document.putArray("path");
        path.forEach(hash -> hashes.add(hash.hex()));
        return CanonicalJson.encode(document);
    }

    /** Reads a document in its one form. */
    public static Misbehaviour parse(byte[] bytes) throws Malformed {
        Members document = Members.of(CanonicalJson.parseCanonical(bytes, BYTES_MAX), "");
        if (!document.text("format").equals(FORMAT)) {
            throw new Malformed("misbehaviour.format", FORMAT);
        }
        SignedNote first = SignedNote.parse(document.text("first"));
        SignedNote second = SignedNote.parse(document.text("second"));
        List<Digest> path = new ArrayList<>();
        for (JsonNode hash : document.array("path", 0, PATH_MAX)) {
            path.add(Digest.parse(hash.isString() ? hash.stringValue() : ""));
        }
        document.end();
        String origin = Checkpoint.parse(first.text()).origin();
        if (!Checkpoint.parse(second.text()).origin().equals(origin)) {
            throw new Malformed("checkpoint.origin-other", Problem.shown(origin));
        }
        return new Misbehaviour(origin, first, second, path);
    }
}
