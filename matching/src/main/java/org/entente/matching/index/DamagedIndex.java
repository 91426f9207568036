package org.entente.matching.index;

/** Bytes are not an index that can be served; none of it is used. */
public final class DamagedIndex extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Reason {
        /** Shorter than a header and a checksum, or than its header says. */
        TRUNCATED,
        /** Longer than its header says. */
        TRAILING_BYTES,
        /** The first eight bytes are not those of an index. */
        NOT_AN_INDEX,
        /** Written by a version that this one does not read. */
        VERSION_UNKNOWN,
        /** A header that is not the one that its root was made of, or that no builder writes. */
        HEADER,
        /** A block is not the one that the root was made of. */
        CHECKSUM,
        /** The tags do not ascend strictly. */
        NOT_SORTED,
        /** Files that are not the generations of one epoch, each after the other. */
        OTHER_GENERATION,
        /** What the holder keeps beside the index does not lead to its root. */
        OWN_SIDE,
        /** Fewer entries than the reader was told to insist on. */
        BELOW_MINIMUM
    }

    private final Reason reason;

    DamagedIndex(Reason reason) {
        super(reason.toString());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
