package org.entente.matching.index;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The tree of RFC 6962 section 2.1 over given leaf hashes: an inner node is SHA-256(0x01 ‖ left ‖ right), the left part holding the
 * greatest power of two below the count. Leaf hashes are made by the caller, with 0x00 in front.
 */
public final class MerkleTree {
    private final byte[] leaves;

    /** Over leaf hashes of 32 bytes each, at least one. */
    public MerkleTree(byte[] leaves) {
        if (leaves.length == 0 || leaves.length % Digest.BYTES != 0) {
            throw new IllegalArgumentException("leaf hashes have 32 bytes each");
        }
        this.leaves = leaves.clone();
    }

    public int count() {
        return leaves.length / Digest.BYTES;
    }

    public Digest root() {
        return Digest.of(root(0, count()));
    }

    private byte[] root(int from, int to) {
        if (to - from == 1) {
            return Arrays.copyOfRange(leaves, from * Digest.BYTES, to * Digest.BYTES);
        }
        int middle = from + Integer.highestOneBit(to - from - 1);
        return node(root(from, middle), root(middle, to));
    }

    /** The siblings from the leaf upwards. */
    public List<Digest> path(int position) {
        List<Digest> path = new ArrayList<>();
        int from = 0;
        int to = count();
        while (to - from > 1) {
            int middle = from + Integer.highestOneBit(to - from - 1);
            if (position < middle) {
                path.addFirst(Digest.of(root(middle, to)));
                to = middle;
            } else {
                path.addFirst(Digest.of(root(from, middle)));
                from = middle;
            }
        }
        return path;
    }

    /** The root that a leaf and its path lead to (RFC 9162 section 2.1.3.2); empty when the path does not fit the position. */
    public static Optional<Digest> rootFrom(Digest leaf, long position, long count, List<Digest> path) {
        if (position < 0 || position >= count) {
            return Optional.empty();
        }
        long at = position;
        long last = count - 1;
        byte[] hash = leaf.bytes();
        for (Digest sibling : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((at & 1) == 1 || at == last) {
                hash = node(sibling.bytes(), hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, sibling.bytes());
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(Digest.of(hash)) : Optional.empty();
    }

    static byte[] node(byte[] left, byte[] right) {
        MessageDigest sha = Digest.hash();
        sha.update((byte) 1);
        sha.update(left);
        sha.update(right);
        return sha.digest();
    }
}
