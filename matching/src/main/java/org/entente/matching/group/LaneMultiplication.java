package org.entente.matching.group;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Multiplication by secret scalars, W points at once, with one scalar for all lanes or one for each: the schedule and the costs are the same.
 *
 * <p><b>Constant time.</b> What is secret is the scalar: the key of an epoch, a blind, its inverse, a nonce. (1) The <i>recoding</i> into 64
 * signed digits of radix 16 is arithmetic on whole words ({@link ScalarField#signedDigits}). (2) The <i>schedule</i> is fixed: for each digit four doublings, one
 * look-up, one addition; the trip counts are constants, and the formulas are complete, so that the identity and equal points take no other path.
 * (3) The <i>look-up</i> reads all eight cached multiples of every lane in their order and keeps one under masks that are computed, not compared with a branch; a zero
 * digit keeps none and takes the constants of the identity, a negative one exchanges Y + X with Y - X and turns the sign of 2dT, under masks too. So
 * neither addresses nor instructions depend on a digit; a shared key is looked up the same way, although all lanes then want the same row, because its
 * address would tell the digit. (4) The <i>field</i> below does the same for all values, see {@link LaneField}. (5) Masks are AND, OR and XOR of vectors of
 * longs; there is no vector mask type that the JIT could turn into a branch, and no scalar condition on one.
 * What is not argued: the machine code was not audited, and copies of a workspace that the garbage collector moved are out of reach.
 *
 * <p>Wider windows were counted: with five bits, 13 additions fewer and twice the rows to read and to make, equal within one in a hundred.
 *
 * <p>One instance is the workspace of one thread; no call allocates.
 */
final class LaneMultiplication {
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, D.vectorShape());
    private static final int W = LaneField.W;

    /** Points that are worked on at once. */
    static final int PAIR = 2 * W;

    private static final int DIGITS = 64;
    private static final int MULTIPLES = 8;
    private static final long ONE = Double.doubleToRawLongBits(1);
    private static final long TWO = Double.doubleToRawLongBits(2);

    private static final int TWO_D = LaneField.KEPT + LaneField.SLOT;
    /** Where the first half begins; the offsets after it are within a half. */
    private static final int HALVES = TWO_D + LaneField.SLOT;

    private static final int POINT = 0;
    private static final int CHOSEN = POINT + LaneEdwards.POINT;
    private static final int SCRATCH = CHOSEN + LaneEdwards.POINT;
    private static final int TABLE = SCRATCH + LaneEdwards.SCRATCH;
    private static final int HALF = TABLE + MULTIPLES * LaneEdwards.POINT;
    private static final int FIRST = HALVES;
    private static final int SECOND = HALVES + HALF;

    private final double[] m = new double[HALVES + 2 * HALF];
    /** Digit n of lane k, 0 … 2W - 1, at n·2W + k. */
    private final long[] digits = new long[DIGITS * PAIR];

    private final byte[] recoded = new byte[DIGITS];

    LaneMultiplication() {
        LaneEdwards.constant(m, TWO_D, Field.TWO_D);
    }

    /** Takes the scalar that multiplies in a lane from now on. */
    void scalar(int lane, int[] limbs, int offset) {
        ScalarField.signedDigits(recoded, limbs, offset);
        for (int n = 0; n < DIGITS; n++) {
            digits[n * PAIR + lane] = recoded[n];
        }
    }

    /** Takes one scalar for all lanes. */
    void scalar(int[] limbs) {
        for (int lane = 0; lane < PAIR; lane++) {
            scalar(lane, limbs, 0);
        }
    }

    /** Zeroes what was derived from a scalar. */
    void forget() {
        Arrays.fill(digits, 0);
        Arrays.fill(recoded, (byte) 0);
        Arrays.fill(m, HALVES, m.length, 0);
        Arrays.fill(m, LaneField.KEPT, LaneField.KEPT + LaneField.SLOT, 0);
    }

    /** The points from number {@code first} on, as many as two vectors have lanes, times the scalars of their lanes. */
    void multiply(long[] out, long[] points, int first) {
        start(FIRST, points, first);
        start(SECOND, points, first + W);
        add(DIGITS - 1, false);
        for (int n = DIGITS - 2; n >= 0; n--) {
            twice(false);
            twice(false);
            twice(false);
            twice(true);
            add(n, n == 0);
        }
        LaneEdwards.store(out, first, m, FIRST + POINT);
        LaneEdwards.store(out, first + W, m, SECOND + POINT);
    }

    /** The cached forms of p, 2p, … 8p in the table, and the identity as the point. */
    private void start(int half, long[] points, int first) {
        int table = half + TABLE;
        LaneEdwards.load(m, half + POINT, points, first);
        LaneEdwards.cache(m, table, half + POINT, TWO_D);
        for (int n = 1; n < MULTIPLES; n++) {
            LaneEdwards.add(m, half + POINT, table, half + SCRATCH, true);
            LaneEdwards.cache(m, table + n * LaneEdwards.POINT, half + POINT, TWO_D);
        }
        LaneEdwards.identity(m, half + POINT);
    }

    /** Both points doubled, step by step beside each other. */
    private void twice(boolean withT) {
        LaneEdwards.squares(m, FIRST + POINT, FIRST + SCRATCH);
        LaneEdwards.squares(m, SECOND + POINT, SECOND + SCRATCH);
        LaneColumns.doublingSums(m, FIRST + SCRATCH);
        LaneColumns.doublingSums(m, SECOND + SCRATCH);
        LaneEdwards.products(m, FIRST + POINT, FIRST + SCRATCH, withT);
        LaneEdwards.products(m, SECOND + POINT, SECOND + SCRATCH, withT);
    }

    /** The multiples that digit n names, added to both points. */
    private void add(int n, boolean withT) {
        gather(m, FIRST, digits, n * PAIR);
        gather(m, SECOND, digits, n * PAIR + W);
        LaneEdwards.additionFactors(m, FIRST + POINT, FIRST + CHOSEN, FIRST + SCRATCH);
        LaneEdwards.additionFactors(m, SECOND + POINT, SECOND + CHOSEN, SECOND + SCRATCH);
        LaneColumns.additionSums(m, FIRST + SCRATCH);
        LaneColumns.additionSums(m, SECOND + SCRATCH);
        LaneEdwards.products(m, FIRST + POINT, FIRST + SCRATCH, withT);
        LaneEdwards.products(m, SECOND + POINT, SECOND + SCRATCH, withT);
    }

    /** CHOSEN = digit · p in each lane; reads the whole table. */
    private static void gather(double[] m, int half, long[] digits, int position) {
        int chosen = half + CHOSEN;
        LongVector digit = LongVector.fromArray(L, digits, position);
        LongVector sign = digit.lanewise(VectorOperators.ASHR, 63);
        LongVector magnitude = digit.lanewise(VectorOperators.XOR, sign).sub(sign);
        LongVector m1 = magnitude.lanewise(VectorOperators.XOR, 1).sub(1).lanewise(VectorOperators.ASHR, 63);
        LongVector m2 = magnitude.lanewise(VectorOperators.XOR, 2).sub(1).lanewise(VectorOperators.ASHR, 63);
        LongVector m3 = magnitude.lanewise(VectorOperators.XOR, 3).sub(1).lanewise(VectorOperators.ASHR, 63);
        LongVector m4 = magnitude.lanewise(VectorOperators.XOR, 4).sub(1).lanewise(VectorOperators.ASHR, 63);
        LongVector m5 = magnitude.lanewise(VectorOperators.XOR, 5).sub(1).lanewise(VectorOperators.ASHR, 63);
        LongVector m6 = magnitude.lanewise(VectorOperators.XOR, 6).sub(1).lanewise(VectorOperators.ASHR, 63);
        LongVector m7 = magnitude.lanewise(VectorOperators.XOR, 7).sub(1).lanewise(VectorOperators.ASHR, 63);
        LongVector m8 = magnitude.lanewise(VectorOperators.XOR, 8).sub(1).lanewise(VectorOperators.ASHR, 63);
        for (int k = 0; k < LaneEdwards.POINT; k += W) {
            int row = half + TABLE + k;
            LongVector kept =
                    DoubleVector.fromArray(D, m, row).reinterpretAsLongs().and(m1);
            kept = kept.or(DoubleVector.fromArray(D, m, row + LaneEdwards.POINT)
                    .reinterpretAsLongs()
                    .and(m2));
            kept = kept.or(DoubleVector.fromArray(D, m, row + 2 * LaneEdwards.POINT)
                    .reinterpretAsLongs()
                    .and(m3));
            kept = kept.or(DoubleVector.fromArray(D, m, row + 3 * LaneEdwards.POINT)
                    .reinterpretAsLongs()
                    .and(m4));
            kept = kept.or(DoubleVector.fromArray(D, m, row + 4 * LaneEdwards.POINT)
                    .reinterpretAsLongs()
                    .and(m5));
            kept = kept.or(DoubleVector.fromArray(D, m, row + 5 * LaneEdwards.POINT)
                    .reinterpretAsLongs()
                    .and(m6));
            kept = kept.or(DoubleVector.fromArray(D, m, row + 6 * LaneEdwards.POINT)
                    .reinterpretAsLongs()
                    .and(m7));
            kept = kept.or(DoubleVector.fromArray(D, m, row + 7 * LaneEdwards.POINT)
                    .reinterpretAsLongs()
                    .and(m8));
            kept.reinterpretAsDoubles().intoArray(m, chosen + k);
        }
        LongVector zero = magnitude.sub(1).lanewise(VectorOperators.ASHR, 63);
        for (int k = 0; k < 3; k++) {
            int at = chosen + k * LaneField.SLOT;
            DoubleVector.fromArray(D, m, at)
                    .reinterpretAsLongs()
                    .or(zero.and(k == 2 ? TWO : ONE))
                    .reinterpretAsDoubles()
                    .intoArray(m, at);
        }
        for (int k = chosen; k < chosen + LaneField.SLOT; k += W) {
            LongVector plus = DoubleVector.fromArray(D, m, k).reinterpretAsLongs();
            LongVector minus = DoubleVector.fromArray(D, m, k + LaneField.SLOT).reinterpretAsLongs();
            LongVector swap = plus.lanewise(VectorOperators.XOR, minus).and(sign);
            plus.lanewise(VectorOperators.XOR, swap).reinterpretAsDoubles().intoArray(m, k);
            minus.lanewise(VectorOperators.XOR, swap).reinterpretAsDoubles().intoArray(m, k + LaneField.SLOT);
            LongVector last =
                    DoubleVector.fromArray(D, m, k + 3 * LaneField.SLOT).reinterpretAsLongs();
            last.lanewise(VectorOperators.XOR, sign.and(Long.MIN_VALUE))
                    .reinterpretAsDoubles()
                    .intoArray(m, k + 3 * LaneField.SLOT);
        }
    }
}
