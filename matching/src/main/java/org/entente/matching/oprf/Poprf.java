package org.entente.matching.oprf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;

/** RFC 9497 section 3.3.3: the verifiable mode in which a public value {@code info} is part of the function. */
public final class Poprf {
    private static final Suite SUITE = new Suite(Mode.POPRF);
    private static final EqualLogarithms PROOFS = new EqualLogarithms(SUITE);

    private Poprf() {}

    public static Scalar deriveSecretKey(byte[] seed, byte[] info) {
        return SUITE.deriveSecretKey(seed, info);
    }

    public static Elements blind(InputBatch inputs, Scalars blinds) {
        return SUITE.hashToGroup(inputs).multiplyEach(blinds);
    }

    public static Evaluation blindEvaluate(EpochKey key, Elements blinded, byte[] info, SecureRandom random) {
        Scalar nonce = Scalar.random(random);
        try {
            return blindEvaluate(key, blinded, info, nonce);
        } finally {
            nonce.destroy();
        }
    }

    static Evaluation blindEvaluate(EpochKey key, Elements blinded, byte[] info, Scalar nonce) {
        if (blinded.containsIdentity()) {
            throw new IllegalArgumentException("the identity is not evaluated");
        }
        Scalar tweaked = key.secret().add(tweak(info));
        Elements evaluated = blinded.multiply(tweaked.invert());
        Element tweakedPublic = Element.multiplyGenerator(tweaked);
        // The roles of blinded and evaluated are exchanged: tweaked · evaluated = blinded.
        Proof proof = PROOFS.prove(tweaked, Element.generator(), tweakedPublic, evaluated, blinded, nonce);
        tweaked.destroy();
        return new Evaluation(evaluated, proof);
    }

    public static ProofCheck verifyVarTime(Element publicKey, Elements blinded, Evaluation evaluation, byte[] info) {
        Element tweakedPublic = Element.multiplyGenerator(tweak(info)).add(publicKey);
        return check(PROOFS, tweakedPublic, blinded, evaluation.evaluated(), evaluation.proof(), true);
    }

    /** Both verifiable modes: the identity and unequal counts are refused before the proof is looked at. */
    static ProofCheck check(
            EqualLogarithms proofs,
            Element publicKey,
            Elements blinded,
            Elements evaluated,
            Proof proof,
            boolean exchanged) {
        int count = blinded.count();
        if (count == 0 || count > EqualLogarithms.BATCH_ELEMENTS_MAX || evaluated.count() != count) {
            return new ProofCheck.Refused(ProofCheck.Reason.COUNT);
        }
        if (publicKey.isIdentity() || blinded.containsIdentity() || evaluated.containsIdentity()) {
            return new ProofCheck.Refused(ProofCheck.Reason.IDENTITY);
        }
        Elements c = exchanged ? evaluated : blinded;
        Elements d = exchanged ? blinded : evaluated;
        return proofs.holdsVarTime(Element.generator(), publicKey, c, d, proof)
                ? new ProofCheck.Proven(evaluated)
                : new ProofCheck.Refused(ProofCheck.Reason.PROOF);
    }

    /** 64 bytes for each input, one after another. */
    public static byte[] finish(InputBatch inputs, Scalars blinds, ProofCheck.Proven proven, byte[] info) {
        return SUITE.finish(inputs, prefixed(info), proven.evaluated().multiplyEach(blinds.invert()));
    }

    public static byte[] evaluateOwn(EpochKey key, InputBatch inputs, byte[] info) {
        Scalar tweaked = key.secret().add(tweak(info));
        return SUITE.finish(inputs, prefixed(info), SUITE.hashToGroup(inputs).multiply(tweaked.invert()));
    }

    private static Scalar tweak(byte[] info) {
        ByteArrayOutputStream framed = new ByteArrayOutputStream();
        framed.writeBytes("Info".getBytes(US_ASCII));
        framed.writeBytes(prefixed(info));
        return SUITE.hashToScalar(framed.toByteArray());
    }

    private static byte[] prefixed(byte[] info) {
        if (info.length > InputBatch.INPUT_BYTES_MAX) {
            throw new IllegalArgumentException("the public value has at most 65535 bytes");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Suite.putPrefixed(out, info);
        return out.toByteArray();
    }
}
