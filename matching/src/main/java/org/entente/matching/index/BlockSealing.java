package org.entente.matching.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** Hashes blocks and pages of files whose entries are written, one after another, for one thread. */
final class BlockSealing {
    private final long[] fence;
    private final SaltKey.Salter salter;
    private final StoredBytes shared;
    private final StoredBytes own;
    private final MessageDigest sha = Digest.hash();
    private int bucket;

    BlockSealing(long[] fence, SaltKey.Salter salter, StoredBytes shared, StoredBytes own) {
        this.fence = fence;
        this.salter = salter;
        this.shared = shared;
        this.own = own;
    }

    byte[] blockDigest(BlockTree blocks, long block) throws IOException {
        int length = blocks.length(0, block);
        byte[] bytes = shared.read(IndexLayout.HEADER_BYTES + blocks.at(0, block), length);
        return BlockTree.digest(sha, 0, block, bytes, 0, length);
    }

    /** The root over the leaves of a page; pages are asked for in ascending order. */
    byte[] pageRoot(long page) throws IOException {
        return new MerkleTree(leaves(page)).root().bytes();
    }

    /** The leaves of a page, 32 bytes each. */
    byte[] leaves(long page) throws IOException {
        long entries = fence[IndexLayout.BUCKETS - 1];
        long first = page * LeafTree.PAGE;
        int count = (int) Math.min(LeafTree.PAGE, entries - first);
        byte[] stored = shared.read(IndexLayout.entryAt(first), count * IndexLayout.ENTRY_BYTES);
        long from = first == 0
                ? 0
                : ByteBuffer.wrap(own.read(OwnLayout.endAt(first - 1), 8)).getLong();
        ByteBuffer ends = ByteBuffer.wrap(own.read(OwnLayout.endAt(first), count * 8));
        byte[] ids = own.read(OwnLayout.idsAt(entries) + from, Math.toIntExact(ends.getLong((count - 1) * 8) - from));
        byte[] leaves = new byte[count * Digest.BYTES];
        int start = 0;
        for (int n = 0; n < count; n++) {
            while (fence[bucket] <= first + n) {
                bucket++;
            }
            int end = Math.toIntExact(ends.getLong(n * 8) - from);
            byte[] entry = IndexLayout.fullEntry(bucket, stored, n * IndexLayout.ENTRY_BYTES);
            System.arraycopy(salter.leaf(entry, ids, start, end - start), 0, leaves, n * Digest.BYTES, Digest.BYTES);
            start = end;
        }
        return leaves;
    }
}
