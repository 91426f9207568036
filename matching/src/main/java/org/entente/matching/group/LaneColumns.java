package org.entente.matching.group;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products modulo p left as columns, and sums of such products carried. The point formulas need only sums of products next, so one
 * round of carries for each sum replaces one for each product, and the sums come out reduced, with no bound to watch. {@link LaneField} carries a single product
 * in the same way; what it says about exact products and about the virtual machine holds here.
 *
 * <p><b>Columns.</b> A slot of columns holds five longs for each lane, as the bits of doubles: the bit patterns of h and l of all partial products, added
 * column by column modulo 2^64, columns 5 to 9 folded in 19-fold. The patterns bring constants with them; what they sum up to is what the same kernel makes of 0·0.
 *
 * <p><b>Nothing is subtracted to remove the constants.</b> The low 51 bits of bits(C1) and of bits(C2) are zero, so a mask of 51 bits sees none of them, and
 * the carries, shifted down, have a known number too much, modulo 2^13, which the step that turns a limb into a double takes off. What a limb does need is 2^50 before the
 * carry, to round. The patterns bring that as well: the products whose high halves reach each folded column exactly once start from C1 + <i>bias</i>·2^51 in place of C1,
 * and 19·2^50 is 2^50 modulo 2^51. So each kernel is told its bias, and those of a sum are chosen to make 2^50 together.
 *
 * <p><b>Bounds.</b> Operands are reduced, |limb| ≤ 2^50 + 2^11. C1 + x stays between 2^103 and 2^104, where patterns count evenly, while |x| ≤ 2^102: two products in
 * a chain are at most 2^101 + 2^63, one beside a bias at most 2^100 + 2^62 + 2^101. Folded column k is at most 125, 98, 71, 44 and 17 times 2^50 in magnitude for k = 0 … 4,
 * so a carry of a sum of four columns is below 250. The known numbers of differences lie between 0 and 9: those carries are shifted with their sign, the others without, and
 * no known number comes so near to where its shift wraps that a carry could reach it. The carry of column 4, at most 34 in such a sum, goes around
 * 19-fold: |limb| ≤ 2^50 + 19·34 + 1.
 */
final class LaneColumns {
    private static final VectorSpecies<Double> D = Lanes.DOUBLES;
    private static final VectorSpecies<Long> L = Lanes.LONGS;
    private static final int W = Lanes.W;
    private static final int SLOT = Lanes.SLOT;
    static final int RADIX = 51;

    /** C1 of the exact product: fma(a, b, HIGH) rounds to a multiple of 2^51. */
    static final double HIGH = 0x1.8p103;
    /** C2: what is left of a product, plus this, has a pattern that counts. */
    static final double REST = 0x1.8p52;

    /** No bias. Where two rows begin: C1 and C1 + C2, with the bias in both. */
    static final int PLAIN = 0;
    /** A bias of 2^49, for columns that are doubled. */
    static final int HALF = 2 * W;
    /** A bias of 2^50. */
    static final int WHOLE = 4 * W;

    static final double[] CONSTANTS = Lanes.rows(
            HIGH,
            HIGH + REST,
            HIGH + 0x1p49 * 0x1p51,
            HIGH + 0x1p49 * 0x1p51 + REST,
            HIGH + 0x1p50 * 0x1p51,
            HIGH + 0x1p50 * 0x1p51 + REST);

    private static final int LOW = 0;
    private static final int EXPONENT = W;
    private static final int SIGNED = 2 * W;
    /** Added to a limb whose carry is signed, so that it borrows nothing from the exponent. */
    private static final int MARGIN = 1 << 13;

    /** The mask of a limb, the exponent that makes a double of it, and the same with the margin. */
    private static final long[] PATTERNS = Lanes.rows(
            (1L << RADIX) - 1, Double.doubleToRawLongBits(0x1p52), Double.doubleToRawLongBits(0x1p52) + MARGIN);

    /** Slots of what is too much in E, F, G and H of {@link #doublingSums}. */
    private static final double[] AFTER_DOUBLING;
    /** The same of {@link #additionSums}. */
    private static final double[] AFTER_ADDITION;

