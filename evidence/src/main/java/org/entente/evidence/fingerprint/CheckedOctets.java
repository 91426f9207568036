package org.entente.evidence.fingerprint;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Sixteen octets with four more that check them: a Reed-Solomon code over GF(256), polynomial {@code x^8+x^4+x^3+x^2+1}. The
 * twenty octets are the coefficients, highest first, of a polynomial that is zero at 1, 2, 4 and 8; two different codes differ
 * in at least five places. So one or two wrong places, two that changed places among them, are found and named, and of others
 * that are wrong in more places all but few are noticed.
 */
final class CheckedOctets {
    static final int CARRIED = 16;
    static final int CHECKS = 4;
    static final int ALL = CARRIED + CHECKS;
    private static final int POLYNOMIAL = 0x11d;
    private static final int FIELD = 256;

    private CheckedOctets() {}

    static int times(int a, int b) {
        int product = 0;
        int shifted = a;
        for (int bits = b; bits != 0; bits >>= 1) {
            product ^= (bits & 1) == 0 ? 0 : shifted;
            shifted = (shifted << 1) ^ ((shifted & 0x80) == 0 ? 0 : POLYNOMIAL);
        }
        return product;
    }

    private static int power(int base, int exponent) {
        int result = 1;
        for (int i = 0; i < exponent; i++) {
            result = times(result, base);
        }
        return result;
    }

    private static int inverse(int value) {
        return power(value, FIELD - 2);
    }

    /** The value of the polynomial at each of the four points; all zero for a code. */
    private static int[] syndromes(int[] octets) {
        int[] values = new int[CHECKS];
        for (int i = 0; i < CHECKS; i++) {
            for (int octet : octets) {
                values[i] = times(values[i], power(2, i)) ^ octet;
            }
        }
        return values;
    }

    /** The sixteen octets with their checks. */
    static int[] check(byte[] carried) {
        if (carried.length != CARRIED) {
            throw new IllegalArgumentException("sixteen octets are carried");
        }
        int[] generator = {1};
        for (int i = 0; i < CHECKS; i++) {
            int[] next = Arrays.copyOf(generator, generator.length + 1);
            for (int j = 0; j < generator.length; j++) {
                next[j + 1] ^= times(generator[j], power(2, i));
            }
            generator = next;
        }
        int[] rest = new int[ALL];
        int[] octets = new int[ALL];
        for (int i = 0; i < CARRIED; i++) {
            octets[i] = carried[i] & 0xff;
            rest[i] = octets[i];
        }
        for (int i = 0; i < CARRIED; i++) {
            int lead = rest[i];
            for (int j = 0; j <= CHECKS; j++) {
                rest[i + j] ^= times(generator[j], lead);
            }
        }
        System.arraycopy(rest, CARRIED, octets, CARRIED, CHECKS);
        return octets;
    }

    static boolean holds(int[] octets) {
        return Arrays.stream(syndromes(octets)).allMatch(value -> value == 0);
    }

    /** The places, counted from 0, that must be wrong if at most two are; empty when more are. */
    static Optional<List<Integer>> wrong(int[] octets) {
        int[] values = syndromes(octets);
        for (int i = 0; i < ALL; i++) {
            for (int j = i; j < ALL; j++) {
                Optional<List<Integer>> places = explained(values, i, j);
                if (places.isPresent()) {
                    return places;
                }
            }
        }
        return Optional.empty();
    }

    /** Whether errors at these two places, or at one when they are the same, give all four values. */
    private static Optional<List<Integer>> explained(int[] values, int i, int j) {
        int x = power(2, ALL - 1 - i);
        int y = power(2, ALL - 1 - j);
        int second = i == j ? 0 : times(values[1] ^ times(values[0], x), inverse(x ^ y));
        int first = values[0] ^ second;
        for (int k = 1; k < CHECKS; k++) {
            if ((times(first, power(x, k)) ^ times(second, power(y, k))) != values[k]) {
                return Optional.empty();
            }
        }
        TreeSet<Integer> places = new TreeSet<>();
        if (first != 0) {
            places.add(i);
        }
        if (second != 0) {
            places.add(j);
        }
        return Optional.of(List.copyOf(places));
    }
}
