package org.entente.evidence.log;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;

/**
 * A tree over stored hashes, seen at any size up to the stored one: roots, inclusion and consistency proofs as RFC 6962
 * sections 2.1.1 and 2.1.2 define them. Each costs O(log² n) hashes at most.
 *
 * @param hashes the stored hashes of the complete subtrees
 */
public record MerkleTree(HashReader hashes) {
    /** The root of the first {@code size} leaves. */
    public Digest root(long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a negative size");
        }
        return size == 0 ? MerkleHash.empty() : range(0, size);
    }

    /** The proof that the leaf at {@code index} is in the tree of {@code size} leaves, from the leaf's sibling upwards. */
    public InclusionProof inclusion(long index, long size) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("no leaf " + index + " among " + size);
        }
        List<Digest> path = new ArrayList<>();
        long start = 0;
        long end = size;
        while (end - start > 1) {
            long middle = start + split(end - start);
            if (index < middle) {
                path.add(range(middle, end));
                end = middle;
            } else {
                path.add(range(start, middle));
                start = middle;
            }
        }
        return new InclusionProof(index, path.reversed());
    }

    /** The proof that the tree of {@code second} leaves begins with the tree of {@code first} leaves, for 0 < first. */
    public List<Digest> consistency(long first, long second) {
        if (first <= 0 || first > second) {
            throw new IllegalArgumentException("no proof from " + first + " to " + second);
        }
        List<Digest> path = new ArrayList<>();
        long start = 0;
        long end = second;
        boolean known = true;
        while (first < end) {
            long middle = start + split(end - start);
            if (first <= middle) {
                path.add(range(middle, end));
                end = middle;
            } else {
                path.add(range(start, middle));
                start = middle;
                known = false;
            }
        }
        if (!known) {
            path.add(range(start, end));
        }
        return path.reversed();
    }

    /** The hash of the leaves from start to end, where start is a multiple of a power of two that is not below the length. */
    private Digest range(long start, long end) {
        long length = end - start;
        if (Long.bitCount(length) == 1) {
            int level = Long.numberOfTrailingZeros(length);
            return hashes.hash(level, start >>> level);
        }
        long middle = start + split(length);
        return MerkleHash.node(range(start, middle), range(middle, end));
    }

    /** The largest power of two below the length. */
    private static long split(long length) {
        return Long.highestOneBit(length - 1);
    }
}
