package org.entente.verification.bench;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.EncodingRefused;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;
import org.entente.matching.oprf.EpochKey;
import org.entente.matching.oprf.Evaluation;
import org.entente.matching.oprf.InputBatch;
import org.entente.matching.oprf.ProofCheck;
import org.entente.matching.oprf.Voprf;

/** The steps of the matching protocol on one batch of inputs, each as it is measured. */
final class MatchingSteps {
    private final SecureRandom random;
    private final InputBatch inputs;
    private final byte[] uniform;
    private final EpochKey key;
    private final Scalar shared;
    private final Scalars blinds;
    private final byte[] encodings;
    private final Elements blinded;
    private final byte[] blindedBytes;
    private final Evaluation evaluation;
    private final ProofCheck.Proven proven;

    MatchingSteps(int count, SecureRandom random) {
        this.random = random;
        List<byte[]> identifiers = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            byte[] identifier = new byte[24];
            random.nextBytes(identifier);
            identifiers.add(identifier);
        }
        inputs = InputBatch.of(identifiers);
        uniform = new byte[count * Element.UNIFORM_BYTES];
        random.nextBytes(uniform);
        key = EpochKey.generate(random);
        shared = Scalar.random(random);
        blinds = Scalars.random(count, random);
        encodings = Elements.hashToGroup(uniform).encode();
        blinded = Voprf.blind(inputs, blinds);
        blindedBytes = blinded.encode();
        evaluation = Voprf.blindEvaluate(key, blinded, random);
        proven = proven(evaluation);
    }

    private ProofCheck.Proven proven(Evaluation answer) {
        return switch (Voprf.verifyVarTime(key.publicKey(), blinded, answer)) {
            case ProofCheck.Proven good -> good;
            case ProofCheck.Refused bad -> throw new IllegalStateException("refused: " + bad.reason());
        };
    }

    private static Elements decoded(byte[] bytes) {
        try {
            return Elements.decode(bytes);
        } catch (EncodingRefused refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Hands each step, by its name, to whoever runs it. */
    void all(Function<String, Consumer<Runnable>> runner) {
        runner.apply("scalar multiplication, shared")
                .accept(() -> decoded(encodings).multiply(shared).encode());
        runner.apply("scalar multiplication, each its own")
                .accept(() -> decoded(encodings).multiplyEach(blinds).encode());
        runner.apply("hash to group").accept(() -> Elements.hashToGroup(uniform));
        runner.apply("decode").accept(() -> decoded(blindedBytes));
        runner.apply("index entry").accept(this::entries);
        Elements[] fresh = new Elements[1];
        runner.apply("blind").accept(() -> fresh[0] = Voprf.blind(inputs, blinds));
        runner.apply("encode").accept(() -> fresh[0].encode());
        runner.apply("evaluate and prove").accept(() -> Voprf.blindEvaluate(key, blinded, random));
        runner.apply("verify").accept(() -> proven(evaluation));
        runner.apply("finish").accept(() -> Voprf.finish(inputs, blinds, proven));
    }

    /** Hash to group, multiply and finalise every input, as the index wants it. */
    void entries() {
        Voprf.evaluateOwn(key, inputs);
    }

    /** A whole probe: blind, encode, decode, evaluate, prove, decode, verify, finish. */
    void whole() {
        byte[] asked = Voprf.blind(inputs, blinds).encode();
        Evaluation answer = Voprf.blindEvaluate(key, decoded(asked), random);
        decoded(answer.evaluated().encode());
        Voprf.finish(inputs, blinds, proven(answer));
    }

    /** One element at a time, as on a machine without lanes. */
    void plain(int times) {
        Element element = Element.generator();
        for (int n = 0; n < times; n++) {
            element = element.multiply(shared);
        }
    }
}
