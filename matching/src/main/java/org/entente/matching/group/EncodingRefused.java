package org.entente.matching.group;

/** Bytes are not the encoding of an element or a scalar. */
public final class EncodingRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Reason {
        /** Not 32 bytes for each value. */
        WRONG_LENGTH,
        /** Not the one canonical encoding of an element (RFC 9496 section 4.3.1). */
        ELEMENT_NOT_CANONICAL,
        /** A scalar of ℓ or more. */
        SCALAR_NOT_CANONICAL,
        /** The identity element, where RFC 9497 section 2.1 forbids it. */
        IDENTITY
    }

    private final Reason reason;
    private final int position;

    EncodingRefused(Reason reason, int position) {
        super(reason + " at position " + position);
        this.reason = reason;
        this.position = position;
    }

    public Reason reason() {
        return reason;
    }

    /** Number of the value in its batch, from 0. */
    public int position() {
        return position;
    }
}
