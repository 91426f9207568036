package org.entente.exchange.body;

import java.security.SecureRandom;
import java.util.Random;

/** A secure random source in name only: the same bytes for the same seed, so that a test can be repeated. */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random;

    public SeededRandom(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
