package org.entente.matching.oprf;

/** The three protocols of RFC 9497 section 3; the ordinal is the mode byte of section 3.1. */
public enum Mode {
    OPRF,
    VOPRF,
    POPRF
}