    static {
        long[] square = ofZero(true, PLAIN);
        long[] biasedSquare = ofZero(true, WHOLE);
        long[] half = ofZero(false, HALF);
        long[] product = ofZero(false, PLAIN);
        long[] biasedProduct = ofZero(false, WHOLE);
        long[][] doubling = new long[4][Field.LIMBS];
        long[][] addition = new long[4][Field.LIMBS];
        for (int k = 0; k < Field.LIMBS; k++) {
            doubling[0][k] = 2 * half[k];
            doubling[2][k] = biasedSquare[k] - square[k];
            doubling[1][k] = 2 * square[k] - doubling[2][k];
            doubling[3][k] = biasedSquare[k] + square[k];
            addition[0][k] = biasedProduct[k] - product[k];
            addition[1][k] = addition[0][k];
            addition[2][k] = biasedProduct[k] + product[k];
            addition[3][k] = addition[2][k];
        }
        AFTER_DOUBLING = excess(doubling, false, false, true, false);
        AFTER_ADDITION = excess(addition, true, true, false, false);
    }

    private LaneColumns() {}

    /** The constants in the folded columns of a square or of a product: what its kernel makes of zero. */
    static long[] ofZero(boolean square, int bias) {
        double[] m = new double[2 * SLOT];
        if (square) {
            square(m, SLOT, 0, bias);
        } else {
            multiply(m, SLOT, 0, 0, bias);
        }
        long[] constants = new long[Field.LIMBS];
        for (int k = 0; k < Field.LIMBS; k++) {
            constants[k] = Double.doubleToRawLongBits(m[SLOT + k * W]);
        }
        return constants;
    }

    /**
     * What a limb has too much when it has become a double: the exponent, 2^50, and what the constants of the column below add to its carry.
     *
     * @param constants for each sum, those of its five columns
     * @param signed for each sum, whether its carries are shifted with their sign
     */
    static double[] excess(long[][] constants, boolean... signed) {
        double[] values = new double[constants.length * Field.LIMBS];
        for (int n = 0; n < values.length; n++) {
            int sum = n / Field.LIMBS;
            int limb = n % Field.LIMBS;
            if ((constants[sum][limb] & ((1L << RADIX) - 1)) != 1L << (RADIX - 1)) {
                throw new IllegalStateException("the biases of sum " + sum + " do not round limb " + limb);
            }
            long below = constants[sum][(limb + Field.LIMBS - 1) % Field.LIMBS];
            long carried = signed[sum] ? below >> RADIX : below >>> RADIX;
            values[n] = 0x1p52 + (signed[sum] ? MARGIN : 0) + 0x1p50 + (limb == 0 ? 19 : 1) * carried;
        }
        return Lanes.rows(values);
    }

