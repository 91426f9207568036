package org.entente.evidence.log;

import java.nio.charset.StandardCharsets;
import org.entente.evidence.canonical.Digest;

/** The hashes of a Merkle tree as RFC 6962 section 2.1 defines them, and the leaf that stands for a statement. */
public final class MerkleHash {
    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};
    private static final byte[] ENTRY = "entente-log-entry/1\n".getBytes(StandardCharsets.US_ASCII);

    private MerkleHash() {}

    /** The root of the tree without leaves. */
    public static Digest empty() {
        return Digest.of();
    }

    public static Digest leaf(byte[] entry) {
        return Digest.of(LEAF, entry);
    }

    public static Digest node(Digest left, Digest right) {
        return Digest.of(NODE, left.bytes(), right.bytes());
    }

    /**
     * The log entry of a statement: the ASCII text {@code entente-log-entry/1}, a line feed, and the 32 bytes of the
     * statement's id. So a log tells that something was said, and never what.
     */
    public static byte[] entry(Digest statementId) {
        byte[] entry = new byte[ENTRY.length + Digest.LENGTH];
        System.arraycopy(ENTRY, 0, entry, 0, ENTRY.length);
        System.arraycopy(statementId.bytes(), 0, entry, ENTRY.length, Digest.LENGTH);
        return entry;
    }

    /** The leaf hash of a statement's log entry. */
    public static Digest statementLeaf(Digest statementId) {
        return leaf(entry(statementId));
    }
}
