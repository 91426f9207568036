package org.entente.matching.index;

/** How the building of an index ended. */
public sealed interface IndexBuild permits BuiltIndex, IndexBuild.BelowMinimum {

    /** Nothing was written: fewer distinct identifiers than the plan wants. */
    record BelowMinimum(int identifiers, int minimum) implements IndexBuild {}

    /** Told after each batch. */
    interface Progress {
        void evaluated(long done, long total);
    }
}