    /**
     * o = the columns of a·b; {@code o} must not be an operand. Two rows at a time: the two products in each of their columns are a chain, one high half for both.
     */
    static void multiply(double[] m, int o, int a, int b, int bias) {
        DoubleVector c1 = DoubleVector.fromArray(D, CONSTANTS, PLAIN);
        DoubleVector c12 = DoubleVector.fromArray(D, CONSTANTS, PLAIN + W);
        DoubleVector d1 = DoubleVector.fromArray(D, CONSTANTS, bias);
        DoubleVector d12 = DoubleVector.fromArray(D, CONSTANTS, bias + W);
        DoubleVector a0 = DoubleVector.fromArray(D, m, a);
        DoubleVector a1 = DoubleVector.fromArray(D, m, a + 1 * W);
        DoubleVector a2 = DoubleVector.fromArray(D, m, a + 2 * W);
        DoubleVector a3 = DoubleVector.fromArray(D, m, a + 3 * W);
        DoubleVector a4 = DoubleVector.fromArray(D, m, a + 4 * W);
        DoubleVector x = DoubleVector.fromArray(D, m, b);
        DoubleVector y = DoubleVector.fromArray(D, m, b + W);
        DoubleVector g;
        DoubleVector h;
        DoubleVector l;
        h = a0.fma(x, c1);
        l = a0.fma(x, c12.sub(h));
        LongVector s0 = l.reinterpretAsLongs();
        LongVector s1 = h.reinterpretAsLongs();
        s0.reinterpretAsDoubles().intoArray(m, o);
        g = a1.fma(x, c1);
        l = a1.fma(x, c12.sub(g));
        h = a0.fma(y, g);
        l = l.add(a0.fma(y, g.sub(h)));
        s1 = s1.add(l.reinterpretAsLongs());
        LongVector s2 = h.reinterpretAsLongs();
        s1.reinterpretAsDoubles().intoArray(m, o + W);
        g = a2.fma(x, c1);
        l = a2.fma(x, c12.sub(g));
        h = a1.fma(y, g);
        l = l.add(a1.fma(y, g.sub(h)));
        s2 = s2.add(l.reinterpretAsLongs());
        LongVector s3 = h.reinterpretAsLongs();
        g = a3.fma(x, c1);
        l = a3.fma(x, c12.sub(g));
        h = a2.fma(y, g);
        l = l.add(a2.fma(y, g.sub(h)));
        s3 = s3.add(l.reinterpretAsLongs());
        LongVector s4 = h.reinterpretAsLongs();
        g = a4.fma(x, c1);
        l = a4.fma(x, c12.sub(g));
        h = a3.fma(y, g);
        l = l.add(a3.fma(y, g.sub(h)));
        s4 = s4.add(l.reinterpretAsLongs());
        LongVector s5 = h.reinterpretAsLongs();
        h = a4.fma(y, c1);
        l = a4.fma(y, c12.sub(h));
        s5 = s5.add(l.reinterpretAsLongs());
        LongVector s6 = h.reinterpretAsLongs();
        x = DoubleVector.fromArray(D, m, b + 2 * W);
        y = DoubleVector.fromArray(D, m, b + 3 * W);
        h = a0.fma(x, c1);
        l = a0.fma(x, c12.sub(h));
        s2 = s2.add(l.reinterpretAsLongs());
        s3 = s3.add(h.reinterpretAsLongs());
        s2.reinterpretAsDoubles().intoArray(m, o + 2 * W);
        g = a1.fma(x, c1);
        l = a1.fma(x, c12.sub(g));
        h = a0.fma(y, g);
        l = l.add(a0.fma(y, g.sub(h)));
        s3 = s3.add(l.reinterpretAsLongs());
        s4 = s4.add(h.reinterpretAsLongs());
        s3.reinterpretAsDoubles().intoArray(m, o + 3 * W);
        g = a2.fma(x, c1);
        l = a2.fma(x, c12.sub(g));
        h = a1.fma(y, g);
        l = l.add(a1.fma(y, g.sub(h)));
        s4 = s4.add(l.reinterpretAsLongs());
        s5 = s5.add(h.reinterpretAsLongs());
        g = a3.fma(x, c1);
        l = a3.fma(x, c12.sub(g));
        h = a2.fma(y, g);
        l = l.add(a2.fma(y, g.sub(h)));
        s5 = s5.add(l.reinterpretAsLongs());
        s6 = s6.add(h.reinterpretAsLongs());
        g = a4.fma(x, c1);
        l = a4.fma(x, c12.sub(g));
        h = a3.fma(y, g);
        l = l.add(a3.fma(y, g.sub(h)));
        s6 = s6.add(l.reinterpretAsLongs());
        LongVector s7 = h.reinterpretAsLongs();
        h = a4.fma(y, c1);
        l = a4.fma(y, c12.sub(h));
        s7 = s7.add(l.reinterpretAsLongs());
        LongVector s8 = h.reinterpretAsLongs();
        x = DoubleVector.fromArray(D, m, b + 4 * W);
        h = a0.fma(x, d1);
        l = a0.fma(x, d12.sub(h));
        s4 = s4.add(l.reinterpretAsLongs());
        s5 = s5.add(h.reinterpretAsLongs());
        s4.reinterpretAsDoubles().intoArray(m, o + 4 * W);
        h = a1.fma(x, d1);
        l = a1.fma(x, d12.sub(h));
        s5 = s5.add(l.reinterpretAsLongs());
        s6 = s6.add(h.reinterpretAsLongs());
        h = a2.fma(x, d1);
        l = a2.fma(x, d12.sub(h));
        s6 = s6.add(l.reinterpretAsLongs());
        s7 = s7.add(h.reinterpretAsLongs());
        h = a3.fma(x, d1);
        l = a3.fma(x, d12.sub(h));
        s7 = s7.add(l.reinterpretAsLongs());
        s8 = s8.add(h.reinterpretAsLongs());
        h = a4.fma(x, d1);
        l = a4.fma(x, d12.sub(h));
        s8 = s8.add(l.reinterpretAsLongs());
        LongVector s9 = h.reinterpretAsLongs();
        DoubleVector.fromArray(D, m, o)
                .reinterpretAsLongs()
                .add(s5.mul(19))
                .reinterpretAsDoubles()
                .intoArray(m, o);
        DoubleVector.fromArray(D, m, o + W)
                .reinterpretAsLongs()
                .add(s6.mul(19))
                .reinterpretAsDoubles()
                .intoArray(m, o + W);
        DoubleVector.fromArray(D, m, o + 2 * W)
                .reinterpretAsLongs()
                .add(s7.mul(19))
                .reinterpretAsDoubles()
                .intoArray(m, o + 2 * W);
        DoubleVector.fromArray(D, m, o + 3 * W)
                .reinterpretAsLongs()
                .add(s8.mul(19))
                .reinterpretAsDoubles()
                .intoArray(m, o + 3 * W);
        DoubleVector.fromArray(D, m, o + 4 * W)
                .reinterpretAsLongs()
                .add(s9.mul(19))
                .reinterpretAsDoubles()
                .intoArray(m, o + 4 * W);
    }

