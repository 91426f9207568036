package org.entente.evidence.log;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;

/**
 * The head of a log's tree (C2SP tlog-checkpoint), without extension lines, which are refused: not every kind of
 * cosignature covers them.
 *
 * @param origin the log's name; the name of its key, too
 * @param size how many leaves
 * @param root the root of those leaves
 */
public record Checkpoint(String origin, long size, Digest root) {
    private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

    public Checkpoint {
        if (!NoteKey.wellNamed(origin) || size < 0) {
            throw new IllegalArgumentException("not a checkpoint");
        }
    }

    /** The note text: origin, size and root, each on its line. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64Text.padded(root.bytes()) + "\n";
    }

    /** The digest of the note text: what a time-stamp authority stamps. */
    public Digest digest() {
        return Digest.of(text().getBytes(StandardCharsets.UTF_8));
    }

    public static Checkpoint parse(String text) throws Malformed {
        Checkpoint checkpoint = claimed(text);
        checkpoint.requireEmptyRoot();
        return checkpoint;
    }

    /** Refuses an empty log whose root is not that of the empty tree, with {@code checkpoint.empty-root}. */
    void requireEmptyRoot() throws Malformed {
        if (emptyWithFalseRoot()) {
            throw new Malformed("checkpoint.empty-root");
        }
    }

    /** Whether this claims to be the head of an empty log and has another root than the empty tree has. */
    public boolean emptyWithFalseRoot() {
        return size == 0 && !root.equals(MerkleHash.empty());
    }

    /**
     * Reads what a note claims, an empty tree with a false root included, for a witness, which answers that fault later than
     * other ones.
     */
    public static Checkpoint claimed(String text) throws Malformed {
        String[] lines = text.split("\n", -1);
        if (lines.length > 4) {
            throw new Malformed("checkpoint.extension");
        }
        if (lines.length != 4
                || !lines[3].isEmpty()
                || !NoteKey.wellNamed(lines[0])
                || !SIZE.matcher(lines[1]).matches()) {
            throw new Malformed("checkpoint.malformed");
        }
        byte[] root = Base64Text.parsePadded(lines[2]);
        if (root.length != Digest.LENGTH) {
            throw new Malformed("checkpoint.malformed");
        }
        return new Checkpoint(lines[0], Long.parseLong(lines[1]), Digest.ofBytes(root));
    }
}
