package org.entente.verification.memoranda;

import java.util.List;
import java.util.Random;

/** Draws from a seed, with words for how often. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        this.random = new Random(seed);
    }

    /** Once in so many times. */
    boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    /** From nothing up to the bound, which is left out. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
