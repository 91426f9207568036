package org.entente.matching.group;

import java.util.Arrays;

/**
 * Multiplication of points in flat arrays by secret scalars, in one fixed schedule.
 *
 * <p>A scalar is written in 64 signed digits of radix 16. Each window doubles four times, of which only the last
 * computes T, and adds one of eight cached multiples that is gathered by reading the whole table under masks; a zero digit adds the
 * identity, a negative digit swaps and negates under a mask. So neither the sequence of instructions nor the addresses depend
 * on the scalar. One instance holds the workspace of one thread; nothing is allocated per multiplication.
 */
final class Multiplication {
    private static final int DIGITS = 64;
    private static final int MULTIPLES = 8;

    private final byte[] digits = new byte[DIGITS];
    private final long[] table = new long[MULTIPLES * Edwards.POINT];
    private final long[] chosen = new long[Edwards.POINT];
    private final long[] point = new long[Edwards.POINT];
    private final long[] scratch = new long[Edwards.SCRATCH];

    void scalar(int[] limbs, int offset) {
        ScalarField.signedDigits(digits, limbs, offset);
    }

    /** Zeroes what was derived from a scalar. */
    void forget() {
        Arrays.fill(digits, (byte) 0);
        Arrays.fill(table, 0);
        Arrays.fill(chosen, 0);
        Arrays.fill(point, 0);
        Arrays.fill(scratch, 0);
    }

    /** out = the scalar given last, times p. */
    void multiply(long[] out, int o, long[] p, int i) {
        multiples(table, 0, p, i);
        Edwards.identity(point, 0);
        gather(table, 0, digits[DIGITS - 1]);
        Edwards.add(point, 0, chosen, 0, scratch, false);
        for (int n = DIGITS - 2; n >= 0; n--) {
            Edwards.twice(point, 0, scratch, false);
            Edwards.twice(point, 0, scratch, false);
            Edwards.twice(point, 0, scratch, false);
            Edwards.twice(point, 0, scratch, true);
            gather(table, 0, digits[n]);
            Edwards.add(point, 0, chosen, 0, scratch, n == 0);
        }
        Edwards.copy(out, o, point, 0);
    }

    /** out = the scalar given last, times the generator: 64 additions out of a fixed table. */
    void multiplyGenerator(long[] out, int o) {
        Edwards.identity(point, 0);
        for (int n = 0; n < DIGITS; n++) {
            gather(GeneratorTable.CACHED, n * MULTIPLES * Edwards.POINT, digits[n]);
            Edwards.add(point, 0, chosen, 0, scratch, true);
        }
        Edwards.copy(out, o, point, 0);
    }

    /** Writes the cached forms of p, 2p, … 8p. */
    private void multiples(long[] cached, int o, long[] p, int i) {
        Edwards.cache(cached, o, p, i);
        Edwards.copy(point, 0, p, i);
        for (int n = 1; n < MULTIPLES; n++) {
            Edwards.add(point, 0, cached, o, scratch, true);
            Edwards.cache(cached, o + n * Edwards.POINT, point, 0);
        }
    }

    /** chosen = digit · p from the eight cached multiples at {@code o}; reads all of them for every digit. */
    private void gather(long[] cached, int o, int digit) {
        int sign = digit >> 31;
        int magnitude = (digit ^ sign) - sign;
        long m1 = equalMask(magnitude, 1);
        long m2 = equalMask(magnitude, 2);
        long m3 = equalMask(magnitude, 3);
        long m4 = equalMask(magnitude, 4);
        long m5 = equalMask(magnitude, 5);
        long m6 = equalMask(magnitude, 6);
        long m7 = equalMask(magnitude, 7);
        long m8 = equalMask(magnitude, 8);
        Edwards.cacheIdentity(chosen, 0);
        long m0 = equalMask(magnitude, 0);
        for (int k = 0; k < Edwards.POINT; k++) {
            int row = o + k;
            long low = (m1 & cached[row])
                    | (m2 & cached[row + Edwards.POINT])
                    | (m3 & cached[row + 2 * Edwards.POINT])
                    | (m4 & cached[row + 3 * Edwards.POINT]);
            long high = (m5 & cached[row + 4 * Edwards.POINT])
                    | (m6 & cached[row + 5 * Edwards.POINT])
                    | (m7 & cached[row + 6 * Edwards.POINT])
                    | (m8 & cached[row + 7 * Edwards.POINT]);
            chosen[k] = (m0 & chosen[k]) | low | high;
        }
        for (int k = 0; k < Field.LIMBS; k++) {
            long swap = sign & (chosen[k] ^ chosen[Field.LIMBS + k]);
            chosen[k] ^= swap;
            chosen[Field.LIMBS + k] ^= swap;
        }
        Field.negateIf(chosen, 3 * Field.LIMBS, sign);
    }

    /** -1 when equal, else 0; of small non-negative numbers. */
    private static long equalMask(long a, long b) {
        return ((a ^ b) - 1) >> 63;
    }

    /** Multiples 1 … 8 of 16^n times the generator, for the 64 digits. */
    private static final class GeneratorTable {
        private static final long[] CACHED = new long[DIGITS * MULTIPLES * Edwards.POINT];

        static {
            long[] base = Element.generator().copyOfPoint();
            Multiplication work = new Multiplication();
            for (int n = 0; n < DIGITS; n++) {
                work.multiples(CACHED, n * MULTIPLES * Edwards.POINT, base, 0);
                for (int k = 0; k < 4; k++) {
                    Edwards.twice(base, 0, work.scratch, true);
                }
            }
        }

        private GeneratorTable() {}
    }
}
