package org.entente.matching.index;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of the stored part of the RFC 6962 tree over the leaves of an index: level 0 holds the roots of pages of 256 leaves, each further level
 * the nodes above, a last node without a sibling passing up as it is, until the root. As a page is a complete subtree, or the last one,
 * these are nodes of the very tree that is defined over the leaves; what lies inside a page is computed again when it is wanted.
 */
final class LeafTree {
    static final int PAGE = IndexLayout.BLOCK_ENTRIES;

    private final List<Long> nodes = new ArrayList<>();

    LeafTree(long leaves) {
        long count = Math.ceilDiv(leaves, (long) PAGE);
        nodes.add(count);
        while (count > 1) {
            count = Math.ceilDiv(count, 2L);
            nodes.add(count);
        }
    }

    int levels() {
        return nodes.size();
    }

    long nodes(int level) {
        return nodes.get(level);
    }

    /** Where a node is stored, counted from the beginning of the tree. */
    long at(int level, long node) {
        long at = 0;
        for (int below = 0; below < level; below++) {
            at += nodes(below) * Digest.BYTES;
        }
        return at + node * Digest.BYTES;
    }

    long storedBytes() {
        return at(levels() - 1, 1);
    }

    /** The nodes above a level, computed from it. */
    static byte[] above(byte[] level) {
        int count = level.length / Digest.BYTES;
        byte[] above = new byte[Math.ceilDiv(count, 2) * Digest.BYTES];
        for (int n = 0; n < count; n += 2) {
            byte[] node = n + 1 < count ? MerkleTree.node(slice(level, n), slice(level, n + 1)) : slice(level, n);
            System.arraycopy(node, 0, above, n / 2 * Digest.BYTES, Digest.BYTES);
        }
        return above;
    }

    private static byte[] slice(byte[] nodes, int n) {
        return java.util.Arrays.copyOfRange(nodes, n * Digest.BYTES, (n + 1) * Digest.BYTES);
    }

    /** The siblings of a page from its own level upwards. */
    List<Digest> path(MemorySegment file, long treeAt, long page) {
        List<Digest> path = new ArrayList<>();
        long node = page;
        for (int level = 0; level < levels() - 1; level++) {
            if ((node ^ 1) < nodes(level)) {
                path.add(Digest.of(IndexLayout.getBytes(file, treeAt + at(level, node ^ 1), Digest.BYTES)));
            }
            node >>= 1;
        }
        return path;
    }
}
