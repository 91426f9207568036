package org.entente.evidence.log;

import java.util.List;
import org.entente.evidence.canonical.Digest;

/**
 * Where a leaf stands, and the hashes that lead from it to the root.
 *
 * @param index the leaf's place, from 0
 * @param path sibling hashes from the leaf upwards, at most 63
 */
public record InclusionProof(long index, List<Digest> path) {
    public InclusionProof {
        path = List.copyOf(path);
    }

    /** Verifies as RFC 9162 section 2.1.3.2 says: the leaf hash is at this index of the tree of that size and root. */
    public boolean verifies(Digest leafHash, long size, Digest root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long place = index;
        long last = size - 1;
        Digest hash = leafHash;
        for (Digest sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                hash = MerkleHash.node(sibling, hash);
                while ((place & 1) == 0 && place != 0) {
                    place >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = MerkleHash.node(hash, sibling);
            }
            place >>>= 1;
            last >>>= 1;
        }
        return last == 0 && hash.equals(root);
    }
}
