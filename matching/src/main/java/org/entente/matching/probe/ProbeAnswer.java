package org.entente.matching.probe;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.group.Scalar;
import org.entente.matching.group.Scalars;
import org.entente.matching.index.Digest;
import org.entente.matching.oprf.Evaluation;
import org.entente.matching.oprf.InputBatch;
import org.entente.matching.oprf.Proof;
import org.entente.matching.oprf.ProofCheck;
import org.entente.matching.oprf.Voprf;

/**
 * The answer to a batch: kind (4) ‖ count (4) ‖ digest of the batch (32) ‖ public key (32) ‖ digest of the ask (32) ‖ count evaluated elements (32
 * each) ‖ proof (64) ‖ seal element (32) ‖ seal proof (64).
 *
 * <p>The proof of RFC 9497 binds the public key and every pair of elements in its order, but not why the batch was asked. So the
 * answer ends with a seal: a second evaluation, of one element that is hashed from all bytes before it, with its own proof. Only the holder
 * of the key can make that proof, so neither the ask nor anything else in an answer can be exchanged, even by who controls
 * the transport. The hashed input begins with 0x00, as no identifier does.
 */
final class ProbeAnswer {
    /** "EPA" and the version 1. */
    static final int KIND = 'E' << 24 | 'P' << 16 | 'A' << 8 | 1;

    private static final int BATCH_AT = Wire.HEAD_BYTES;
    private static final int PUBLIC_KEY_AT = BATCH_AT + Digest.BYTES;
    private static final int ASK_AT = PUBLIC_KEY_AT + Element.BYTES;
    private static final int ELEMENTS_AT = ASK_AT + Digest.BYTES;
    private static final int SEAL_BYTES = Element.BYTES + Proof.BYTES;
    private static final byte[] SEAL_PREFIX = {0, 's', 'e', 'a', 'l', 0};

    private final Digest batch;
    private final Element publicKey;
    private final Digest ask;
    private final Evaluation evaluation;
    private final Elements sealElement;
    private final Evaluation seal;

    private ProbeAnswer(byte[] bytes, int count) throws MalformedBatch {
        int proofAt = ELEMENTS_AT + count * Element.BYTES;
        int sealAt = proofAt + Proof.BYTES;
        batch = Digest.of(Arrays.copyOfRange(bytes, BATCH_AT, PUBLIC_KEY_AT));
        publicKey = Wire.elements(bytes, PUBLIC_KEY_AT, 1).at(0);
        ask = Digest.of(Arrays.copyOfRange(bytes, ASK_AT, ELEMENTS_AT));
        evaluation = new Evaluation(Wire.elements(bytes, ELEMENTS_AT, count), Wire.proof(bytes, proofAt));
        sealElement = sealElement(Arrays.copyOf(bytes, sealAt));
        seal = new Evaluation(Wire.elements(bytes, sealAt, 1), Wire.proof(bytes, sealAt + Element.BYTES));
    }

    static ProbeAnswer parse(byte[] bytes) throws MalformedBatch {
        int count = Wire.count(bytes, KIND);
        Wire.requireLength(bytes, ELEMENTS_AT + (long) count * Element.BYTES + Proof.BYTES + SEAL_BYTES);
        return new ProbeAnswer(bytes, count);
    }

    static byte[] unsealed(Digest batch, Element publicKey, Digest ask, Evaluation evaluation) {
        Elements evaluated = evaluation.evaluated();
        byte[] message = new byte[ELEMENTS_AT + evaluated.count() * Element.BYTES + Proof.BYTES];
        Wire.begin(message, KIND, evaluated.count())
                .put(batch.bytes())
                .put(publicKey.encode())
                .put(ask.bytes())
                .put(evaluated.encode())
                .put(evaluation.proof().encode());
        return message;
    }

    static Elements sealElement(byte[] unsealed) {
        byte[] digest = Digest.sha256(unsealed).bytes();
        byte[] input = ByteBuffer.allocate(SEAL_PREFIX.length + digest.length)
                .put(SEAL_PREFIX)
                .put(digest)
                .array();
        return Voprf.blind(InputBatch.of(List.of(input)), Scalars.of(Scalar.of(1)));
    }

    static byte[] sealed(byte[] unsealed, Evaluation seal) {
        return ByteBuffer.allocate(unsealed.length + SEAL_BYTES)
                .put(unsealed)
                .put(seal.evaluated().encode())
                .put(seal.proof().encode())
                .array();
    }

    /** Cheap comparisons first, then the two proofs. */
    AnswerCheck check(Digest askedBatch, Elements blinded, Element announcedPublicKey, Digest askDigest) {
        if (!publicKey.equals(announcedPublicKey)) {
            return new AnswerCheck.Rejected(AnswerRefusal.OTHER_KEY);
        }
        if (!batch.equals(askedBatch)) {
            return new AnswerCheck.Rejected(AnswerRefusal.OTHER_BATCH);
        }
        if (!ask.equals(askDigest)) {
            return new AnswerCheck.Rejected(AnswerRefusal.OTHER_ASK);
        }
        if (evaluation.evaluated().count() != blinded.count()) {
            return new AnswerCheck.Rejected(AnswerRefusal.COUNT);
        }
        if (Voprf.verifyVarTime(publicKey, sealElement, seal) instanceof ProofCheck.Refused) {
            return new AnswerCheck.Rejected(AnswerRefusal.SEAL);
        }
        return switch (Voprf.verifyVarTime(publicKey, blinded, evaluation)) {
            case ProofCheck.Proven proven -> new AnswerCheck.Accepted(proven);
            case ProofCheck.Refused refused ->
                new AnswerCheck.Rejected(
                        switch (refused.reason()) {
                            case COUNT -> AnswerRefusal.COUNT;
                            case IDENTITY -> AnswerRefusal.IDENTITY;
                            case PROOF -> AnswerRefusal.PROOF;
                        });
        };
    }

    /** Whether the evaluation may be used. */
    sealed interface AnswerCheck {
        record Accepted(ProofCheck.Proven proven) implements AnswerCheck {}

        record Rejected(AnswerRefusal reason) implements AnswerCheck {}
    }
}
