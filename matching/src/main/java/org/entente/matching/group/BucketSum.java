package org.entente.matching.group;

/** Sums of products by the bucket method (Pippenger). <b>Variable time in everything</b>: for public weights and points only. */
final class BucketSum {
    private BucketSum() {}

    /**
     * out = Σ weight[n]·point[n] with signed windows.
     */
    static void sumOfProductsVarTime(long[] out, long[] points, int[] weights) {
        int count = points.length / Edwards.POINT;
        int width = windowWidth(count);
        int buckets = 1 << (width - 1);
        int windows = windows(width);
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

    /** out = Σ 2^(width·n)·total[n], in the windows of one sum. */
    static void joinWindows(long[] out, long[] totals, int width, int windows) {
        long[] scratch = new long[Edwards.SCRATCH];
        long[] operand = new long[Edwards.POINT];
        Edwards.identity(out, 0);
        for (int window = windows - 1; window >= 0; window--) {
            for (int k = 0; k < width; k++) {
                Edwards.twice(out, 0, scratch, k == width - 1);
            }
            Edwards.cache(operand, 0, totals, window * Edwards.POINT);
            Edwards.add(out, 0, operand, 0, scratch, true);
        }
    }

    /** Windows that hold 253 bits and the last carry. */
    static int windows(int width) {
        return (253 + width) / width;
    }

    /** The width that makes windows·(count + 2·buckets) additions least; at most 14, so that a digit fits a short. */
    private static int windowWidth(int count) {
        int best = 2;
        long least = Long.MAX_VALUE;
        for (int width = 2; width <= 14; width++) {
            long additions = windows(width) * (count + (1L << width));
            if (additions < least) {
                least = additions;
                best = width;
            }
        }
        return best;
    }

    static short[] recodeVarTime(int[] weights, int count, int width, int windows) {
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
