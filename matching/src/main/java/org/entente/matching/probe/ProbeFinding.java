package org.entente.matching.probe;

import org.entente.matching.index.IndexSeries;
import org.entente.matching.index.Label;
import org.entente.matching.index.MatchInput;

/** What the index says of one input. A hit is a lead and never a ground. */
public sealed interface ProbeFinding {
    MatchInput input();

    /** The identifier is in the index; a request names {@code place} and its tag, and is answered by opening that entry. */
    record Hit(MatchInput input, Label label, IndexSeries.Place place) implements ProbeFinding {}

    /** The identifier is in the index under eight bytes that are no label: the responder built it wrongly. */
    record Unreadable(MatchInput input, IndexSeries.Place place) implements ProbeFinding {}

    /** The identifier is not in the index. */
    record NoHit(MatchInput input) implements ProbeFinding {}
}
