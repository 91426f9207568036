package org.entente.matching.group;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products as {@link LaneField} makes them, left as columns until sums of them have been taken. The point formulas need only sums of products next, so one
 * round of carries for each sum replaces one for each product, and the sums come out reduced, with no bound to watch.
 *
 * <p>A slot of columns holds five longs for each lane, as the bits of doubles: folded sums of bit patterns with their constants still in them, modulo 2^64.
 * The constants of a sum of columns are the same sum of the constants, taken off when it is carried. A sum of up to four columns is below 4·267·2^50 in
 * magnitude, under the 2^62 that is added; its carries, the last one 19-fold, leave |limb| ≤ 2^50 + 2^11.
 *
 * <p>What {@link LaneField} says about the virtual machine holds here too.
 */
final class LaneColumns {
    private static final VectorSpecies<Double> D = DoubleVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> L = VectorSpecies.of(long.class, D.vectorShape());
    private static final int W = LaneField.W;
    private static final int SLOT = LaneField.SLOT;
    private static final int RADIX = 51;

    private static final int C1 = 0;
    private static final int C12 = W;
    /** A row for each limb: what the carries, biased by 2^11, and the exponent are too much. */
    private static final int RECOVER = 2 * W;

    private static final double[] CONSTANTS = LaneField.rows(
            LaneField.HIGH,
            LaneField.HIGH + LaneField.REST,
            0x1p52 + 0x1p50 + 19 * 0x1p11,
            0x1p52 + 0x1p50 + 0x1p11,
            0x1p52 + 0x1p50 + 0x1p11,
            0x1p52 + 0x1p50 + 0x1p11,
            0x1p52 + 0x1p50 + 0x1p11);

    private static final int LOW = 0;
    private static final int EXPONENT = W;
    private static final long[] PATTERNS = LaneField.rows((1L << RADIX) - 1, Double.doubleToRawLongBits(0x1p52));

    /** Four slots: the constants in E, F, G and H of {@link #doublingSums}, less the bias. */
    private static final long[] DOUBLING = constants(new int[] {0, -2, 0, -2}, new int[] {2, 0, 0, 0});
    /** Four slots: the constants in E, F, G and H of {@link #additionSums}, less the bias. */
    private static final long[] ADDITION = constants(new int[4], new int[] {0, 0, 2, 2});

    private LaneColumns() {}

    /** For each of four sums, how many squares and how many products are in it, those that are subtracted counting as less than none. */
    private static long[] constants(int[] squares, int[] products) {
        long[] square = LaneField.constants(true);
        long[] product = LaneField.constants(false);
        long[] rows = new long[4 * SLOT];
        for (int n = 0; n < rows.length; n++) {
            int sum = n / SLOT;
            int limb = n % SLOT / W;
            rows[n] = squares[sum] * square[limb] + products[sum] * product[limb] - LaneField.BIAS_OF_CARRIES;
        }
        return rows;
    }

