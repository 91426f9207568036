package org.entente.matching.group;

import java.util.Arrays;

/**
 * Points as in {@link Edwards}, W at once: X, Y, Z, T in four slots of a workspace, all reduced. A cached point, the second operand of an
 * addition, is Y + X, Y - X, 2Z, 2dT, all reduced. The scratch {@code s} is six slots.
 */
final class LaneEdwards {
    /** Doubles of W points. */
    static final int POINT = 4 * LaneField.SLOT;
    /** Doubles of the scratch. */
    static final int SCRATCH = 6 * LaneField.SLOT;

    private static final int X = 0;
    private static final int Y = LaneField.SLOT;
    private static final int Z = 2 * LaneField.SLOT;
    private static final int T = 3 * LaneField.SLOT;

    private LaneEdwards() {}

    /**
     * Reads W points of twenty longs each from {@code points}; when there are fewer, the last one fills the lanes that are left.
     *
     * @param first number of the first point
     */
    static void load(double[] m, int o, long[] points, int first) {
        int last = points.length / Edwards.POINT - 1;
        for (int lane = 0; lane < LaneField.W; lane++) {
            int from = Math.min(first + lane, last) * Edwards.POINT;
            for (int k = 0; k < Edwards.POINT; k++) {
                m[o + k * LaneField.W + lane] = points[from + k];
            }
        }
        for (int slot = o; slot < o + POINT; slot += LaneField.SLOT) {
            LaneField.carry(m, slot);
        }
    }

    /** Writes the points of the lanes, as far as {@code points} has room for them. */
    static void store(long[] points, int first, double[] m, int o) {
        int count = Math.min(LaneField.W, points.length / Edwards.POINT - first);
        for (int lane = 0; lane < count; lane++) {
            int to = (first + lane) * Edwards.POINT;
            for (int k = 0; k < Edwards.POINT; k++) {
                points[to + k] = (long) m[o + k * LaneField.W + lane];
            }
        }
    }

    /** One constant in all lanes of a slot. */
    static void constant(double[] m, int o, long[] limbs) {
        for (int k = 0; k < LaneField.SLOT; k++) {
            m[o + k] = limbs[k / LaneField.W];
        }
        LaneField.carry(m, o);
    }

    static void identity(double[] m, int p) {
        Arrays.fill(m, p, p + POINT, 0);
        Arrays.fill(m, p + Y, p + Y + LaneField.W, 1);
        Arrays.fill(m, p + Z, p + Z + LaneField.W, 1);
    }

    /** c = the cached form of p; {@code twoD} is a slot that holds 2d. */
    static void cache(double[] m, int c, int p, int twoD) {
        LaneField.sumAndDifference(m, c, c + Y, p + Y, p + X);
        LaneField.add(m, c + Z, p + Z, p + Z);
        LaneField.multiply(m, c + T, p + T, twoD);
    }

    /** p = p + c: 8 products, 7 when T is not asked for. */
    static void add(double[] m, int p, int c, int s, boolean withT) {
        additionFactors(m, p, c, s);
        LaneColumns.additionSums(m, s);
        products(m, p, s, withT);
    }

    /** The columns of A, B, C, D of the addition in the first four slots of the scratch. */
    static void additionFactors(double[] m, int p, int c, int s) {
        int difference = s + 4 * LaneField.SLOT;
        int sum = s + 5 * LaneField.SLOT;
        LaneField.sumAndDifference(m, sum, difference, p + Y, p + X);
        LaneColumns.multiply(m, s + Z, p + T, c + T, LaneColumns.PLAIN);
        LaneColumns.multiply(m, s + T, p + Z, c + Z, LaneColumns.WHOLE);
        LaneColumns.multiply(m, s, difference, c + Y, LaneColumns.PLAIN);
        LaneColumns.multiply(m, s + Y, sum, c + X, LaneColumns.WHOLE);
    }

    /** The columns of X², Y², Z², X·Y in the first four slots of the scratch. */
    static void squares(double[] m, int p, int s) {
        LaneColumns.square(m, s, p + X, LaneColumns.PLAIN);
        LaneColumns.square(m, s + Y, p + Y, LaneColumns.WHOLE);
        LaneColumns.square(m, s + Z, p + Z, LaneColumns.PLAIN);
        LaneColumns.multiply(m, s + T, p + X, p + Y, LaneColumns.HALF);
    }

    /** X = E·F, Y = G·H, Z = F·G, T = E·H of what the sums left in the scratch. */
    static void products(double[] m, int p, int s, boolean withT) {
        LaneField.multiply(m, p + X, s, s + Y);
        LaneField.multiply(m, p + Y, s + Z, s + T);
        LaneField.multiply(m, p + Z, s + Y, s + Z);
        if (withT) {
            LaneField.multiply(m, p + T, s, s + T);
        }
    }
}
