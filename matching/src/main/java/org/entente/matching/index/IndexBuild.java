package org.entente.matching.index;

/** How the building of an index in memory ended. */
public sealed interface IndexBuild permits BuiltIndex, IndexRefusal {

    /** Told after each stretch of records. */
    interface Progress {
        void evaluated(long done, long total);
    }
}