    /** o = the columns of a·b; {@code o} must not be an operand. |a_i·b_j| &lt; 2^102. */
    static void multiply(double[] m, int o, int a, int b) {
        DoubleVector c1 = DoubleVector.fromArray(D, CONSTANTS, C1);
        DoubleVector c12 = DoubleVector.fromArray(D, CONSTANTS, C12);
        DoubleVector a0 = DoubleVector.fromArray(D, m, a);
        DoubleVector a1 = DoubleVector.fromArray(D, m, a + W);
        DoubleVector a2 = DoubleVector.fromArray(D, m, a + 2 * W);
        DoubleVector a3 = DoubleVector.fromArray(D, m, a + 3 * W);
        DoubleVector a4 = DoubleVector.fromArray(D, m, a + 4 * W);
        DoubleVector b0 = DoubleVector.fromArray(D, m, b);
        DoubleVector b1 = DoubleVector.fromArray(D, m, b + W);
        DoubleVector b2 = DoubleVector.fromArray(D, m, b + 2 * W);
        DoubleVector b3 = DoubleVector.fromArray(D, m, b + 3 * W);
        DoubleVector b4 = DoubleVector.fromArray(D, m, b + 4 * W);
        DoubleVector h;
        DoubleVector l;
        h = a0.fma(b0, c1);
        l = a0.fma(b0, c12.sub(h));
        LongVector s1 = h.reinterpretAsLongs();
        LongVector s0 = l.reinterpretAsLongs();
        h = a0.fma(b1, c1);
        l = a0.fma(b1, c12.sub(h));
        LongVector s2 = h.reinterpretAsLongs();
        s1 = s1.add(l.reinterpretAsLongs());
        h = a1.fma(b0, c1);
        l = a1.fma(b0, c12.sub(h));
        s2 = s2.add(h.reinterpretAsLongs());
        s1 = s1.add(l.reinterpretAsLongs());
        h = a0.fma(b2, c1);
        l = a0.fma(b2, c12.sub(h));
        LongVector s3 = h.reinterpretAsLongs();
        s2 = s2.add(l.reinterpretAsLongs());
        h = a1.fma(b1, c1);
        l = a1.fma(b1, c12.sub(h));
        s3 = s3.add(h.reinterpretAsLongs());
        s2 = s2.add(l.reinterpretAsLongs());
        h = a2.fma(b0, c1);
        l = a2.fma(b0, c12.sub(h));
        s3 = s3.add(h.reinterpretAsLongs());
        s2 = s2.add(l.reinterpretAsLongs());
        h = a0.fma(b3, c1);
        l = a0.fma(b3, c12.sub(h));
        LongVector s4 = h.reinterpretAsLongs();
        s3 = s3.add(l.reinterpretAsLongs());
        h = a1.fma(b2, c1);
        l = a1.fma(b2, c12.sub(h));
        s4 = s4.add(h.reinterpretAsLongs());
        s3 = s3.add(l.reinterpretAsLongs());
        h = a2.fma(b1, c1);
        l = a2.fma(b1, c12.sub(h));
        s4 = s4.add(h.reinterpretAsLongs());
        s3 = s3.add(l.reinterpretAsLongs());
        h = a3.fma(b0, c1);
        l = a3.fma(b0, c12.sub(h));
        s4 = s4.add(h.reinterpretAsLongs());
        s3 = s3.add(l.reinterpretAsLongs());
        h = a0.fma(b4, c1);
        l = a0.fma(b4, c12.sub(h));
        LongVector s5 = h.reinterpretAsLongs();
        s4 = s4.add(l.reinterpretAsLongs());
        h = a1.fma(b3, c1);
        l = a1.fma(b3, c12.sub(h));
        s5 = s5.add(h.reinterpretAsLongs());
        s4 = s4.add(l.reinterpretAsLongs());
        h = a2.fma(b2, c1);
        l = a2.fma(b2, c12.sub(h));
        s5 = s5.add(h.reinterpretAsLongs());
        s4 = s4.add(l.reinterpretAsLongs());
        h = a3.fma(b1, c1);
        l = a3.fma(b1, c12.sub(h));
        s5 = s5.add(h.reinterpretAsLongs());
        s4 = s4.add(l.reinterpretAsLongs());
        h = a4.fma(b0, c1);
        l = a4.fma(b0, c12.sub(h));
        s5 = s5.add(h.reinterpretAsLongs());
        s4 = s4.add(l.reinterpretAsLongs());
        s0.reinterpretAsDoubles().intoArray(m, o);
        s1.reinterpretAsDoubles().intoArray(m, o + W);
        s2.reinterpretAsDoubles().intoArray(m, o + 2 * W);
        s3.reinterpretAsDoubles().intoArray(m, o + 3 * W);
        s4.reinterpretAsDoubles().intoArray(m, o + 4 * W);
        a1 = DoubleVector.fromArray(D, m, a + W);
        b1 = DoubleVector.fromArray(D, m, b + W);
        a2 = DoubleVector.fromArray(D, m, a + 2 * W);
        b2 = DoubleVector.fromArray(D, m, b + 2 * W);
        a3 = DoubleVector.fromArray(D, m, a + 3 * W);
        b3 = DoubleVector.fromArray(D, m, b + 3 * W);
        a4 = DoubleVector.fromArray(D, m, a + 4 * W);
        b4 = DoubleVector.fromArray(D, m, b + 4 * W);
        h = a1.fma(b4, c1);
        l = a1.fma(b4, c12.sub(h));
        LongVector s6 = h.reinterpretAsLongs();
        s5 = s5.add(l.reinterpretAsLongs());
        h = a2.fma(b3, c1);
        l = a2.fma(b3, c12.sub(h));
        s6 = s6.add(h.reinterpretAsLongs());
        s5 = s5.add(l.reinterpretAsLongs());
        h = a3.fma(b2, c1);
        l = a3.fma(b2, c12.sub(h));
        s6 = s6.add(h.reinterpretAsLongs());
        s5 = s5.add(l.reinterpretAsLongs());
        h = a4.fma(b1, c1);
        l = a4.fma(b1, c12.sub(h));
        s6 = s6.add(h.reinterpretAsLongs());
        s5 = s5.add(l.reinterpretAsLongs());
        h = a2.fma(b4, c1);
        l = a2.fma(b4, c12.sub(h));
        LongVector s7 = h.reinterpretAsLongs();
        s6 = s6.add(l.reinterpretAsLongs());
        h = a3.fma(b3, c1);
        l = a3.fma(b3, c12.sub(h));
        s7 = s7.add(h.reinterpretAsLongs());
        s6 = s6.add(l.reinterpretAsLongs());
        h = a4.fma(b2, c1);
        l = a4.fma(b2, c12.sub(h));
        s7 = s7.add(h.reinterpretAsLongs());
        s6 = s6.add(l.reinterpretAsLongs());
        h = a3.fma(b4, c1);
        l = a3.fma(b4, c12.sub(h));
        LongVector s8 = h.reinterpretAsLongs();
        s7 = s7.add(l.reinterpretAsLongs());
        h = a4.fma(b3, c1);
        l = a4.fma(b3, c12.sub(h));
        s8 = s8.add(h.reinterpretAsLongs());
        s7 = s7.add(l.reinterpretAsLongs());
        h = a4.fma(b4, c1);
        l = a4.fma(b4, c12.sub(h));
        LongVector s9 = h.reinterpretAsLongs();
        s8 = s8.add(l.reinterpretAsLongs());
        s0 = DoubleVector.fromArray(D, m, o).reinterpretAsLongs();
        s1 = DoubleVector.fromArray(D, m, o + W).reinterpretAsLongs();
        s2 = DoubleVector.fromArray(D, m, o + 2 * W).reinterpretAsLongs();
        s3 = DoubleVector.fromArray(D, m, o + 3 * W).reinterpretAsLongs();
        s4 = DoubleVector.fromArray(D, m, o + 4 * W).reinterpretAsLongs();
        s0.add(s5.mul(19)).reinterpretAsDoubles().intoArray(m, o);
        s1.add(s6.mul(19)).reinterpretAsDoubles().intoArray(m, o + W);
        s2.add(s7.mul(19)).reinterpretAsDoubles().intoArray(m, o + 2 * W);
        s3.add(s8.mul(19)).reinterpretAsDoubles().intoArray(m, o + 3 * W);
        s4.add(s9.mul(19)).reinterpretAsDoubles().intoArray(m, o + 4 * W);
    }

