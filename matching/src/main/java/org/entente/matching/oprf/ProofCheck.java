package org.entente.matching.oprf;

import org.entente.matching.group.Elements;

/** What the querier knows after it has checked a proof. */
public sealed interface ProofCheck {

    /** The evaluated elements come from the key of the public key, each at its place. Made by the check alone. */
    final class Proven implements ProofCheck {
        private final Elements evaluated;

        Proven(Elements evaluated) {
            this.evaluated = evaluated;
        }

        public Elements evaluated() {
            return evaluated;
        }
    }

    /** The evaluation is not to be used. */
    record Refused(Reason reason) implements ProofCheck {}

    /** Why an evaluation is not to be used. */
    enum Reason {
        /** The numbers of blinded and evaluated elements differ, or there are none, or more than 65,536. */
        COUNT,
        /** The identity among the elements, or as public key. */
        IDENTITY,
        /** Another key, another batch, another order, or another proof. */
        PROOF
    }
}
