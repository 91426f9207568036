package org.entente.matching.probe;

import java.util.List;

/** How a probe ended for the querier. */
public sealed interface ProbeResult {

    /** One finding for each input, in the order of the inputs. */
    record Found(List<ProbeFinding> findings) implements ProbeResult {
        public Found {
            findings = List.copyOf(findings);
        }
    }

    /** Nothing of the answer was used. */
    record AnswerRefused(AnswerRefusal reason) implements ProbeResult {}
}
