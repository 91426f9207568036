package org.entente.matching.oprf;

/** The three protocols of RFC 9497 section 3. */
public enum Mode {
    OPRF(0),
    VOPRF(1),
    POPRF(2);

    private final int number;

    Mode(int number) {
        this.number = number;
    }

    /** The mode byte of section 3.1. */
    public int number() {
        return number;
    }
}