    /** o = the columns of a²; {@code o} must not be the operand. The squares of limbs carry the bias. */
    static void square(double[] m, int o, int a, int bias) {
        DoubleVector c1 = DoubleVector.fromArray(D, CONSTANTS, PLAIN);
        DoubleVector c12 = DoubleVector.fromArray(D, CONSTANTS, PLAIN + W);
        DoubleVector d1 = DoubleVector.fromArray(D, CONSTANTS, bias);
        DoubleVector d12 = DoubleVector.fromArray(D, CONSTANTS, bias + W);
        DoubleVector a0 = DoubleVector.fromArray(D, m, a);
        DoubleVector a1 = DoubleVector.fromArray(D, m, a + W);
        DoubleVector a2 = DoubleVector.fromArray(D, m, a + 2 * W);
        DoubleVector a3 = DoubleVector.fromArray(D, m, a + 3 * W);
        DoubleVector a4 = DoubleVector.fromArray(D, m, a + 4 * W);
        DoubleVector e0 = a0.add(a0);
        DoubleVector e1 = a1.add(a1);
        DoubleVector e2 = a2.add(a2);
        DoubleVector e3 = a3.add(a3);
        DoubleVector h;
        DoubleVector l;
        h = a0.fma(a0, d1);
        l = a0.fma(a0, d12.sub(h));
        LongVector s1 = h.reinterpretAsLongs();
        LongVector s0 = l.reinterpretAsLongs();
        h = e0.fma(a1, c1);
        l = e0.fma(a1, c12.sub(h));
        LongVector s2 = h.reinterpretAsLongs();
        s1 = s1.add(l.reinterpretAsLongs());
        h = e0.fma(a2, c1);
        l = e0.fma(a2, c12.sub(h));
        LongVector s3 = h.reinterpretAsLongs();
        s2 = s2.add(l.reinterpretAsLongs());
        h = a1.fma(a1, d1);
        l = a1.fma(a1, d12.sub(h));
        s3 = s3.add(h.reinterpretAsLongs());
        s2 = s2.add(l.reinterpretAsLongs());
        h = e0.fma(a3, c1);
        l = e0.fma(a3, c12.sub(h));
        LongVector s4 = h.reinterpretAsLongs();
        s3 = s3.add(l.reinterpretAsLongs());
        h = e1.fma(a2, c1);
        l = e1.fma(a2, c12.sub(h));
        s4 = s4.add(h.reinterpretAsLongs());
        s3 = s3.add(l.reinterpretAsLongs());
        h = e0.fma(a4, c1);
        l = e0.fma(a4, c12.sub(h));
        LongVector s5 = h.reinterpretAsLongs();
        s4 = s4.add(l.reinterpretAsLongs());
        h = e1.fma(a3, c1);
        l = e1.fma(a3, c12.sub(h));
        s5 = s5.add(h.reinterpretAsLongs());
        s4 = s4.add(l.reinterpretAsLongs());
        h = a2.fma(a2, d1);
        l = a2.fma(a2, d12.sub(h));
        s5 = s5.add(h.reinterpretAsLongs());
        s4 = s4.add(l.reinterpretAsLongs());
        h = e1.fma(a4, c1);
        l = e1.fma(a4, c12.sub(h));
        LongVector s6 = h.reinterpretAsLongs();
        s5 = s5.add(l.reinterpretAsLongs());
        h = e2.fma(a3, c1);
        l = e2.fma(a3, c12.sub(h));
        s6 = s6.add(h.reinterpretAsLongs());
        s5 = s5.add(l.reinterpretAsLongs());
        h = e2.fma(a4, c1);
        l = e2.fma(a4, c12.sub(h));
        LongVector s7 = h.reinterpretAsLongs();
        s6 = s6.add(l.reinterpretAsLongs());
        h = a3.fma(a3, d1);
        l = a3.fma(a3, d12.sub(h));
        s7 = s7.add(h.reinterpretAsLongs());
        s6 = s6.add(l.reinterpretAsLongs());
        h = e3.fma(a4, c1);
        l = e3.fma(a4, c12.sub(h));
        LongVector s8 = h.reinterpretAsLongs();
        s7 = s7.add(l.reinterpretAsLongs());
        h = a4.fma(a4, d1);
        l = a4.fma(a4, d12.sub(h));
        LongVector s9 = h.reinterpretAsLongs();
        s8 = s8.add(l.reinterpretAsLongs());
        s0.add(s5.mul(19)).reinterpretAsDoubles().intoArray(m, o);
        s1.add(s6.mul(19)).reinterpretAsDoubles().intoArray(m, o + W);
        s2.add(s7.mul(19)).reinterpretAsDoubles().intoArray(m, o + 2 * W);
        s3.add(s8.mul(19)).reinterpretAsDoubles().intoArray(m, o + 3 * W);
        s4.add(s9.mul(19)).reinterpretAsDoubles().intoArray(m, o + 4 * W);
    }

