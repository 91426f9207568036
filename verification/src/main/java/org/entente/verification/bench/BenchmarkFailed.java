package org.entente.verification.bench;

import java.io.IOException;

/** What was measured is wrong, or could not be done; the message is for whoever started it. */
final class BenchmarkFailed extends IOException {
    private static final long serialVersionUID = 1L;

    BenchmarkFailed(String message) {
        super(message);
    }
}
