package org.entente.matching.probe;

import java.security.SecureRandom;
import org.entente.matching.group.Elements;
import org.entente.matching.index.Digest;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.oprf.Evaluation;
import org.entente.matching.oprf.Voprf;

/** A batch that was charged: the only thing that can be evaluated. */
public final class ChargedBatch implements ChargeCheck {
    private final Elements blinded;
    private final Digest digest;

    ChargedBatch(Elements blinded, Digest digest) {
        this.blinded = blinded;
        this.digest = digest;
    }

    /**
     * Evaluates and proves.
     *
     * @param ask digest of the signed statement that asked
     * @return the answer, see {@link ProbeAnswer}
     */
    public byte[] evaluate(EpochKey key, Digest ask, SecureRandom random) {
        Evaluation evaluation = Voprf.blindEvaluate(key, blinded, random);
        byte[] unsealed = ProbeAnswer.unsealed(digest, key.publicKey(), ask, evaluation);
        Evaluation seal = Voprf.blindEvaluate(key, ProbeAnswer.sealElement(unsealed), random);
        return ProbeAnswer.sealed(unsealed, seal);
    }
}
