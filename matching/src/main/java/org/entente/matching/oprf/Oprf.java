package org.entente.matching.oprf;

import org.entente.matching.group.Elements;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;

/** RFC 9497 section 3.3.1: the base mode, in which the querier cannot tell which key was used. */
public final class Oprf {
    private static final Suite SUITE = new Suite(Mode.OPRF);

    private Oprf() {}

    public static Scalar deriveSecretKey(byte[] seed, byte[] info) {
        return SUITE.deriveSecretKey(seed, info);
    }

    public static Elements blind(InputBatch inputs, Scalars blinds) {
        return SUITE.hashToGroup(inputs).multiplyEach(blinds);
    }

    public static Elements blindEvaluate(Scalar secretKey, Elements blinded) {
        return blinded.multiply(secretKey);
    }

    /** 64 bytes for each input, one after another. */
    public static byte[] finish(InputBatch inputs, Scalars blinds, Elements evaluated) {
        return SUITE.finish(inputs, new byte[0], evaluated.multiplyEach(blinds.invert()));
    }

    /** What {@link #finish} gives for the same inputs, by the holder of the key. */
    public static byte[] evaluateOwn(Scalar secretKey, InputBatch inputs) {
        return SUITE.finish(inputs, new byte[0], SUITE.hashToGroup(inputs).multiply(secretKey));
    }
}
