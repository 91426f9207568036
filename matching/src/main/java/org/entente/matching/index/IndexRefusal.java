package org.entente.matching.index;

/** Why there is no index; nothing of it can be served. */
public sealed interface IndexRefusal extends IndexBuild, StreamedBuild.Outcome {

    /** Fewer distinct identifiers than the plan wants. */
    record BelowMinimum(long identifiers, long minimum) implements IndexRefusal {}

    /** More records than can be opened share one identifier, which is no identifier then. */
    record TooManyRecords(int maximum) implements IndexRefusal {}
}
