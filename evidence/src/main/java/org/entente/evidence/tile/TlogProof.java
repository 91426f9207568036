package org.entente.evidence.tile;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Base64Text;
import org.entente.evidence.canonical.Digest;
import org.entente.evidence.canonical.Malformed;
import org.entente.evidence.card.Ed25519PublicKey;
import org.entente.evidence.log.Checkpoint;
import org.entente.evidence.log.InclusionProof;
import org.entente.evidence.log.SignedCheckpoint;
import org.entente.evidence.log.SignedNote;

/**
 * A proof that something stands in a log, as one text that needs no network (C2SP tlog-proof): the index, the way to the
 * root, and the checkpoint with its cosignatures. What was read is a claim until {@link #verify} has answered.
 */
public final class TlogProof {
    /** Greatest length of the extra data in bytes; the specification has no bound. */
    public static final int EXTRA_BYTES_MAX = 1 << 16;

    /** Greatest number of hashes on the way to the root. */
    public static final int PATH_MAX = 63;

    /** Greatest length of the text in UTF-16 units. */
    public static final int LENGTH_MAX = SignedNote.LENGTH_MAX + (EXTRA_BYTES_MAX + 2) / 3 * 4 + PATH_MAX * 45 + 128;

    private static final String FIRST_LINE = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    private final byte[] extra;
    private final InclusionProof inclusion;
    private final Checkpoint claimed;
    private final String note;

    private TlogProof(byte[] extra, InclusionProof inclusion, Checkpoint claimed, String note) {
        this.extra = extra;
        this.inclusion = inclusion;
        this.claimed = claimed;
        this.note = note;
    }

    /** Puts a proof together for the tree of a checkpoint. */
    public static TlogProof of(InclusionProof inclusion, SignedCheckpoint checkpoint) {
        long size = checkpoint.checkpoint().size();
        long index = inclusion.index();
        if (index < 0 || index >= size || inclusion.path().size() != pathLength(index, size)) {
            throw new IllegalArgumentException("not a proof for a tree of " + size);
        }
        return new TlogProof(new byte[0], inclusion, checkpoint.checkpoint(), checkpoint.note());
    }

    /** The same proof with data beside it, which nothing authenticates. */
    public TlogProof withExtra(byte[] data) {
        if (data.length == 0 || data.length > EXTRA_BYTES_MAX) {
            throw new IllegalArgumentException(data.length + " bytes of extra data");
        }
        return new TlogProof(data.clone(), inclusion, claimed, note);
    }

