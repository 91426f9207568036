package org.entente.matching.group;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link BucketSum} with a window of the weights in each lane: every step adds one point, the same in all lanes, to W buckets, one of each window, so
 * the lanes never wait for each other. <b>Variable time in everything</b>: for public weights and points only.
 *
 * <p>A digit of zero goes to a bucket of its own that nobody reads. Buckets lie point by point, not lane by lane: a step touches W runs of 160 bytes.
 */
final class LaneBucketSum {
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, D.vectorShape());
    private static final int W = LaneField.W;

    private static final int TWO_D = LaneField.KEPT + LaneField.SLOT;
    private static final int POINT = TWO_D + LaneField.SLOT;
    private static final int CACHED = POINT + LaneEdwards.POINT;
    private static final int RUNNING = CACHED + LaneEdwards.POINT;
    private static final int TOTAL = RUNNING + LaneEdwards.POINT;
    private static final int SCRATCH = TOTAL + LaneEdwards.POINT;

    private final double[] m = new double[SCRATCH + LaneEdwards.SCRATCH];
    private final int width;
    private final int windows;
    private final int buckets;
    private final short[] digits;
    /** Twenty doubles for each point, in its cached form. */
    private final double[] cached;
    /** Bucket b of lane n at (n·(buckets + 1) + b)·20, where bucket 0 takes the zeroes. */
    private final double[] sums;

    private final int[] at = new int[W];
    private final long[] signs = new long[W];

    private LaneBucketSum(long[] points, int[] weights) {
        int count = points.length / Edwards.POINT;
        width = windowWidth(count);
        windows = BucketSum.windows(width);
        buckets = 1 << (width - 1);
        digits = BucketSum.recodeVarTime(weights, count, width, windows);
        cached = new double[count * Edwards.POINT];
        sums = new double[W * (buckets + 1) * Edwards.POINT];
        LaneEdwards.constant(m, TWO_D, Field.TWO_D);
        for (int first = 0; first < count; first += W) {
            LaneEdwards.load(m, POINT, points, first);
            LaneEdwards.cache(m, CACHED, POINT, TWO_D);
            for (int n = first * Edwards.POINT; n < Math.min(first + W, count) * Edwards.POINT; n++) {
                cached[n] = m[CACHED + n % Edwards.POINT * W + n / Edwards.POINT - first];
            }
        }
    }

    /** out = Σ weight[n]·point[n]. */
    static void sumOfProductsVarTime(long[] out, long[] points, int[] weights) {
        LaneBucketSum work = new LaneBucketSum(points, weights);
        long[] totals = new long[Math.ceilDiv(work.windows, W) * W * Edwards.POINT];
        for (int first = 0; first < work.windows; first += W) {
            work.fillBuckets(first);
            work.sumBuckets();
            LaneEdwards.store(totals, first, work.m, TOTAL);
        }
        BucketSum.joinWindows(out, totals, work.width, work.windows);
    }

    /** The width that makes the steps least, with W windows in each pass. */
    private static int windowWidth(int count) {
        int best = 2;
        long least = Long.MAX_VALUE;
        for (int width = 2; width <= 12; width++) {
            long steps = Math.ceilDiv(BucketSum.windows(width), W) * (count + 3L * (1L << (width - 1)));
            if (steps < least) {
                least = steps;
                best = width;
            }
        }
        return best;
    }

    /** Every point into one bucket of each of the windows from {@code first} on. */
    private void fillBuckets(int first) {
        for (int n = 0; n < sums.length; n++) {
            sums[n] = n % Edwards.POINT == Field.LIMBS || n % Edwards.POINT == 2 * Field.LIMBS ? 1 : 0;
        }
        for (int n = 0; n < cached.length / Edwards.POINT; n++) {
            for (int lane = 0; lane < W; lane++) {
                int digit = first + lane < windows ? digits[n * windows + first + lane] : 0;
                signs[lane] = digit >> 31;
                at[lane] = (lane * (buckets + 1) + Math.abs(digit)) * Edwards.POINT;
            }
            spread(m, cached, n * Edwards.POINT, signs);
            takeBuckets();
            LaneEdwards.add(m, POINT, CACHED, SCRATCH, true);
            putBuckets();
        }
    }

    private void takeBuckets() {
        for (int lane = 0; lane < W; lane++) {
            int from = at[lane];
            for (int k = 0; k < Edwards.POINT; k++) {
                m[POINT + k * W + lane] = sums[from + k];
            }
        }
    }

    private void putBuckets() {
        for (int lane = 0; lane < W; lane++) {
            int to = at[lane];
            for (int k = 0; k < Edwards.POINT; k++) {
                sums[to + k] = m[POINT + k * W + lane];
            }
        }
    }

    /** CACHED = one cached point in all lanes, its negative where the sign is -1. */
    private static void spread(double[] m, double[] cached, int from, long[] signs) {
        LongVector negative = LongVector.fromArray(L, signs, 0);
        for (int k = 0; k < Field.LIMBS; k++) {
            LongVector plus = DoubleVector.broadcast(D, cached[from + k]).reinterpretAsLongs();
            LongVector minus =
                    DoubleVector.broadcast(D, cached[from + Field.LIMBS + k]).reinterpretAsLongs();
            LongVector swap = plus.lanewise(VectorOperators.XOR, minus).and(negative);
            int row = CACHED + k * W;
            plus.lanewise(VectorOperators.XOR, swap).reinterpretAsDoubles().intoArray(m, row);
            minus.lanewise(VectorOperators.XOR, swap).reinterpretAsDoubles().intoArray(m, row + LaneField.SLOT);
            DoubleVector.broadcast(D, cached[from + 2 * Field.LIMBS + k]).intoArray(m, row + 2 * LaneField.SLOT);
            DoubleVector.broadcast(D, cached[from + 3 * Field.LIMBS + k])
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, negative.and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(m, row + 3 * LaneField.SLOT);
        }
    }

    /** TOTAL = Σ b·bucket b in each lane, by running sums from the last bucket down. */
    private void sumBuckets() {
        LaneEdwards.identity(m, TOTAL);
        LaneEdwards.identity(m, RUNNING);
        for (int bucket = buckets; bucket > 0; bucket--) {
            for (int lane = 0; lane < W; lane++) {
                at[lane] = (lane * (buckets + 1) + bucket) * Edwards.POINT;
            }
            takeBuckets();
            LaneEdwards.cache(m, CACHED, POINT, TWO_D);
            LaneEdwards.add(m, RUNNING, CACHED, SCRATCH, true);
            LaneEdwards.cache(m, CACHED, RUNNING, TWO_D);
            LaneEdwards.add(m, TOTAL, CACHED, SCRATCH, true);
        }
    }
}
