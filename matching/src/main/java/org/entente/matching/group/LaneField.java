package org.entente.matching.group;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Integers modulo p = 2^255 - 19, as many at once as the machine has lanes: 8, 4 or 2. ({@link Field} does one at a time.)
 *
 * <p><b>Shape.</b> A <i>slot</i> is 5·W doubles in a workspace {@code m}: limb k of lane n lies at slot + k·W + n. Limbs are integers in
 * doubles, radix 2^51, balanced. The first slot of every workspace, {@link #KEPT}, belongs to {@link #multiply}. Masks are W longs, 0 or -1,
 * in a {@code long[]} at an offset.
 *
 * <p><b>Bounds.</b> An element is <i>reduced</i> when every |limb| ≤ 2^50 + 2^11. All that is written here is, and products and squares need it of their operands.
 *
 * <p><b>Exact products by fused multiply-add.</b> With C1 = 1.5·2^103 and C2 = 1.5·2^52, h = fma(a, b, C1) rounds a·b to a
 * multiple of 2^51, for doubles between 2^103 and 2^104 lie that far apart; l = fma(a, b, C1 + C2 - h) is C2 plus what is left, exactly, and
 * |what is left| ≤ 2^50. Between two powers of two the bit pattern of a double counts its steps, so bits(h) - bits(C1) is the number of 2^51s and
 * bits(l) - bits(C2) the signed rest. Two products of one column share a high half: with g = fma(a, b, C1) and h = fma(a', b', g) the sum of both is rounded, and
 * fma(a', b', g - h) is what the second left, exactly; both rests together stay within C2 ± 2^51. The patterns are added as longs, column by column, the
 * columns are folded and carried as {@link LaneColumns} explains.
 *
 * <p><b>What the virtual machine must do.</b> Each method is one kernel: vectors live in registers within it and go through arrays, that is the first-level cache, between kernels. A
 * vector that is a parameter or a result of a method that is not inlined becomes an object and costs a factor of a hundred; the JIT stops
 * inlining within a method long before a kernel ends, so there are no private helpers here, and that is why two methods are long. Found by measurement on JDK 25, Zen 4, AVX-512:
 * <ul>
 *   <li>constants come out of arrays: a broadcast constant is loaded anew for each use (47 instead of 33 ns for a product);
 *   <li>a product stores each column as soon as it is complete, and reads the next limbs after that: the JIT orders a block by latency, and would compute all
 *       25 high halves first and spill what does not fit 32 registers (27 instead of 23 ns); no load passes a store whose place it cannot know;
 *   <li>product and square in one method exhaust the registers of the first JIT (C1), which then never hands over to the second.
 * </ul>
 * A product takes 157 operations of a vector, of which the processor starts two in a cycle, and about 80 cycles; a square 56. Fewer operations are what makes it faster.
 *
 * <p><b>Constant time.</b> No branch, index or trip count depends on a limb. Fused multiply-add, additions and shifts of vectors
 * take the same time for all finite operands that occur; no denormal number does, because everything is an integer.
 */
final class LaneField {
    private static final VectorSpecies<Double> D = Lanes.DOUBLES;
    private static final VectorSpecies<Long> L = Lanes.LONGS;

    /** Lanes, W. */
    static final int W = Lanes.W;
    /** Doubles of a slot. */
    static final int SLOT = Lanes.SLOT;
    /** The slot in which {@link #multiply} keeps columns. */
    static final int KEPT = 0;

    private static final int RADIX = LaneColumns.RADIX;
    private static final double TO_LIMB = 0x1p-51;

    private static final int C1 = 0;
    private static final int C2 = W;
    private static final int DOWN = 2 * W;
    private static final int AROUND = 3 * W;
    private static final double[] DOUBLES = Lanes.rows(LaneColumns.HIGH, LaneColumns.REST, TO_LIMB, 19 * TO_LIMB);

    private static final int LOW = 0;
    private static final int EXPONENT = W;
    private static final int BIAS_0 = 2 * W;
    private static final int BIAS = 3 * W;
    private static final long MASK = (1L << RADIX) - 1;
    /** The biases take bits(C2) off and add 2p, so that no limb is negative. */
    private static final long[] LONGS = Lanes.rows(
            MASK,
            Double.doubleToRawLongBits(0x1p52),
            2 * (MASK - 18) - Double.doubleToRawLongBits(LaneColumns.REST),
            2 * MASK - Double.doubleToRawLongBits(LaneColumns.REST));

    private static final double[] AFTER_PRODUCT =
            LaneColumns.excess(new long[][] {LaneColumns.ofZero(false, LaneColumns.WHOLE)}, false);
    private static final double[] AFTER_SQUARE =
            LaneColumns.excess(new long[][] {LaneColumns.ofZero(true, LaneColumns.WHOLE)}, false);

    private LaneField() {}

    /** o = a·b; {@code o} may be an operand. */
    static void multiply(double[] m, int o, int a, int b) {
        DoubleVector c1 = DoubleVector.fromArray(D, LaneColumns.CONSTANTS, LaneColumns.PLAIN);
        DoubleVector c12 = DoubleVector.fromArray(D, LaneColumns.CONSTANTS, LaneColumns.PLAIN + W);
        DoubleVector d1 = DoubleVector.fromArray(D, LaneColumns.CONSTANTS, LaneColumns.WHOLE);
        DoubleVector d12 = DoubleVector.fromArray(D, LaneColumns.CONSTANTS, LaneColumns.WHOLE + W);
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
        s0.reinterpretAsDoubles().intoArray(m, KEPT);
        g = a1.fma(x, c1);
        l = a1.fma(x, c12.sub(g));
        h = a0.fma(y, g);
        l = l.add(a0.fma(y, g.sub(h)));
        s1 = s1.add(l.reinterpretAsLongs());
        LongVector s2 = h.reinterpretAsLongs();
        s1.reinterpretAsDoubles().intoArray(m, KEPT + W);
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
        s2.reinterpretAsDoubles().intoArray(m, KEPT + 2 * W);
        g = a1.fma(x, c1);
        l = a1.fma(x, c12.sub(g));
        h = a0.fma(y, g);
        l = l.add(a0.fma(y, g.sub(h)));
        s3 = s3.add(l.reinterpretAsLongs());
        s4 = s4.add(h.reinterpretAsLongs());
        s3.reinterpretAsDoubles().intoArray(m, KEPT + 3 * W);
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
        s4.reinterpretAsDoubles().intoArray(m, KEPT + 4 * W);
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
        s0 = DoubleVector.fromArray(D, m, KEPT).reinterpretAsLongs().add(s5.mul(19));
        s1 = DoubleVector.fromArray(D, m, KEPT + W).reinterpretAsLongs().add(s6.mul(19));
        s2 = DoubleVector.fromArray(D, m, KEPT + 2 * W).reinterpretAsLongs().add(s7.mul(19));
        s3 = DoubleVector.fromArray(D, m, KEPT + 3 * W).reinterpretAsLongs().add(s8.mul(19));
        s4 = DoubleVector.fromArray(D, m, KEPT + 4 * W).reinterpretAsLongs().add(s9.mul(19));
        LongVector mask = LongVector.fromArray(L, LONGS, LOW);
        LongVector exponent = LongVector.fromArray(L, LONGS, EXPONENT);
        s0.and(mask)
                .or(exponent)
                .add(s4.lanewise(VectorOperators.LSHR, RADIX).mul(19))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_PRODUCT, 0))
                .intoArray(m, o);
        s1.and(mask)
                .or(exponent)
                .add(s0.lanewise(VectorOperators.LSHR, RADIX))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_PRODUCT, W))
                .intoArray(m, o + W);
        s2.and(mask)
                .or(exponent)
                .add(s1.lanewise(VectorOperators.LSHR, RADIX))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_PRODUCT, 2 * W))
                .intoArray(m, o + 2 * W);
        s3.and(mask)
                .or(exponent)
                .add(s2.lanewise(VectorOperators.LSHR, RADIX))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_PRODUCT, 3 * W))
                .intoArray(m, o + 3 * W);
        s4.and(mask)
                .or(exponent)
                .add(s3.lanewise(VectorOperators.LSHR, RADIX))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_PRODUCT, 4 * W))
                .intoArray(m, o + 4 * W);
    }

    /** o = a²; {@code o} may be the operand. */
    static void square(double[] m, int o, int a) {
        DoubleVector c1 = DoubleVector.fromArray(D, LaneColumns.CONSTANTS, LaneColumns.PLAIN);
        DoubleVector c12 = DoubleVector.fromArray(D, LaneColumns.CONSTANTS, LaneColumns.PLAIN + W);
        DoubleVector d1 = DoubleVector.fromArray(D, LaneColumns.CONSTANTS, LaneColumns.WHOLE);
        DoubleVector d12 = DoubleVector.fromArray(D, LaneColumns.CONSTANTS, LaneColumns.WHOLE + W);
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
        s0 = s0.add(s5.mul(19));
        s1 = s1.add(s6.mul(19));
        s2 = s2.add(s7.mul(19));
        s3 = s3.add(s8.mul(19));
        s4 = s4.add(s9.mul(19));
        LongVector mask = LongVector.fromArray(L, LONGS, LOW);
        LongVector exponent = LongVector.fromArray(L, LONGS, EXPONENT);
        s0.and(mask)
                .or(exponent)
                .add(s4.lanewise(VectorOperators.LSHR, RADIX).mul(19))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_SQUARE, 0))
                .intoArray(m, o);
        s1.and(mask)
                .or(exponent)
                .add(s0.lanewise(VectorOperators.LSHR, RADIX))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_SQUARE, W))
                .intoArray(m, o + W);
        s2.and(mask)
                .or(exponent)
                .add(s1.lanewise(VectorOperators.LSHR, RADIX))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_SQUARE, 2 * W))
                .intoArray(m, o + 2 * W);
        s3.and(mask)
                .or(exponent)
                .add(s2.lanewise(VectorOperators.LSHR, RADIX))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_SQUARE, 3 * W))
                .intoArray(m, o + 3 * W);
        s4.and(mask)
                .or(exponent)
                .add(s3.lanewise(VectorOperators.LSHR, RADIX))
                .reinterpretAsDoubles()
                .sub(DoubleVector.fromArray(D, AFTER_SQUARE, 4 * W))
                .intoArray(m, o + 4 * W);
    }

    /** o = a^(2^times), times ≥ 1. */
    static void squareTimes(double[] m, int o, int a, int times) {
        square(m, o, a);
        for (int k = 1; k < times; k++) {
            square(m, o, o);
        }
    }

    /** o = a + b, reduced; operands |limb| ≤ 2^52, so that the sum is exact. */
    static void add(double[] m, int o, int a, int b) {
        DoubleVector a0 = DoubleVector.fromArray(D, m, a).add(DoubleVector.fromArray(D, m, b));
        DoubleVector a1 = DoubleVector.fromArray(D, m, a + W).add(DoubleVector.fromArray(D, m, b + W));
        DoubleVector a2 = DoubleVector.fromArray(D, m, a + 2 * W).add(DoubleVector.fromArray(D, m, b + 2 * W));
        DoubleVector a3 = DoubleVector.fromArray(D, m, a + 3 * W).add(DoubleVector.fromArray(D, m, b + 3 * W));
        DoubleVector a4 = DoubleVector.fromArray(D, m, a + 4 * W).add(DoubleVector.fromArray(D, m, b + 4 * W));
        DoubleVector c1 = DoubleVector.fromArray(D, DOUBLES, C1);
        DoubleVector h0 = a0.add(c1).sub(c1);
        DoubleVector h1 = a1.add(c1).sub(c1);
        DoubleVector h2 = a2.add(c1).sub(c1);
        DoubleVector h3 = a3.add(c1).sub(c1);
        DoubleVector h4 = a4.add(c1).sub(c1);
        DoubleVector down = DoubleVector.fromArray(D, DOUBLES, DOWN);
        DoubleVector around = DoubleVector.fromArray(D, DOUBLES, AROUND);
        h4.fma(around, a0.sub(h0)).intoArray(m, o);
        h0.fma(down, a1.sub(h1)).intoArray(m, o + W);
        h1.fma(down, a2.sub(h2)).intoArray(m, o + 2 * W);
        h2.fma(down, a3.sub(h3)).intoArray(m, o + 3 * W);
        h3.fma(down, a4.sub(h4)).intoArray(m, o + 4 * W);
    }

    /** o = a - b, reduced; operands |limb| ≤ 2^52, so that the sum is exact. */
    static void subtract(double[] m, int o, int a, int b) {
        DoubleVector a0 = DoubleVector.fromArray(D, m, a).sub(DoubleVector.fromArray(D, m, b));
        DoubleVector a1 = DoubleVector.fromArray(D, m, a + W).sub(DoubleVector.fromArray(D, m, b + W));
        DoubleVector a2 = DoubleVector.fromArray(D, m, a + 2 * W).sub(DoubleVector.fromArray(D, m, b + 2 * W));
        DoubleVector a3 = DoubleVector.fromArray(D, m, a + 3 * W).sub(DoubleVector.fromArray(D, m, b + 3 * W));
        DoubleVector a4 = DoubleVector.fromArray(D, m, a + 4 * W).sub(DoubleVector.fromArray(D, m, b + 4 * W));
        DoubleVector c1 = DoubleVector.fromArray(D, DOUBLES, C1);
        DoubleVector h0 = a0.add(c1).sub(c1);
        DoubleVector h1 = a1.add(c1).sub(c1);
        DoubleVector h2 = a2.add(c1).sub(c1);
        DoubleVector h3 = a3.add(c1).sub(c1);
        DoubleVector h4 = a4.add(c1).sub(c1);
        DoubleVector down = DoubleVector.fromArray(D, DOUBLES, DOWN);
        DoubleVector around = DoubleVector.fromArray(D, DOUBLES, AROUND);
        h4.fma(around, a0.sub(h0)).intoArray(m, o);
        h0.fma(down, a1.sub(h1)).intoArray(m, o + W);
        h1.fma(down, a2.sub(h2)).intoArray(m, o + 2 * W);
        h2.fma(down, a3.sub(h3)).intoArray(m, o + 3 * W);
        h3.fma(down, a4.sub(h4)).intoArray(m, o + 4 * W);
    }

    /** sum = a + b and difference = a - b, reduced; operands |limb| ≤ 2^51, and either may be a result. */
    static void sumAndDifference(double[] m, int sum, int difference, int a, int b) {
        DoubleVector a0 = DoubleVector.fromArray(D, m, a);
        DoubleVector b0 = DoubleVector.fromArray(D, m, b);
        DoubleVector a1 = DoubleVector.fromArray(D, m, a + W);
        DoubleVector b1 = DoubleVector.fromArray(D, m, b + W);
        DoubleVector a2 = DoubleVector.fromArray(D, m, a + 2 * W);
        DoubleVector b2 = DoubleVector.fromArray(D, m, b + 2 * W);
        DoubleVector a3 = DoubleVector.fromArray(D, m, a + 3 * W);
        DoubleVector b3 = DoubleVector.fromArray(D, m, b + 3 * W);
        DoubleVector a4 = DoubleVector.fromArray(D, m, a + 4 * W);
        DoubleVector b4 = DoubleVector.fromArray(D, m, b + 4 * W);
        DoubleVector c1 = DoubleVector.fromArray(D, DOUBLES, C1);
        DoubleVector down = DoubleVector.fromArray(D, DOUBLES, DOWN);
        DoubleVector around = DoubleVector.fromArray(D, DOUBLES, AROUND);
        DoubleVector s0 = a0.add(b0);
        DoubleVector s1 = a1.add(b1);
        DoubleVector s2 = a2.add(b2);
        DoubleVector s3 = a3.add(b3);
        DoubleVector s4 = a4.add(b4);
        DoubleVector sh0 = s0.add(c1).sub(c1);
        DoubleVector sh1 = s1.add(c1).sub(c1);
        DoubleVector sh2 = s2.add(c1).sub(c1);
        DoubleVector sh3 = s3.add(c1).sub(c1);
        DoubleVector sh4 = s4.add(c1).sub(c1);
        sh4.fma(around, s0.sub(sh0)).intoArray(m, sum);
        sh0.fma(down, s1.sub(sh1)).intoArray(m, sum + W);
        sh1.fma(down, s2.sub(sh2)).intoArray(m, sum + 2 * W);
        sh2.fma(down, s3.sub(sh3)).intoArray(m, sum + 3 * W);
        sh3.fma(down, s4.sub(sh4)).intoArray(m, sum + 4 * W);
        DoubleVector d0 = a0.sub(b0);
        DoubleVector d1 = a1.sub(b1);
        DoubleVector d2 = a2.sub(b2);
        DoubleVector d3 = a3.sub(b3);
        DoubleVector d4 = a4.sub(b4);
        DoubleVector dh0 = d0.add(c1).sub(c1);
        DoubleVector dh1 = d1.add(c1).sub(c1);
        DoubleVector dh2 = d2.add(c1).sub(c1);
        DoubleVector dh3 = d3.add(c1).sub(c1);
        DoubleVector dh4 = d4.add(c1).sub(c1);
        dh4.fma(around, d0.sub(dh0)).intoArray(m, difference);
        dh0.fma(down, d1.sub(dh1)).intoArray(m, difference + W);
        dh1.fma(down, d2.sub(dh2)).intoArray(m, difference + 2 * W);
        dh2.fma(down, d3.sub(dh3)).intoArray(m, difference + 3 * W);
        dh3.fma(down, d4.sub(dh4)).intoArray(m, difference + 4 * W);
    }

    /** o = -a. */
    static void negate(double[] m, int o, int a) {
        for (int k = 0; k < SLOT; k += W) {
            DoubleVector.fromArray(D, m, a + k).neg().intoArray(m, o + k);
        }
    }

    /** o = a. */
    static void copy(double[] m, int o, int a) {
        System.arraycopy(m, a, m, o, SLOT);
    }

    /** One parallel round: adding and subtracting C1 rounds to a multiple of 2^51. Operand |limb| ≤ 2^53. */
    static void carry(double[] m, int o) {
        DoubleVector c1 = DoubleVector.fromArray(D, DOUBLES, C1);
        DoubleVector a0 = DoubleVector.fromArray(D, m, o);
        DoubleVector a1 = DoubleVector.fromArray(D, m, o + W);
        DoubleVector a2 = DoubleVector.fromArray(D, m, o + 2 * W);
        DoubleVector a3 = DoubleVector.fromArray(D, m, o + 3 * W);
        DoubleVector a4 = DoubleVector.fromArray(D, m, o + 4 * W);
        DoubleVector h0 = a0.add(c1).sub(c1);
        DoubleVector h1 = a1.add(c1).sub(c1);
        DoubleVector h2 = a2.add(c1).sub(c1);
        DoubleVector h3 = a3.add(c1).sub(c1);
        DoubleVector h4 = a4.add(c1).sub(c1);
        DoubleVector down = DoubleVector.fromArray(D, DOUBLES, DOWN);
        h4.fma(DoubleVector.fromArray(D, DOUBLES, AROUND), a0.sub(h0)).intoArray(m, o);
        h0.fma(down, a1.sub(h1)).intoArray(m, o + W);
        h1.fma(down, a2.sub(h2)).intoArray(m, o + 2 * W);
        h2.fma(down, a3.sub(h3)).intoArray(m, o + 3 * W);
        h3.fma(down, a4.sub(h4)).intoArray(m, o + 4 * W);
    }

    /** The representative in [0, p) of a reduced element: limb k of lane n at w[t + k·W + n], in [0, 2^51). */
    static void canonical(long[] w, int t, double[] m, int a) {
        LongVector low = LongVector.fromArray(L, LONGS, LOW);
        LongVector bias = LongVector.fromArray(L, LONGS, BIAS);
        DoubleVector c2 = DoubleVector.fromArray(D, DOUBLES, C2);
        LongVector l0 = DoubleVector.fromArray(D, m, a).add(c2).reinterpretAsLongs();
        LongVector l1 = DoubleVector.fromArray(D, m, a + W).add(c2).reinterpretAsLongs();
        LongVector l2 = DoubleVector.fromArray(D, m, a + 2 * W).add(c2).reinterpretAsLongs();
        LongVector l3 = DoubleVector.fromArray(D, m, a + 3 * W).add(c2).reinterpretAsLongs();
        LongVector l4 = DoubleVector.fromArray(D, m, a + 4 * W).add(c2).reinterpretAsLongs();
        l0 = l0.add(LongVector.fromArray(L, LONGS, BIAS_0));
        l1 = l1.add(bias);
        l2 = l2.add(bias);
        l3 = l3.add(bias);
        l4 = l4.add(bias);
        for (int round = 0; round < 2; round++) {
            l1 = l1.add(l0.lanewise(VectorOperators.LSHR, RADIX));
            l2 = l2.add(l1.lanewise(VectorOperators.LSHR, RADIX));
            l3 = l3.add(l2.lanewise(VectorOperators.LSHR, RADIX));
            l4 = l4.add(l3.lanewise(VectorOperators.LSHR, RADIX));
            l0 = l0.and(low).add(l4.lanewise(VectorOperators.LSHR, RADIX).mul(19));
            l1 = l1.and(low);
            l2 = l2.and(low);
            l3 = l3.and(low);
            l4 = l4.and(low);
        }
        // Below 2^255 + 2^10 now: p is in it once at most, when 19 more would reach 2^255.
        LongVector q = l0.add(19).lanewise(VectorOperators.LSHR, RADIX);
        q = l1.add(q).lanewise(VectorOperators.LSHR, RADIX);
        q = l2.add(q).lanewise(VectorOperators.LSHR, RADIX);
        q = l3.add(q).lanewise(VectorOperators.LSHR, RADIX);
        q = l4.add(q).lanewise(VectorOperators.LSHR, RADIX);
        l0 = l0.add(q.mul(19));
        l1 = l1.add(l0.lanewise(VectorOperators.LSHR, RADIX));
        l2 = l2.add(l1.lanewise(VectorOperators.LSHR, RADIX));
        l3 = l3.add(l2.lanewise(VectorOperators.LSHR, RADIX));
        l4 = l4.add(l3.lanewise(VectorOperators.LSHR, RADIX));
        l0.and(low).intoArray(w, t);
        l1.and(low).intoArray(w, t + W);
        l2.and(low).intoArray(w, t + 2 * W);
        l3.and(low).intoArray(w, t + 3 * W);
        l4.and(low).intoArray(w, t + 4 * W);
    }

    /** w[mask …] = -1 where the canonical form, which {@link #canonical} left at {@code t}, is odd ("negative"), else 0. */
    static void oddMask(long[] w, int mask, int t) {
        LongVector.fromArray(L, w, t).and(1).neg().intoArray(w, mask);
    }

    /** w[mask …] = -1 where the canonical form at {@code t} is zero, else 0. */
    static void zeroMask(long[] w, int mask, int t) {
        LongVector any = LongVector.fromArray(L, w, t);
        for (int k = W; k < SLOT; k += W) {
            any = any.or(LongVector.fromArray(L, w, t + k));
        }
        any.sub(1).lanewise(VectorOperators.ASHR, 63).intoArray(w, mask);
    }

    /** o = b in the lanes whose mask is -1. */
    static void select(double[] m, int o, int b, long[] w, int mask) {
        LongVector chosen = LongVector.fromArray(L, w, mask);
        for (int k = 0; k < SLOT; k += W) {
            LongVector kept = DoubleVector.fromArray(D, m, o + k).reinterpretAsLongs();
            LongVector other = DoubleVector.fromArray(D, m, b + k).reinterpretAsLongs();
            kept.lanewise(
                            VectorOperators.XOR,
                            kept.lanewise(VectorOperators.XOR, other).and(chosen))
                    .reinterpretAsDoubles()
                    .intoArray(m, o + k);
        }
    }

    /** o = -o in the lanes whose mask is -1: flips the sign bit. */
    static void negateIf(double[] m, int o, long[] w, int mask) {
        LongVector sign = LongVector.fromArray(L, w, mask).and(Long.MIN_VALUE);
        for (int k = 0; k < SLOT; k += W) {
            DoubleVector.fromArray(D, m, o + k)
                    .reinterpretAsLongs()
                    .lanewise(VectorOperators.XOR, sign)
                    .reinterpretAsDoubles()
                    .intoArray(m, o + k);
        }
    }
}
