package org.entente.evidence.log;

import java.util.List;
import org.entente.evidence.canonical.Digest;

/** Verification that a log only grew. */
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
        Digest hash1 = from == 0 ? root1 : proof.getFirst();
        Digest hash2 = hash1;
        // Step 3 and 4.
        int trailing = Long.numberOfTrailingZeros(size1);
        long place = (size1 - 1) >>> trailing;
        long last = (size2 - 1) >>> trailing;
        // Step 5.
        for (Digest sibling : proof.subList(from, proof.size())) {
            if (last == 0) {
                return false;
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
        return last == 0 && hash1.equals(root1) && hash2.equals(root2);
    }
}