    /**
     * Reads a proof; there is one text for each proof.
     *
     * @throws Malformed with {@code tlog-proof.too-large}, {@code .version}, {@code .checkpoint-missing},
     *     {@code .extra-malformed}, {@code .index-malformed}, {@code .path-too-long}, {@code .hash-malformed}, or what a
     *     signed note and a checkpoint are refused for
     */
    public static TlogProof parse(String text) throws Malformed {
        if (text.length() > LENGTH_MAX) {
            throw new Malformed("tlog-proof.too-large", Integer.toString(LENGTH_MAX));
        }
        if (!text.startsWith(FIRST_LINE + "\n")) {
            throw new Malformed("tlog-proof.version", FIRST_LINE);
        }
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw new Malformed("tlog-proof.checkpoint-missing");
        }
        Iterator<String> lines =
                List.of(text.substring(0, blank).split("\n", -1)).iterator();
        lines.next();
        String line = next(lines);
        byte[] extra = new byte[0];
        if (line.startsWith(EXTRA)) {
            extra = extra(line.substring(EXTRA.length()));
            line = next(lines);
        }
        if (!line.startsWith(INDEX)
                || !NUMBER.matcher(line.substring(INDEX.length())).matches()) {
            throw new Malformed("tlog-proof.index-malformed");
        }
        long index = Long.parseLong(line.substring(INDEX.length()));
        InclusionProof inclusion = new InclusionProof(index, path(lines));
        String note = text.substring(blank + 2);
        return new TlogProof(
                extra, inclusion, Checkpoint.parse(SignedNote.parse(note).text()), note);
    }

    /** The text that is stored and sent, as a file named {@code .tlog-proof}. */
    public String text() {
        StringBuilder text = new StringBuilder(FIRST_LINE).append('\n');
        if (extra.length > 0) {
            text.append(EXTRA).append(Base64Text.padded(extra)).append('\n');
        }
        text.append(INDEX).append(inclusion.index()).append('\n');
        inclusion
                .path()
                .forEach(hash -> text.append(Base64Text.padded(hash.bytes())).append('\n'));
        return text.append('\n').append(note).toString();
    }

    /**
     * Verifies that the log of that origin and key has the leaf at the index. Cosignatures are the caller's to judge, on
     * the checkpoint that is given back.
     *
     * @throws Malformed with what {@link SignedCheckpoint#open} refuses, then {@code tlog-proof.index-beyond},
     *     {@code tlog-proof.path-length} or {@code tlog-proof.not-included}
     */
    public SignedCheckpoint verify(Digest leafHash, String origin, Ed25519PublicKey logKey) throws Malformed {
        SignedCheckpoint signed = SignedCheckpoint.open(note, origin, logKey);
        long size = signed.checkpoint().size();
        long index = inclusion.index();
        if (index >= size) {
            throw new Malformed("tlog-proof.index-beyond", Long.toString(index), Long.toString(size));
        }
        int expected = pathLength(index, size);
        int found = inclusion.path().size();
        if (found != expected) {
            throw new Malformed("tlog-proof.path-length", Integer.toString(found), Integer.toString(expected));
        }
        if (!inclusion.verifies(leafHash, size, signed.checkpoint().root())) {
            throw new Malformed("tlog-proof.not-included", Long.toString(index), origin);
        }
        return signed;
    }

    /** Data beside the proof, which nothing authenticates. */
    public Optional<byte[]> extra() {
        return extra.length == 0 ? Optional.empty() : Optional.of(extra.clone());
    }

    public InclusionProof inclusion() {
        return inclusion;
    }

    /** What the checkpoint says of itself, unverified: its origin tells whose key to verify with. */
    public Checkpoint claimed() {
        return claimed;
    }

    /** How many hashes lead from a leaf to the root: one where it has a neighbour, none where it is carried up. */
    private static int pathLength(long index, long size) {
        int below = Long.SIZE - Long.numberOfLeadingZeros(index ^ (size - 1));
        return below + (below == Long.SIZE ? 0 : Long.bitCount(index >>> below));
    }

    private static String next(Iterator<String> lines) throws Malformed {
        if (!lines.hasNext()) {
            throw new Malformed("tlog-proof.index-malformed");
        }
        return lines.next();
    }

    private static byte[] extra(String text) throws Malformed {
        byte[] extra = bytes(text).orElse(new byte[0]);
        if (extra.length == 0 || extra.length > EXTRA_BYTES_MAX) {
            throw new Malformed("tlog-proof.extra-malformed", Integer.toString(EXTRA_BYTES_MAX));
        }
        return extra;
    }

    private static List<Digest> path(Iterator<String> lines) throws Malformed {
        List<Digest> path = new ArrayList<>();
        while (lines.hasNext()) {
            if (path.size() == PATH_MAX) {
                throw new Malformed("tlog-proof.path-too-long", Integer.toString(PATH_MAX));
            }
            String place = Integer.toString(path.size());
            path.add(bytes(lines.next())
                    .filter(hash -> hash.length == Digest.LENGTH)
                    .map(Digest::ofBytes)
                    .orElseThrow(() -> new Malformed("tlog-proof.hash-malformed", place)));
        }
        return path;
    }

    private static Optional<byte[]> bytes(String base64) {
        try {
            return Optional.of(Base64Text.parsePadded(base64));
        } catch (Malformed refused) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text();
    }
}