    /** o = the columns of a², of a reduced element; {@code o} must not be the operand. */
    static void square(double[] m, int o, int a) {
        DoubleVector c1 = DoubleVector.fromArray(D, CONSTANTS, C1);
        DoubleVector c12 = DoubleVector.fromArray(D, CONSTANTS, C12);
        DoubleVector a0 = DoubleVector.fromArray(D, m, a);
        DoubleVector a1 = DoubleVector.fromArray(D, m, a + W);
        DoubleVector a2 = DoubleVector.fromArray(D, m, a + 2 * W);
        DoubleVector a3 = DoubleVector.fromArray(D, m, a + 3 * W);
        DoubleVector a4 = DoubleVector.fromArray(D, m, a + 4 * W);
        DoubleVector d0 = a0.add(a0);
        DoubleVector d1 = a1.add(a1);
        DoubleVector d2 = a2.add(a2);
        DoubleVector d3 = a3.add(a3);
        DoubleVector h;
        DoubleVector l;
        h = a0.fma(a0, c1);
        l = a0.fma(a0, c12.sub(h));
        LongVector s1 = h.reinterpretAsLongs();
        LongVector s0 = l.reinterpretAsLongs();
        h = d0.fma(a1, c1);
        l = d0.fma(a1, c12.sub(h));
        LongVector s2 = h.reinterpretAsLongs();
        s1 = s1.add(l.reinterpretAsLongs());
        h = d0.fma(a2, c1);
        l = d0.fma(a2, c12.sub(h));
        LongVector s3 = h.reinterpretAsLongs();
        s2 = s2.add(l.reinterpretAsLongs());
        h = a1.fma(a1, c1);
        l = a1.fma(a1, c12.sub(h));
        s3 = s3.add(h.reinterpretAsLongs());
        s2 = s2.add(l.reinterpretAsLongs());
        h = d0.fma(a3, c1);
        l = d0.fma(a3, c12.sub(h));
        LongVector s4 = h.reinterpretAsLongs();
        s3 = s3.add(l.reinterpretAsLongs());
        h = d1.fma(a2, c1);
        l = d1.fma(a2, c12.sub(h));
        s4 = s4.add(h.reinterpretAsLongs());
        s3 = s3.add(l.reinterpretAsLongs());
        h = d0.fma(a4, c1);
        l = d0.fma(a4, c12.sub(h));
        LongVector s5 = h.reinterpretAsLongs();
        s4 = s4.add(l.reinterpretAsLongs());
        h = d1.fma(a3, c1);
        l = d1.fma(a3, c12.sub(h));
        s5 = s5.add(h.reinterpretAsLongs());
        s4 = s4.add(l.reinterpretAsLongs());
        h = a2.fma(a2, c1);
        l = a2.fma(a2, c12.sub(h));
        s5 = s5.add(h.reinterpretAsLongs());
        s4 = s4.add(l.reinterpretAsLongs());
        h = d1.fma(a4, c1);
        l = d1.fma(a4, c12.sub(h));
        LongVector s6 = h.reinterpretAsLongs();
        s5 = s5.add(l.reinterpretAsLongs());
        h = d2.fma(a3, c1);
        l = d2.fma(a3, c12.sub(h));
        s6 = s6.add(h.reinterpretAsLongs());
        s5 = s5.add(l.reinterpretAsLongs());
        h = d2.fma(a4, c1);
        l = d2.fma(a4, c12.sub(h));
        LongVector s7 = h.reinterpretAsLongs();
        s6 = s6.add(l.reinterpretAsLongs());
        h = a3.fma(a3, c1);
        l = a3.fma(a3, c12.sub(h));
        s7 = s7.add(h.reinterpretAsLongs());
        s6 = s6.add(l.reinterpretAsLongs());
        h = d3.fma(a4, c1);
        l = d3.fma(a4, c12.sub(h));
        LongVector s8 = h.reinterpretAsLongs();
        s7 = s7.add(l.reinterpretAsLongs());
        h = a4.fma(a4, c1);
        l = a4.fma(a4, c12.sub(h));
        LongVector s9 = h.reinterpretAsLongs();
        s8 = s8.add(l.reinterpretAsLongs());
        s0.add(s5.mul(19)).reinterpretAsDoubles().intoArray(m, o);
        s1.add(s6.mul(19)).reinterpretAsDoubles().intoArray(m, o + W);
        s2.add(s7.mul(19)).reinterpretAsDoubles().intoArray(m, o + 2 * W);
        s3.add(s8.mul(19)).reinterpretAsDoubles().intoArray(m, o + 3 * W);
        s4.add(s9.mul(19)).reinterpretAsDoubles().intoArray(m, o + 4 * W);
    }

