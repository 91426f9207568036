package org.entente.matching.index;

/** Told how far a build has come, by any thread. */
public interface BuildListener {
    /** The steps of a build, in their order. */
    enum Stage {
        /** Records are hashed, multiplied and put into runs; nearly all of the time. */
        EVALUATE,
        /** Slices of the runs are sorted, first to count, then to write. */
        SORT,
        /** Blocks are hashed into the trees. */
        SEAL
    }

    /**
     * Told after each part.
     *
     * @param done records, slices or blocks
     * @param total of how many; 0 while records still come in and nobody knows
     */
    void at(Stage stage, long done, long total);
}