    /**
     * The sums between the squares and the products of a doubling: from the columns of X², Y² (bias {@link #WHOLE}), Z², X·Y (bias {@link #HALF}) in four slots
     * at {@code s} to E = 2·X·Y, F = X² - Y² + 2Z², G = Y² - X², H = X² + Y² in the same.
     */
    static void doublingSums(double[] m, int s) {
        LongVector low = LongVector.fromArray(L, PATTERNS, LOW);
        LongVector exponent = LongVector.fromArray(L, PATTERNS, EXPONENT);
        LongVector signed = LongVector.fromArray(L, PATTERNS, SIGNED);
        int last = s + 4 * W;
        LongVector a = DoubleVector.fromArray(D, m, last).reinterpretAsLongs();
        LongVector b = DoubleVector.fromArray(D, m, last + SLOT).reinterpretAsLongs();
        LongVector c = DoubleVector.fromArray(D, m, last + 2 * SLOT).reinterpretAsLongs();
        LongVector d = DoubleVector.fromArray(D, m, last + 3 * SLOT).reinterpretAsLongs();
        LongVector g = b.sub(a);
        LongVector e = d.add(d);
        LongVector f = c.add(c).sub(g);
        LongVector h = a.add(b);
        LongVector carryE = e.lanewise(VectorOperators.LSHR, RADIX).mul(19);
        LongVector carryF = f.lanewise(VectorOperators.LSHR, RADIX).mul(19);
        LongVector carryG = g.lanewise(VectorOperators.ASHR, RADIX).mul(19);
        LongVector carryH = h.lanewise(VectorOperators.LSHR, RADIX).mul(19);
        for (int k = 0; k < SLOT; k += W) {
            a = DoubleVector.fromArray(D, m, s + k).reinterpretAsLongs();
            b = DoubleVector.fromArray(D, m, s + k + SLOT).reinterpretAsLongs();
            c = DoubleVector.fromArray(D, m, s + k + 2 * SLOT).reinterpretAsLongs();
            d = DoubleVector.fromArray(D, m, s + k + 3 * SLOT).reinterpretAsLongs();
            g = b.sub(a);
            e = d.add(d);
            f = c.add(c).sub(g);
            h = a.add(b);
            e.and(low)
                    .or(exponent)
                    .add(carryE)
                    .reinterpretAsDoubles()
                    .sub(DoubleVector.fromArray(D, AFTER_DOUBLING, k))
                    .intoArray(m, s + k);
            f.and(low)
                    .or(exponent)
                    .add(carryF)
                    .reinterpretAsDoubles()
                    .sub(DoubleVector.fromArray(D, AFTER_DOUBLING, SLOT + k))
                    .intoArray(m, s + k + SLOT);
            g.and(low)
                    .add(signed)
                    .add(carryG)
                    .reinterpretAsDoubles()
                    .sub(DoubleVector.fromArray(D, AFTER_DOUBLING, 2 * SLOT + k))
                    .intoArray(m, s + k + 2 * SLOT);
            h.and(low)
                    .or(exponent)
                    .add(carryH)
                    .reinterpretAsDoubles()
                    .sub(DoubleVector.fromArray(D, AFTER_DOUBLING, 3 * SLOT + k))
                    .intoArray(m, s + k + 3 * SLOT);
            carryE = e.lanewise(VectorOperators.LSHR, RADIX);
            carryF = f.lanewise(VectorOperators.LSHR, RADIX);
            carryG = g.lanewise(VectorOperators.ASHR, RADIX);
            carryH = h.lanewise(VectorOperators.LSHR, RADIX);
        }
    }

