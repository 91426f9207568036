package org.entente.evidence.log;

import java.util.List;
import java.util.Optional;
import org.entente.evidence.canonical.Digest;

/** Verification that a log only grew, or that it did not. */
public final class Consistency {
    private Consistency() {}

    /**
     * Verifies as RFC 9162 section 2.1.4.2 says that the second tree begins with the first. Between trees of one size the
     * proof must be empty and the roots equal. From the empty tree to a larger one there is nothing that a proof could
     * show (RFC 9162 demands 0 < first), so the answer is no.
     */
    public static boolean verifies(Checkpoint first, Checkpoint second, List<Digest> proof) {
        return verifies(first.size(), first.root(), second.size(), second.root(), proof);
    }

    static boolean verifies(long size1, Digest root1, long size2, Digest root2, List<Digest> proof) {
        if (size1 < 0 || size1 > size2) {
            return false;
        }
        if (size1 == size2) {
            return proof.isEmpty() && root1.equals(root2) && (size1 > 0 || root1.equals(MerkleHash.empty()));
        }
        if (size1 == 0) {
            return false;
        }
        // Step 2: when the first size is a power of two, its root is itself the first hash of the path.
        int from = Long.bitCount(size1) == 1 ? 0 : 1;
        if (proof.size() < from || proof.isEmpty()) {
            return false;
        }
        Digest start = from == 0 ? root1 : proof.getFirst();
        return climb(size1, size2, start, proof.subList(from, proof.size()))
                .filter(roots -> roots.first.equals(root1) && roots.second.equals(root2))
                .isPresent();
    }

    /**
     * Says whether a path refutes that the second tree begins with the first: it leads to the second tree's root, and to
     * another one than the first's. The path is that of RFC 9162 section 2.1.4.1, save that the hash it starts from is
     * always its first element, also when the first size is a power of two.
     *
     * <p>Whoever holds the second root's preimages can make such a path, and nobody else: the hashes that lead to the
     * second root are, as SHA-256 has no known collisions, the only ones of that tree, so its first leaves have one root,
     * and the path shows it.
     */
    public static boolean refutes(Checkpoint first, Checkpoint second, List<Digest> path) {
        return 0 < first.size()
                && first.size() < second.size()
                && !path.isEmpty()
                && climb(first.size(), second.size(), path.getFirst(), path.subList(1, path.size()))
                        .filter(roots -> roots.second.equals(second.root()) && !roots.first.equals(first.root()))
                        .isPresent();
    }

    /** The roots of both trees to which a path leads. */
    private record Roots(Digest first, Digest second) {}

    /** Climbs from the hash at which both trees part, for 0 < size1 < size2; empty for a path of another length. */
    private static Optional<Roots> climb(long size1, long size2, Digest start, List<Digest> path) {
        Digest hash1 = start;
        Digest hash2 = start;
        // Step 3 and 4.
        int trailing = Long.numberOfTrailingZeros(size1);
        long place = (size1 - 1) >>> trailing;
        long last = (size2 - 1) >>> trailing;
        // Step 5.
        for (Digest sibling : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((place & 1) == 1 || place == last) {
                hash1 = MerkleHash.node(sibling, hash1);
                hash2 = MerkleHash.node(sibling, hash2);
                while ((place & 1) == 0 && place != 0) {
                    place >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash2 = MerkleHash.node(hash2, sibling);
            }
            place >>>= 1;
            last >>>= 1;
        }
        // Step 6.
        return last == 0 ? Optional.of(new Roots(hash1, hash2)) : Optional.empty();
    }
}
