package org.entente.matching.index;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Checks blocks of an index against its header when they are first wanted. What was found sound is remembered, one bit for each block; two threads
 * that check the same block at once do it twice and agree. A file that its owner cannot keep from being written by others
 * afterwards is not protected.
 */
final class BlockCheck {
    private final MemorySegment file;
    private final BlockTree tree;
    private final AtomicLongArray[] sound;

    BlockCheck(MemorySegment file, BlockTree tree) {
        this.file = file;
        this.tree = tree;
        this.sound = new AtomicLongArray[tree.levels()];
        for (int level = 0; level < sound.length; level++) {
            sound[level] = new AtomicLongArray(Math.toIntExact(Math.ceilDiv(tree.blocks(level), 64L)));
        }
    }

    /** Requires that the bytes from one place of the body to another are those that the root was made of. */
    void requireBytes(long from, long to) throws DamagedIndex {
        for (long block = from / IndexLayout.BLOCK_BYTES; block * IndexLayout.BLOCK_BYTES < to; block++) {
            require(0, block);
        }
    }

    private void require(int level, long block) throws DamagedIndex {
        int word = (int) (block >>> 6);
        long bit = 1L << (block & 63);
        if ((sound[level].get(word) & bit) != 0) {
            return;
        }
        if (!Arrays.equals(computed(level, block), stored(level, block))) {
            throw new DamagedIndex(DamagedIndex.Reason.CHECKSUM);
        }
        if (level < tree.levels() - 1) {
            require(level + 1, block / BlockTree.BRANCHES);
        }
        sound[level].accumulateAndGet(word, bit, (one, other) -> one | other);
    }

    private byte[] computed(int level, long block) {
        int length = tree.length(level, block);
        byte[] bytes = IndexLayout.getBytes(file, IndexLayout.HEADER_BYTES + tree.at(level, block), length);
        return BlockTree.digest(Digest.hash(), level, block, bytes, 0, length);
    }

    private byte[] stored(int level, long block) {
        long at = level == tree.levels() - 1
                ? IndexLayout.TOP_DIGEST_AT
                : IndexLayout.HEADER_BYTES + tree.digestAt(level, block);
        return IndexLayout.getBytes(file, at, Digest.BYTES);
    }
}