    /**
     * The sums of an addition: from the columns of A, B (bias {@link #WHOLE}), C, D (bias {@link #WHOLE}) in four slots at {@code s} to E = B - A, F = D - C,
     * G = D + C, H = B + A in the same.
     */
    static void additionSums(double[] m, int s) {
        LongVector low = LongVector.fromArray(L, PATTERNS, LOW);
        LongVector exponent = LongVector.fromArray(L, PATTERNS, EXPONENT);
        LongVector signed = LongVector.fromArray(L, PATTERNS, SIGNED);
        int last = s + 4 * W;
        LongVector a = DoubleVector.fromArray(D, m, last).reinterpretAsLongs();
        LongVector b = DoubleVector.fromArray(D, m, last + SLOT).reinterpretAsLongs();
        LongVector c = DoubleVector.fromArray(D, m, last + 2 * SLOT).reinterpretAsLongs();
        LongVector d = DoubleVector.fromArray(D, m, last + 3 * SLOT).reinterpretAsLongs();
        LongVector g = d.add(c);
        LongVector e = b.sub(a);
        LongVector f = d.sub(c);
        LongVector h = b.add(a);
        LongVector carryE = e.lanewise(VectorOperators.ASHR, RADIX).mul(19);
        LongVector carryF = f.lanewise(VectorOperators.ASHR, RADIX).mul(19);
        LongVector carryG = g.lanewise(VectorOperators.LSHR, RADIX).mul(19);
        LongVector carryH = h.lanewise(VectorOperators.LSHR, RADIX).mul(19);
        for (int k = 0; k < SLOT; k += W) {
            a = DoubleVector.fromArray(D, m, s + k).reinterpretAsLongs();
            b = DoubleVector.fromArray(D, m, s + k + SLOT).reinterpretAsLongs();
            c = DoubleVector.fromArray(D, m, s + k + 2 * SLOT).reinterpretAsLongs();
            d = DoubleVector.fromArray(D, m, s + k + 3 * SLOT).reinterpretAsLongs();
            g = d.add(c);
            e = b.sub(a);
            f = d.sub(c);
            h = b.add(a);
            e.and(low)
                    .add(signed)
                    .add(carryE)
                    .reinterpretAsDoubles()
                    .sub(DoubleVector.fromArray(D, AFTER_ADDITION, k))
                    .intoArray(m, s + k);
            f.and(low)
                    .add(signed)
                    .add(carryF)
                    .reinterpretAsDoubles()
                    .sub(DoubleVector.fromArray(D, AFTER_ADDITION, SLOT + k))
                    .intoArray(m, s + k + SLOT);
            g.and(low)
                    .or(exponent)
                    .add(carryG)
                    .reinterpretAsDoubles()
                    .sub(DoubleVector.fromArray(D, AFTER_ADDITION, 2 * SLOT + k))
                    .intoArray(m, s + k + 2 * SLOT);
            h.and(low)
                    .or(exponent)
                    .add(carryH)
                    .reinterpretAsDoubles()
                    .sub(DoubleVector.fromArray(D, AFTER_ADDITION, 3 * SLOT + k))
                    .intoArray(m, s + k + 3 * SLOT);
            carryE = e.lanewise(VectorOperators.ASHR, RADIX);
            carryF = f.lanewise(VectorOperators.ASHR, RADIX);
            carryG = g.lanewise(VectorOperators.LSHR, RADIX);
            carryH = h.lanewise(VectorOperators.LSHR, RADIX);
        }
    }
}
