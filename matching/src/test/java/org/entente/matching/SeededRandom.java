package org.entente.matching;

import java.security.SecureRandom;
import java.util.Random;
import java.util.random.RandomGenerator;

/** A generator that a seed decides, where the module wants a secure one; names its seed, so that a failure can be repeated. */
public final class SeededRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;

    private final long seed;
    private final Random source;

    public SeededRandom(long seed) {
        this.seed = seed;
        this.source = new Random(seed);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }

    public byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        nextBytes(bytes);
        return bytes;
    }

    public RandomGenerator plain() {
        return source;
    }

    @Override
    public String toString() {
        return "seed " + seed;
    }
}
