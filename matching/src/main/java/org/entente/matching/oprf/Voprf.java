package org.entente.matching.oprf;

import java.security.SecureRandom;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;

/** RFC 9497 section 3.3.2: the verifiable mode, that of the probe. One proof covers a batch. */
public final class Voprf {
    /** Bytes of an output: 16 of them are the tag of an index entry, 8 the mask of its label. */
    public static final int OUTPUT_BYTES = Suite.OUTPUT_BYTES;
    /** Most elements in one batch. */
    public static final int BATCH_ELEMENTS_MAX = EqualLogarithms.BATCH_ELEMENTS_MAX;

    private static final Suite SUITE = new Suite(Mode.VOPRF);
    private static final EqualLogarithms PROOFS = new EqualLogarithms(SUITE);

    private Voprf() {}

    public static Scalar deriveSecretKey(byte[] seed, byte[] info) {
        return SUITE.deriveSecretKey(seed, info);
    }

    /** Each input hashed to the group and multiplied by the blind at its position. */
    public static Elements blind(InputBatch inputs, Scalars blinds) {
        return SUITE.hashToGroup(inputs).multiplyEach(blinds);
    }

    /** Evaluates a batch of 1 to 65,536 elements, none the identity, and proves it. */
    public static Evaluation blindEvaluate(EpochKey key, Elements blinded, SecureRandom random) {
        Scalar nonce = Scalar.random(random);
        try {
            return blindEvaluate(key, blinded, nonce);
        } finally {
            nonce.destroy();
        }
    }

    static Evaluation blindEvaluate(EpochKey key, Elements blinded, Scalar nonce) {
        if (blinded.containsIdentity()) {
            throw new IllegalArgumentException("the identity is not evaluated");
        }
        Elements evaluated = blinded.multiply(key.secret());
        Proof proof = PROOFS.prove(key.secret(), Element.generator(), key.publicKey(), blinded, evaluated, nonce);
        return new Evaluation(evaluated, proof);
    }

    /** Checks the proof of a batch against the public key that was announced. */
    public static ProofCheck verifyVarTime(Element publicKey, Elements blinded, Evaluation evaluation) {
        return Poprf.check(PROOFS, publicKey, blinded, evaluation.evaluated(), evaluation.proof(), false);
    }

    /** 64 bytes for each input, one after another. */
    public static byte[] finish(InputBatch inputs, Scalars blinds, ProofCheck.Proven proven) {
        return SUITE.finish(inputs, new byte[0], proven.evaluated().multiplyEach(blinds.invert()));
    }

    /** What {@link #finish} gives for the same inputs, by the holder of the key: no blinding, no proof. */
    public static byte[] evaluateOwn(EpochKey key, InputBatch inputs) {
        return SUITE.finish(inputs, new byte[0], SUITE.hashToGroup(inputs).multiply(key.secret()));
    }
}
