package org.entente.matching.probe;

import org.entente.matching.group.Element;
import org.entente.matching.group.Elements;
import org.entente.matching.index.Digest;

/**
 * A batch of blinded elements as the responder received it: sound, and nothing done with it yet. It can be evaluated only by way of a
 * charge: {@link #due} says how much, the caller charges its ledger durably and hands the receipt to {@link #charged}.
 */
public final class ProbeBatch {
    /** "EPB" and the version 1. */
    static final int KIND = 'E' << 24 | 'P' << 16 | 'B' << 8 | 1;

    private final Elements blinded;
    private final Digest digest;

    private ProbeBatch(Elements blinded, Digest digest) {
        this.blinded = blinded;
        this.digest = digest;
    }

    /**
     * Reads kind (4) ‖ count (4) ‖ count elements (32 each).
     *
     * @throws MalformedBatch at the first thing that is wrong
     */
    public static ProbeBatch parse(byte[] bytes) throws MalformedBatch {
        int count = Wire.count(bytes, KIND);
        Wire.requireLength(bytes, Wire.HEAD_BYTES + (long) count * Element.BYTES);
        return new ProbeBatch(Wire.elements(bytes, Wire.HEAD_BYTES, count), Digest.sha256(bytes));
    }

    static byte[] bytes(Elements blinded) {
        byte[] message = new byte[Wire.HEAD_BYTES + blinded.count() * Element.BYTES];
        Wire.begin(message, KIND, blinded.count()).put(blinded.encode());
        return message;
    }

    public int count() {
        return blinded.count();
    }

    /** SHA-256 of the bytes of the batch. */
    public Digest digest() {
        return digest;
    }

    /** What a ledger must take before this batch is evaluated: every element, padding and retries included. */
    public Charge due() {
        return new Charge(digest, count());
    }

    /** Accepts a receipt for exactly this batch. */
    public ChargeCheck charged(Charge receipt) {
        if (!receipt.batch().equals(digest)) {
            return new ChargeCheck.Uncharged(ChargeCheck.Reason.OTHER_BATCH);
        }
        if (receipt.elements() != count()) {
            return new ChargeCheck.Uncharged(ChargeCheck.Reason.OTHER_COUNT);
        }
        return new ChargedBatch(blinded, digest);
    }

    Elements blinded() {
        return blinded;
    }
}
