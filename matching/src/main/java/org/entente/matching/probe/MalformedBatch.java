package org.entente.matching.probe;

/** Bytes are not a batch, an answer, or an opening of this protocol; none of them is used. */
public final class MalformedBatch extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** The first four bytes name another kind or version of message. */
        NOT_THIS_MESSAGE,
        /** A count of 0, or above 65,536. */
        COUNT,
        /** Longer or shorter than the count says. */
        LENGTH,
        /** An element, or a scalar of the proof, is not canonical. */
        NOT_CANONICAL,
        /** An element is the identity. */
        IDENTITY,
        /** An opening holds something that is no input. */
        INPUT
    }

    private final Reason reason;
    private final int position;

    MalformedBatch(Reason reason, int position) {
        super(reason + " at position " + position);
        this.reason = reason;
        this.position = position;
    }

    public Reason reason() {
        return reason;
    }

    /** Number of the element, from 0; 0 where none is to blame. */
    public int position() {
        return position;
    }
}
