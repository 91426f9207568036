package org.entente.evidence.log;

import org.entente.evidence.canonical.Digest;

/**
 * The stored hashes of complete subtrees, which the caller keeps. The hash at (level, index) is that of the 2^level leaves
 * from index · 2^level on; level 0 holds the leaf hashes.
 */
@FunctionalInterface
public interface HashReader {
    /** Reads a hash that {@link Frontier#append} gave out to be stored; it MUST exist. */
    Digest hash(int level, long index);
}
