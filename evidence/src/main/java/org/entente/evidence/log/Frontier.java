package org.entente.evidence.log;

import java.util.ArrayList;
import java.util.List;
import org.entente.evidence.canonical.Digest;

/**
 * The right edge of a growing tree: the roots of its complete subtrees, largest first, one for each bit that is set in
 * the size. That is all that appending needs, so an append costs O(log n) hashes and no reading. Immutable: a
 * transaction that fails simply keeps the old one.
 */
public final class Frontier {
    private final long size;
    private final List<Digest> edge;

    private Frontier(long size, List<Digest> edge) {
        this.size = size;
        this.edge = List.copyOf(edge);
    }

    /** What an append gives: the new edge, and the hashes that it completed and that MUST be stored with it. */
    public record Appended(Frontier frontier, List<StoredHash> stored) {
        public Appended {
            stored = List.copyOf(stored);
        }
    }

    public static Frontier empty() {
        return new Frontier(0, List.of());
    }

    /** Reads the edge of a stored tree. */
    public static Frontier load(long size, HashReader hashes) {
        List<Digest> edge = new ArrayList<>();
        long start = 0;
        for (int level = 62; level >= 0; level--) {
            if ((size >>> level & 1) == 1) {
                edge.add(hashes.hash(level, start >>> level));
                start += 1L << level;
            }
        }
        return new Frontier(size, edge);
    }

    public Appended append(Digest leafHash) {
        List<Digest> next = new ArrayList<>(edge);
        List<StoredHash> stored = new ArrayList<>();
        Digest hash = leafHash;
        int level = 0;
        stored.add(new StoredHash(level, size, hash));
        while ((size >>> level & 1) == 1) {
            hash = MerkleHash.node(next.removeLast(), hash);
            level++;
            stored.add(new StoredHash(level, size >>> level, hash));
        }
        next.add(hash);
        return new Appended(new Frontier(size + 1, next), stored);
    }

    public long size() {
        return size;
    }

    /** The root of the whole tree. */
    public Digest root() {
        if (edge.isEmpty()) {
            return MerkleHash.empty();
        }
        Digest root = edge.getLast();
        for (int i = edge.size() - 2; i >= 0; i--) {
            root = MerkleHash.node(edge.get(i), root);
        }
        return root;
    }
}
