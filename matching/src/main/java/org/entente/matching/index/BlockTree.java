package org.entente.matching.index;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The shape of the tree of digests over a body of bytes: level 0 is the body in blocks of {@value IndexLayout#BLOCK_BYTES} bytes, each
 * further level the digests of the one below in blocks of 256 digests, until one digest is left, the top. All levels of digests but the top are
 * stored, lowest first. digest = SHA-256(0x03 ‖ level (1) ‖ number of the block (8) ‖ the block).
 *
 * <p>With 256 branches a tree over 10^9 entries is four levels high, costs 0.13 bytes an entry, and a block is checked up to the top
 * by hashing less than 32 KiB, of which the upper parts are shared by all blocks and hashed once.
 */
final class BlockTree {
    static final int BRANCHES = 256;

    private final long bodyBytes;
    /** Number of blocks in each level; the last has one. */
    private final List<Long> blocks = new ArrayList<>();

    BlockTree(long bodyBytes) {
        if (bodyBytes < 1) {
            throw new IllegalArgumentException("a body has bytes");
        }
        this.bodyBytes = bodyBytes;
        long count = Math.ceilDiv(bodyBytes, (long) IndexLayout.BLOCK_BYTES);
        blocks.add(count);
        while (count > 1) {
            count = Math.ceilDiv(count, (long) BRANCHES);
            blocks.add(count);
        }
    }

    int levels() {
        return blocks.size();
    }

    long blocks(int level) {
        return blocks.get(level);
    }

    /** Where a block begins, counted from the beginning of the body. */
    long at(int level, long block) {
        return level == 0 ? block * IndexLayout.BLOCK_BYTES : digestAt(level - 1, block * BRANCHES);
    }

    int length(int level, long block) {
        return level == 0
                ? (int) Math.min(IndexLayout.BLOCK_BYTES, bodyBytes - at(0, block))
                : (int) Math.min(BRANCHES, blocks(level - 1) - block * BRANCHES) * Digest.BYTES;
    }

    /** Where the digest of a block is stored, counted from the beginning of the body; the top is not. */
    long digestAt(int level, long block) {
        long at = bodyBytes;
        for (int below = 0; below < level; below++) {
            at += blocks(below) * Digest.BYTES;
        }
        return at + block * Digest.BYTES;
    }

    long storedBytes() {
        return digestAt(levels() - 1, 0) - bodyBytes;
    }

    static byte[] digest(MessageDigest sha, int level, long block, byte[] bytes, int offset, int length) {
        sha.update((byte) 3);
        sha.update((byte) level);
        for (int shift = 56; shift >= 0; shift -= 8) {
            sha.update((byte) (block >>> shift));
        }
        sha.update(bytes, offset, length);
        return sha.digest();
    }
}
