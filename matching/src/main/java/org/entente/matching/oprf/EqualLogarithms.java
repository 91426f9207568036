package org.entente.matching.oprf;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;

/**
 * The batched proof of RFC 9497 section 2.2: log_A(B) = log_C[i](D[i]) for every i at once. Everything but the key and the
 * nonce is public, so the weighted sums are taken in variable time.
 */
final class EqualLogarithms {
    /** The number of an element in a batch has two bytes in the transcript. */
    static final int BATCH_ELEMENTS_MAX = 65_536;

    private final Suite suite;

    EqualLogarithms(Suite suite) {
        this.suite = suite;
    }

    /** GenerateProof; {@code nonce} is fresh, uniform and never used again: who knows it knows the key. */
    Proof prove(Scalar key, Element a, Element b, Elements c, Elements d, Scalar nonce) {
        Element m = c.sumOfProductsVarTime(weights(b, c, d));
        Element z = m.multiply(key);
        Element t2 = a.multiply(nonce);
        Element t3 = m.multiply(nonce);
        Scalar challenge = challenge(b, m, z, t2, t3);
        return new Proof(challenge, nonce.subtract(challenge.multiply(key)));
    }

    /** VerifyProof. */
    boolean holdsVarTime(Element a, Element b, Elements c, Elements d, Proof proof) {
        if (c.count() != d.count()) {
            return false;
        }
        Scalars weights = weights(b, c, d);
        Element m = c.sumOfProductsVarTime(weights);
        Element z = d.sumOfProductsVarTime(weights);
        Element t2 = a.sumOfProductsVarTime(proof.response(), b, proof.challenge());
        Element t3 = m.sumOfProductsVarTime(proof.response(), z, proof.challenge());
        return challenge(b, m, z, t2, t3).equals(proof.challenge());
    }

    /** The d_i of ComputeComposites. */
    private Scalars weights(Element b, Elements c, Elements d) {
        int count = c.count();
        if (count == 0 || count > BATCH_ELEMENTS_MAX) {
            throw new IllegalArgumentException("a batch has 1 to 65536 elements, not " + count);
        }
        ByteArrayOutputStream transcript = new ByteArrayOutputStream();
        Suite.putPrefixed(transcript, b.encode());
        Suite.putPrefixed(transcript, suite.seedTag());
        byte[] seed = Suite.sha512().digest(transcript.toByteArray());

        byte[] left = c.encode();
        byte[] right = d.encode();
        ByteArrayOutputStream all = new ByteArrayOutputStream(count * 160);
        int[] ends = new int[count];
        byte[] composite = "Composite".getBytes(US_ASCII);
        for (int n = 0; n < count; n++) {
            Suite.putPrefixed(all, seed);
            all.write(n >> 8);
            all.write(n);
            Suite.putPrefixed(all, Arrays.copyOfRange(left, n * Element.BYTES, (n + 1) * Element.BYTES));
            Suite.putPrefixed(all, Arrays.copyOfRange(right, n * Element.BYTES, (n + 1) * Element.BYTES));
            all.writeBytes(composite);
            ends[n] = all.size();
        }
        return suite.hashToScalars(InputBatch.packed(all.toByteArray(), ends));
    }

    private Scalar challenge(Element b, Element m, Element z, Element t2, Element t3) {
        ByteArrayOutputStream transcript = new ByteArrayOutputStream();
        for (Element element : new Element[] {b, m, z, t2, t3}) {
            Suite.putPrefixed(transcript, element.encode());
        }
        transcript.writeBytes("Challenge".getBytes(US_ASCII));
        return suite.hashToScalar(transcript.toByteArray());
    }
}
