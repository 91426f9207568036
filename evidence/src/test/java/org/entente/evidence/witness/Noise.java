package org.entente.evidence.witness;

import java.util.Arrays;
import java.util.Random;

/** Damages a good input in one of the ways that find bugs in readers. */
final class Noise {
    private Noise() {}

    static byte[] of(byte[] good, Random random) {
        int at = random.nextInt(good.length);
        int other = random.nextInt(good.length);
        return switch (random.nextInt(5)) {
            case 0 -> Arrays.copyOf(good, at);
            case 1 -> {
                byte[] changed = good.clone();
                changed[at] = (byte) random.nextInt(256);
                yield changed;
            }
            case 2 -> joined(Arrays.copyOf(good, at), Arrays.copyOfRange(good, other, good.length));
            case 3 -> {
                byte[] swapped = good.clone();
                swapped[at] = good[other];
                swapped[other] = good[at];
                yield swapped;
            }
            default -> {
                byte[] bytes = new byte[random.nextInt(80)];
                random.nextBytes(bytes);
                yield bytes;
            }
        };
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }
}
