package org.entente.matching.probe;

import java.util.List;

/** How a probe ended for the querier. */
public sealed interface ProbeResult {

    /**
     * One finding for each input, in the order of the inputs.
     *
     * @param evaluated the inputs in the same order, to be looked up again in later generations
     */
    record Found(List<ProbeFinding> findings, List<Evaluated> evaluated) implements ProbeResult {
        public Found {
            findings = List.copyOf(findings);
            evaluated = List.copyOf(evaluated);
        }
    }

    /** Nothing of the answer was used. */
    record AnswerRefused(AnswerRefusal reason) implements ProbeResult {}
}