    /**
     * The sums between the squares and the products of a doubling: from the columns of X², Y², Z², X·Y in four slots at {@code s} to E = 2·X·Y,
     * F = Y² - X² - 2Z², G = Y² - X², H = -X² - Y² in the same, reduced.
     */
    static void doublingSums(double[] m, int s) {
        LongVector low = LongVector.fromArray(L, PATTERNS, LOW);
        LongVector exponent = LongVector.fromArray(L, PATTERNS, EXPONENT);
        int last = s + 4 * W;
        LongVector a = DoubleVector.fromArray(D, m, last).reinterpretAsLongs();
        LongVector b = DoubleVector.fromArray(D, m, last + 1 * SLOT).reinterpretAsLongs();
        LongVector c = DoubleVector.fromArray(D, m, last + 2 * SLOT).reinterpretAsLongs();
        LongVector d = DoubleVector.fromArray(D, m, last + 3 * SLOT).reinterpretAsLongs();
        LongVector carryE = d.add(d)
                .sub(LongVector.fromArray(L, DOUBLING, 0 * SLOT + 4 * W))
                .lanewise(VectorOperators.LSHR, RADIX)
                .mul(19);
        LongVector carryF = b.sub(a)
                .sub(c)
                .sub(c)
                .sub(LongVector.fromArray(L, DOUBLING, 1 * SLOT + 4 * W))
                .lanewise(VectorOperators.LSHR, RADIX)
                .mul(19);
        LongVector carryG = b.sub(a)
                .sub(LongVector.fromArray(L, DOUBLING, 2 * SLOT + 4 * W))
                .lanewise(VectorOperators.LSHR, RADIX)
                .mul(19);
        LongVector carryH = b.sub(a)
                .sub(b)
                .sub(b)
                .sub(LongVector.fromArray(L, DOUBLING, 3 * SLOT + 4 * W))
                .lanewise(VectorOperators.LSHR, RADIX)
                .mul(19);
        for (int k = 0; k < SLOT; k += W) {
            DoubleVector recover = DoubleVector.fromArray(D, CONSTANTS, RECOVER + k);
            a = DoubleVector.fromArray(D, m, s + k).reinterpretAsLongs();
            b = DoubleVector.fromArray(D, m, s + k + 1 * SLOT).reinterpretAsLongs();
            c = DoubleVector.fromArray(D, m, s + k + 2 * SLOT).reinterpretAsLongs();
            d = DoubleVector.fromArray(D, m, s + k + 3 * SLOT).reinterpretAsLongs();
            LongVector e = d.add(d).sub(LongVector.fromArray(L, DOUBLING, 0 * SLOT + k));
            LongVector f = b.sub(a).sub(c).sub(c).sub(LongVector.fromArray(L, DOUBLING, 1 * SLOT + k));
            LongVector g = b.sub(a).sub(LongVector.fromArray(L, DOUBLING, 2 * SLOT + k));
            LongVector h = b.sub(a).sub(b).sub(b).sub(LongVector.fromArray(L, DOUBLING, 3 * SLOT + k));
            e.and(low)
                    .or(exponent)
                    .add(carryE)
                    .reinterpretAsDoubles()
                    .sub(recover)
                    .intoArray(m, s + k);
            f.and(low)
                    .or(exponent)
                    .add(carryF)
                    .reinterpretAsDoubles()
                    .sub(recover)
                    .intoArray(m, s + k + 1 * SLOT);
            g.and(low)
                    .or(exponent)
                    .add(carryG)
                    .reinterpretAsDoubles()
                    .sub(recover)
                    .intoArray(m, s + k + 2 * SLOT);
            h.and(low)
                    .or(exponent)
                    .add(carryH)
                    .reinterpretAsDoubles()
                    .sub(recover)
                    .intoArray(m, s + k + 3 * SLOT);
            carryE = e.lanewise(VectorOperators.LSHR, RADIX);
            carryF = f.lanewise(VectorOperators.LSHR, RADIX);
            carryG = g.lanewise(VectorOperators.LSHR, RADIX);
            carryH = h.lanewise(VectorOperators.LSHR, RADIX);
        }
    }

