package org.entente.verification.bench;

import java.util.List;

/** The bars for two lists of 2^20 identifiers: processor time of both parties, whether it was measured whole or summed up from the steps. */
final class ListBars {
    private static final String ONE = "list-2-20-one-direction";
    private static final String BOTH = "list-2-20-both-directions";
    private static final Bar.Goal ONE_GOAL = new Bar.Goal(60, "s", Bar.Better.LOWER);
    private static final Bar.Goal BOTH_GOAL = new Bar.Goal(120, "s", Bar.Better.LOWER);

    private ListBars() {}

    static Bar oneDirection(double seconds, boolean scaled) {
        return Bar.measured(ONE, seconds, ONE_GOAL, scaled);
    }

    static Bar bothDirections(double seconds, boolean scaled) {
        return Bar.measured(BOTH, seconds, BOTH_GOAL, scaled);
    }

    static List<Bar> unmeasured(String reason) {
        return List.of(Bar.unmeasured(ONE, ONE_GOAL, reason), Bar.unmeasured(BOTH, BOTH_GOAL, reason));
    }
}
