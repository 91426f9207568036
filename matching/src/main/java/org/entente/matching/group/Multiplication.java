package org.entente.matching.group;

import java.util.Arrays;

/**
 * Scalar multiplication on points in flat arrays: one fixed schedule for secret scalars, and a bucket method for public ones.
 *
 * <p>A secret scalar is written in 64 signed digits of radix 16. Each window doubles four times, of which only the last
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
        Edwards.cacheIdentity(chosen, 0);
        for (int n = 1; n <= MULTIPLES; n++) {
            long difference = magnitude ^ n;
            long mask = (difference - 1) >> 63;
            int row = o + (n - 1) * Edwards.POINT;
            for (int k = 0; k < Edwards.POINT; k++) {
                chosen[k] ^= mask & (chosen[k] ^ cached[row + k]);
            }
        }
        for (int k = 0; k < Field.LIMBS; k++) {
            long swap = sign & (chosen[k] ^ chosen[Field.LIMBS + k]);
            chosen[k] ^= swap;
            chosen[Field.LIMBS + k] ^= swap;
        }
        Field.negateIf(chosen, 3 * Field.LIMBS, sign);
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

    /**
     * out = Σ weight[n]·point[n] by the bucket method (Pippenger) with signed windows. <b>Variable time in everything</b>: for public
     * weights and points only.
     */
    static void sumOfProductsVarTime(long[] out, long[] points, int[] weights, int count) {
        int width = windowWidth(count);
        int buckets = 1 << (width - 1);
        int windows = (253 + width) / width;
        short[] recoded = recodeVarTime(weights, count, width, windows);
        long[] cached = new long[count * Edwards.POINT];
        for (int n = 0; n < count; n++) {
            Edwards.cache(cached, n * Edwards.POINT, points, n * Edwards.POINT);
        }
        long[] sums = new long[buckets * Edwards.POINT];
        long[] scratch = new long[Edwards.SCRATCH];
        long[] operand = new long[Edwards.POINT];
        long[] running = new long[2 * Edwards.POINT];
        Edwards.identity(out, 0);
        for (int window = windows - 1; window >= 0; window--) {
            for (int k = 0; k < width; k++) {
                Edwards.twice(out, 0, scratch, true);
            }
            for (int b = 0; b < buckets; b++) {
                Edwards.identity(sums, b * Edwards.POINT);
            }
            for (int n = 0; n < count; n++) {
                int digit = recoded[n * windows + window];
                if (digit > 0) {
                    Edwards.add(sums, (digit - 1) * Edwards.POINT, cached, n * Edwards.POINT, scratch, true);
                } else if (digit < 0) {
                    Edwards.subtract(sums, (-digit - 1) * Edwards.POINT, cached, n * Edwards.POINT, scratch, true);
                }
            }
            Edwards.identity(running, 0);
            Edwards.identity(running, Edwards.POINT);
            for (int b = buckets - 1; b >= 0; b--) {
                Edwards.cache(operand, 0, sums, b * Edwards.POINT);
                Edwards.add(running, 0, operand, 0, scratch, true);
                Edwards.cache(operand, 0, running, 0);
                Edwards.add(running, Edwards.POINT, operand, 0, scratch, true);
            }
            Edwards.cache(operand, 0, running, Edwards.POINT);
            Edwards.add(out, 0, operand, 0, scratch, true);
        }
    }

    /** The width that makes windows·(count + 2·buckets) additions least; at most 14, so that a digit fits a short. */
    private static int windowWidth(int count) {
        int best = 2;
        long least = Long.MAX_VALUE;
        for (int width = 2; width <= 14; width++) {
            long additions = ((253 + width) / width) * (count + (1L << width));
            if (additions < least) {
                least = additions;
                best = width;
            }
        }
        return best;
    }

    private static short[] recodeVarTime(int[] weights, int count, int width, int windows) {
        short[] digits = new short[count * windows];
        for (int n = 0; n < count; n++) {
            int carry = 0;
            for (int window = 0; window < windows; window++) {
                int digit = bits(weights, n * ScalarField.LIMBS, window * width, width) + carry;
                carry = digit > 1 << (width - 1) ? 1 : 0;
                digits[n * windows + window] = (short) (digit - (carry << width));
            }
        }
        return digits;
    }

    private static int bits(int[] limbs, int offset, int position, int width) {
        int word = position / 32;
        long low = word < ScalarField.LIMBS ? limbs[offset + word] & 0xffffffffL : 0;
        long high = word + 1 < ScalarField.LIMBS ? limbs[offset + word + 1] & 0xffffffffL : 0;
        return (int) ((low | high << 32) >>> (position % 32)) & ((1 << width) - 1);
    }
}
