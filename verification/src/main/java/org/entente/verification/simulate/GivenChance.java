package org.entente.verification.simulate;

import java.security.SecureRandom;
import java.util.Random;

/** Randomness that a seed gives, where the code asks for a secure source. */
final class GivenChance extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final Random random;

    GivenChance(long seed) {
        super(null, null);
        this.random = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        random.nextBytes(bytes);
    }
}
