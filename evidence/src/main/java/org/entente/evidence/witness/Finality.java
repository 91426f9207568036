package org.entente.evidence.witness;

import java.time.Instant;
import java.util.List;
import org.entente.evidence.canonical.Problem;

/** Whether a checkpoint is final under a {@link TrustPolicy}. */
public sealed interface Finality {
    /** A witness of the policy whose cosignature holds. */
    record Seen(String witness, Instant at) {}

    /** The quorum is met; with the witnesses in the policy's order, those beyond the quorum included. */
    record Final(List<Seen> witnesses) implements Finality {
        public Final {
            witnesses = List.copyOf(witnesses);
        }
    }

    /** Every signature holds, and the quorum is not met yet. */
    record Waiting(List<Seen> witnesses) implements Finality {
        public Waiting {
            witnesses = List.copyOf(witnesses);
        }
    }

    /** Not a checkpoint of a log of the policy, or a signature in a known key's name does not hold. */
    record Refused(Problem problem) implements Finality {}
}
