package org.entente.evidence.attack;

import static org.entente.evidence.attack.Attacks.replaced;
import static org.entente.evidence.attack.Forge.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.log.MerkleHash;
import org.entente.evidence.log.PlainLog;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.tile.TlogProof;

/** Attacks on a proof that an entry stands in a log. */
final class ProofAttacks {
    private static final int SIZE = 100;
    private static final int INDEX = 5;
    private static final PlainLog LOG = PlainLog.of(NoteAttacks.ORIGIN, SIZE);
    private static final PlainLog OTHER = PlainLog.of("entente/log/MX/GT/1", SIZE);

    private ProofAttacks() {}

    /** What is shown, and the proof that it stands in the log. */
    private record Claim(Digest leaf, String proof) {
        void verify() throws Malformed {
            TlogProof.parse(proof).verify(leaf, NoteAttacks.ORIGIN, NoteAttacks.LOG_KEY.publicKey());
        }

        Claim with(String other) {
            return new Claim(leaf, other);
        }
    }

    static Stream<Attack<?>> all() {
        return Stream.of(paths(), checkpoints(), forms()).flatMap(Attacks::all);
    }

    private static Attacks<Claim> table() {
        Digest leaf = MerkleHash.leaf(new byte[] {0, INDEX});
        String proof = TlogProof.of(LOG.tree().inclusion(INDEX, SIZE), LOG.signed())
                .withExtra(utf8("extra"))
                .text();
        return Attacks.on(new Claim(leaf, proof), Claim::verify);
    }

    private static Attack.Change<Claim> text(String part, String other) {
        return honest -> honest.with(replaced(honest.proof, part, other));
    }

    /** Changes the lines; the path begins at line 3. */
    private static Attack.Change<Claim> lines(Consumer<List<String>> change) {
        return honest -> {
            List<String> lines = new ArrayList<>(Arrays.asList(honest.proof.split("(?<=\n)")));
            change.accept(lines);
            return honest.with(String.join("", lines));
        };
    }

    private static Attack.Change<Claim> before(SignedCheckpoint checkpoint) {
        return honest -> honest.with(honest.proof.substring(0, honest.proof.indexOf("\n\n") + 2) + checkpoint.note());
    }

    private static Attacks<Claim> paths() {
        String refused = "tlog-proof.not-included[5, " + NoteAttacks.ORIGIN + "]";
        return table().add("the path is cut short", "tlog-proof.path-length[6, 7]", lines(l -> l.remove(9)))
                .add("the path is lengthened", "tlog-proof.path-length[8, 7]", lines(l -> l.add(4, l.get(3))))
                .add("a hash of the path is changed", refused, lines(l -> l.set(5, l.get(4))))
                .add("two hashes of the path change places", refused, lines(l -> l.add(4, l.remove(5))))
                .add(
                        "the path is that of the neighbour",
                        refused,
                        honest -> honest.with(TlogProof.of(LOG.tree().inclusion(6, SIZE), LOG.signed())
                                .text()
                                .replace("index 6\n", "index 5\n")))
                .add("the index is that of the neighbour", "tlog-proof.not-included", text("index 5", "index 4"))
                .add(
                        "the index lies beyond the size",
                        "tlog-proof.index-beyond[100, 100]",
                        text("index 5", "index 100"))
                .add(
                        "the index lies far beyond any log",
                        "tlog-proof.index-beyond",
                        text("index 5", "index 999999999999999999"))
                .add(
                        "the index wraps round",
                        "tlog-proof.index-malformed",
                        text("index 5", "index 18446744073709551621"))
                .add("the index is negative", "tlog-proof.index-malformed", text("index 5", "index -5"))
                .add(
                        "another entry is shown",
                        refused,
                        honest -> new Claim(MerkleHash.leaf(new byte[] {0, 6}), honest.proof))
                .add("a node of the tree is shown as an entry", "tlog-proof.path-length[6, 7]", honest -> {
                    byte[] children =
                            Arrays.copyOf(LOG.tree().hashes().hash(0, 4).bytes(), 64);
                    System.arraycopy(LOG.tree().hashes().hash(0, 5).bytes(), 0, children, 32, 32);
                    return new Claim(
                            MerkleHash.leaf(children),
                            lines(l -> l.remove(3))
                                    .of(text("index 5", "index 2").of(honest))
                                    .proof);
                });
    }

    private static Attacks<Claim> checkpoints() {
        String origin = "[" + NoteAttacks.ORIGIN + "]";
        return table().add(
                        "an old checkpoint is shown again, from before the entry",
                        "tlog-proof.index-beyond[5, 5]",
                        before(LOG.signed(5)))
                .add(
                        "an old checkpoint is shown again, from behind the entry",
                        "tlog-proof.path-length[7, 6]",
                        before(LOG.signed(64)))
                .add("the checkpoint's size does not match the path", "tlog-proof.not-included", before(LOG.signed(99)))
                .add("the checkpoint is that of an empty log", "tlog-proof.index-beyond[5, 0]", before(LOG.signed(0)))
                .add(
                        "the checkpoint is that of another log of the same party",
                        "checkpoint.origin-other" + origin,
                        before(OTHER.signed()))
                .add(
                        "the size is raised in the checkpoint",
                        "checkpoint.signature-false" + origin,
                        text("\n100\n", "\n101\n"))
                .add(
                        "the checkpoint is signed by somebody else",
                        "checkpoint.unsigned" + origin,
                        before(SignedCheckpoint.sign(LOG.head(SIZE), NoteAttacks.ED25519)))
                .add(
                        "the log shows another history",
                        "tlog-proof.not-included",
                        before(LOG.altered(INDEX).signed()));
    }

    private static Attacks<Claim> forms() {
        String flood = Base64Text.padded(new byte[TlogProof.EXTRA_BYTES_MAX + 1]);
        return table().add("the proof claims another version", "tlog-proof.version", text("@v1", "@v2"))
                .add(
                        "the checkpoint is left out",
                        "tlog-proof.checkpoint-missing",
                        honest -> honest.with(honest.proof.substring(0, honest.proof.indexOf("\n\n"))))
                .add(
                        "more hashes are sent than any path has",
                        "tlog-proof.path-too-long[63]",
                        lines(l -> l.set(3, l.get(3).repeat(60))))
                .add(
                        "a hash of the path has a byte less",
                        "tlog-proof.hash-malformed[0]",
                        lines(l -> l.set(3, Base64Text.padded(new byte[31]) + "\n")))
                .add("a hash of the path ends in bits that no byte has", "tlog-proof.hash-malformed[0]", lines(l -> {
                    String hash = l.get(3);
                    l.set(3, hash.substring(0, 42) + (char) (hash.charAt(42) + 1) + "=\n");
                }))
                .add(
                        "extra data stand in the midst of the path",
                        "tlog-proof.hash-malformed[1]",
                        lines(l -> l.add(4, "extra AQID\n")))
                .add(
                        "extra data flood the proof",
                        "tlog-proof.extra-malformed",
                        lines(l -> l.set(1, "extra " + flood + "\n")))
                .add("two indices are given", "tlog-proof.hash-malformed[0]", lines(l -> l.add(2, "index 4\n")));
    }
}