    /** The sums of an addition: from the columns of A, B, C, D in four slots at {@code s} to E = B - A, F = D - C, G = D + C, H = B + A, reduced. */
    static void additionSums(double[] m, int s) {
        LongVector low = LongVector.fromArray(L, PATTERNS, LOW);
        LongVector exponent = LongVector.fromArray(L, PATTERNS, EXPONENT);
        int last = s + 4 * W;
        LongVector a = DoubleVector.fromArray(D, m, last).reinterpretAsLongs();
        LongVector b = DoubleVector.fromArray(D, m, last + 1 * SLOT).reinterpretAsLongs();
        LongVector c = DoubleVector.fromArray(D, m, last + 2 * SLOT).reinterpretAsLongs();
        LongVector d = DoubleVector.fromArray(D, m, last + 3 * SLOT).reinterpretAsLongs();
        LongVector carryE = b.sub(a)
                .sub(LongVector.fromArray(L, ADDITION, 0 * SLOT + 4 * W))
                .lanewise(VectorOperators.LSHR, RADIX)
                .mul(19);
        LongVector carryF = d.sub(c)
                .sub(LongVector.fromArray(L, ADDITION, 1 * SLOT + 4 * W))
                .lanewise(VectorOperators.LSHR, RADIX)
                .mul(19);
        LongVector carryG = d.add(c)
                .sub(LongVector.fromArray(L, ADDITION, 2 * SLOT + 4 * W))
                .lanewise(VectorOperators.LSHR, RADIX)
                .mul(19);
        LongVector carryH = b.add(a)
                .sub(LongVector.fromArray(L, ADDITION, 3 * SLOT + 4 * W))
                .lanewise(VectorOperators.LSHR, RADIX)
                .mul(19);
        for (int k = 0; k < SLOT; k += W) {
            DoubleVector recover = DoubleVector.fromArray(D, CONSTANTS, RECOVER + k);
            a = DoubleVector.fromArray(D, m, s + k).reinterpretAsLongs();
            b = DoubleVector.fromArray(D, m, s + k + 1 * SLOT).reinterpretAsLongs();
            c = DoubleVector.fromArray(D, m, s + k + 2 * SLOT).reinterpretAsLongs();
            d = DoubleVector.fromArray(D, m, s + k + 3 * SLOT).reinterpretAsLongs();
            LongVector e = b.sub(a).sub(LongVector.fromArray(L, ADDITION, 0 * SLOT + k));
            LongVector f = d.sub(c).sub(LongVector.fromArray(L, ADDITION, 1 * SLOT + k));
            LongVector g = d.add(c).sub(LongVector.fromArray(L, ADDITION, 2 * SLOT + k));
            LongVector h = b.add(a).sub(LongVector.fromArray(L, ADDITION, 3 * SLOT + k));
            e.and(low)
                    .or(exponent)
                    .add(carryE)
                    .reinterpretAsDoubles()
                    .sub(recover)
                    .intoArray(m, s + k);
            f.and(low)
                    .or(exponent)
                    .add(carryF)
                    .reinterpretAsDoubles()
                    .sub(recover)
                    .intoArray(m, s + k + 1 * SLOT);
            g.and(low)
                    .or(exponent)
                    .add(carryG)
                    .reinterpretAsDoubles()
                    .sub(recover)
                    .intoArray(m, s + k + 2 * SLOT);
            h.and(low)
                    .or(exponent)
                    .add(carryH)
                    .reinterpretAsDoubles()
                    .sub(recover)
                    .intoArray(m, s + k + 3 * SLOT);
            carryE = e.lanewise(VectorOperators.LSHR, RADIX);
            carryF = f.lanewise(VectorOperators.LSHR, RADIX);
            carryG = g.lanewise(VectorOperators.LSHR, RADIX);
            carryH = h.lanewise(VectorOperators.LSHR, RADIX);
        }
    }
}
