package org.entente.verification.pair;

import java.io.IOException;

/** A node of the pair did not do what it must; the message is for whoever started it. */
public final class PairBroken extends IOException {
    private static final long serialVersionUID = 1L;

    public PairBroken(String message) {
        super(message);
    }

    PairBroken(String message, Exception cause) {
        super(message, cause);
    }
}
