package org.entente.matching.group;

import java.math.BigInteger;

/**
 * Integers modulo p = 2^255 - 19, as five signed limbs of radix 2^51 in a {@code long[]} at an offset.
 *
 * <p><b>Bounds.</b> An element is <i>reduced</i> when every |limb| ≤ 2^51 + 2^16; every product, square and loaded
 * constant is reduced. Sums and differences are not carried: up to four reduced elements may be added or subtracted
 * before they enter a product, whose operands must keep |limb| ≤ 2^53 + 2^18. The point formulas in {@link Edwards} never go beyond that.
 *
 * <p><b>Products without 128-bit sums.</b> Java has no 128-bit integer, and to add two halves with a carry costs a compare
 * for each. So a product is split at 2^51 instead of 2^64: with the operands shifted left by 8 and 5 bits,
 * {@code multiplyHigh} returns h = floor(a·b / 2^51) exactly. A column keeps two plain sums, S of the low
 * halves modulo 2^64 and H of the h; since Σ(a·b - h·2^51) lies in [0, 5·2^51), the low part of the column is
 * S - (H &lt;&lt; 51) modulo 2^64 with nothing lost, and H belongs to the next column. Floors work for negative limbs too, so
 * subtraction needs no bias. |H| stays below 2^62; one parallel round of carries makes the limbs reduced again.
 *
 * <p><b>Constant time.</b> No branch and no index here depends on a limb; choices are masks (0 or -1). {@code multiplyHigh} and
 * {@code *} take the same time for all operands on the processors that the JIT has intrinsics for (x86-64: {@code IMUL};
 * AArch64: {@code MUL}, {@code SMULH}). What remains outside our control is the JIT, which could in principle turn
 * a mask into a branch; selections are therefore written as AND, OR and XOR of whole words and never as a condition. The machine code was not audited. Before the JIT
 * has compiled it the interpreter's timing depends on byte codes only, not on values.
 *
 * <p>Not chosen: radix 2^25.5, which needs 100 products where this needs 50, and radix 2^51 with unsigned carries between halves. Neither was measured here.
 */
final class Field {
    static final int LIMBS = 5;
    private static final long MASK = (1L << 51) - 1;
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));

    /** RFC 9496 section 4.1. */
    static final long[] D = constant("37095705934669439343138083508754565189542113879843219016388785533085940283555");

    static final long[] SQRT_M1 =
            constant("19681161376707505956807079304988542015446066515923890162744021073123829784752");
    static final long[] SQRT_AD_MINUS_ONE =
            constant("25063068953384623474111414158702152701244531502492656460079210482610430750235");
    static final long[] INVSQRT_A_MINUS_D =
            constant("54469307008909316920995813868745141605393597292927456921205312896311721017578");
    static final long[] ONE_MINUS_D_SQ =
            constant("1159843021668779879193775521855586647937357759715417654439879720876111806838");
    static final long[] D_MINUS_ONE_SQ =
            constant("40440834346308536858101042469323190826248399146238708352240133220865137265952");
    static final long[] TWO_D =
            constant("74191411869338878686276167017509130379084227759686438032777571066171880567110");
    static final long[] ONE = {1, 0, 0, 0, 0};

    private Field() {}

    private static long[] constant(String decimal) {
        BigInteger value = new BigInteger(decimal).mod(P);
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = value.shiftRight(51 * i).longValue() & MASK;
        }
        return limbs;
    }

    static void copy(long[] out, int o, long[] a, int i) {
        System.arraycopy(a, i, out, o, LIMBS);
    }

    /** Not carried: adds the bounds of its operands. */
    static void add(long[] out, int o, long[] a, int i, long[] b, int j) {
        for (int k = 0; k < LIMBS; k++) {
            out[o + k] = a[i + k] + b[j + k];
        }
    }

    /** Not carried: adds the bounds of its operands. */
    static void subtract(long[] out, int o, long[] a, int i, long[] b, int j) {
        for (int k = 0; k < LIMBS; k++) {
            out[o + k] = a[i + k] - b[j + k];
        }
    }

    static void negate(long[] out, int o, long[] a, int i) {
        for (int k = 0; k < LIMBS; k++) {
            out[o + k] = -a[i + k];
        }
    }

    /** out = a·b, reduced; {@code out} may be an operand. */
    static void multiply(long[] out, int o, long[] a, int i, long[] b, int j) {
        long a0 = a[i], a1 = a[i + 1], a2 = a[i + 2], a3 = a[i + 3], a4 = a[i + 4];
        long b0 = b[j], b1 = b[j + 1], b2 = b[j + 2], b3 = b[j + 3], b4 = b[j + 4];
        long n1 = 19 * b1, n2 = 19 * b2, n3 = 19 * b3, n4 = 19 * b4;

        long s0 = a0 * b0 + a1 * n4 + a2 * n3 + a3 * n2 + a4 * n1;
        long s1 = a0 * b1 + a1 * b0 + a2 * n4 + a3 * n3 + a4 * n2;
        long s2 = a0 * b2 + a1 * b1 + a2 * b0 + a3 * n4 + a4 * n3;
        long s3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0 + a4 * n4;
        long s4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;

        a0 <<= 8;
        a1 <<= 8;
        a2 <<= 8;
        a3 <<= 8;
        a4 <<= 8;
        b0 <<= 5;
        b1 <<= 5;
        b2 <<= 5;
        b3 <<= 5;
        b4 <<= 5;
        n1 <<= 5;
        n2 <<= 5;
        n3 <<= 5;
        n4 <<= 5;
        long h0 = high(a0, b0) + high(a1, n4) + high(a2, n3) + high(a3, n2) + high(a4, n1);
        long h1 = high(a0, b1) + high(a1, b0) + high(a2, n4) + high(a3, n3) + high(a4, n2);
        long h2 = high(a0, b2) + high(a1, b1) + high(a2, b0) + high(a3, n4) + high(a4, n3);
        long h3 = high(a0, b3) + high(a1, b2) + high(a2, b1) + high(a3, b0) + high(a4, n4);
        long h4 = high(a0, b4) + high(a1, b3) + high(a2, b2) + high(a3, b1) + high(a4, b0);

        s0 += 19 * h4 - (h0 << 51);
        s1 += h0 - (h1 << 51);
        s2 += h1 - (h2 << 51);
        s3 += h2 - (h3 << 51);
        s4 += h3 - (h4 << 51);
        out[o] = (s0 & MASK) + 19 * (s4 >> 51);
        out[o + 1] = (s1 & MASK) + (s0 >> 51);
        out[o + 2] = (s2 & MASK) + (s1 >> 51);
        out[o + 3] = (s3 & MASK) + (s2 >> 51);
        out[o + 4] = (s4 & MASK) + (s3 >> 51);
    }

    private static long high(long a, long b) {
        return Math.multiplyHigh(a, b);
    }

    /** out = a², reduced; {@code out} may be the operand. */
    static void square(long[] out, int o, long[] a, int i) {
        long a0 = a[i], a1 = a[i + 1], a2 = a[i + 2], a3 = a[i + 3], a4 = a[i + 4];
        long n3 = 19 * a3, n4 = 19 * a4;
        long d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2, d3 = 2 * a3;

        long s0 = a0 * a0 + d1 * n4 + d2 * n3;
        long s1 = d0 * a1 + d2 * n4 + a3 * n3;
        long s2 = d0 * a2 + a1 * a1 + d3 * n4;
        long s3 = d0 * a3 + d1 * a2 + a4 * n4;
        long s4 = d0 * a4 + d1 * a3 + a2 * a2;

        d0 <<= 8;
        d1 <<= 8;
        d2 <<= 8;
        d3 <<= 8;
        n3 <<= 5;
        n4 <<= 5;
        long h0 = high(a0 << 8, a0 << 5) + high(d1, n4) + high(d2, n3);
        long h1 = high(d0, a1 << 5) + high(d2, n4) + high(a3 << 8, n3);
        long h2 = high(d0, a2 << 5) + high(a1 << 8, a1 << 5) + high(d3, n4);
        long h3 = high(d0, a3 << 5) + high(d1, a2 << 5) + high(a4 << 8, n4);
        long h4 = high(d0, a4 << 5) + high(d1, a3 << 5) + high(a2 << 8, a2 << 5);

        s0 += 19 * h4 - (h0 << 51);
        s1 += h0 - (h1 << 51);
        s2 += h1 - (h2 << 51);
        s3 += h2 - (h3 << 51);
        s4 += h3 - (h4 << 51);
        out[o] = (s0 & MASK) + 19 * (s4 >> 51);
        out[o + 1] = (s1 & MASK) + (s0 >> 51);
        out[o + 2] = (s2 & MASK) + (s1 >> 51);
        out[o + 3] = (s3 & MASK) + (s2 >> 51);
        out[o + 4] = (s4 & MASK) + (s3 >> 51);
    }

    /** out = a^(2^times), times ≥ 1. */
    static void squareTimes(long[] out, int o, long[] a, int i, int times) {
        square(out, o, a, i);
        for (int k = 1; k < times; k++) {
            square(out, o, out, o);
        }
    }

    /** out = a^((p - 5) / 8) = a^(2^252 - 3): 251 squarings and 11 products; {@code s} holds 15 longs of scratch. */
    static void power252Minus3(long[] out, int o, long[] a, int i, long[] s, int t) {
        int t0 = t;
        int t1 = t + LIMBS;
        int t2 = t + 2 * LIMBS;
        square(s, t0, a, i);
        squareTimes(s, t1, s, t0, 2);
        multiply(s, t1, a, i, s, t1);
        multiply(s, t0, s, t0, s, t1);
        square(s, t0, s, t0);
        multiply(s, t0, s, t1, s, t0);
        squareTimes(s, t1, s, t0, 5);
        multiply(s, t0, s, t1, s, t0);
        squareTimes(s, t1, s, t0, 10);
        multiply(s, t1, s, t1, s, t0);
        squareTimes(s, t2, s, t1, 20);
        multiply(s, t1, s, t2, s, t1);
        squareTimes(s, t1, s, t1, 10);
        multiply(s, t0, s, t1, s, t0);
        squareTimes(s, t1, s, t0, 50);
        multiply(s, t1, s, t1, s, t0);
        squareTimes(s, t2, s, t1, 100);
        multiply(s, t1, s, t2, s, t1);
        squareTimes(s, t1, s, t1, 50);
        multiply(s, t0, s, t1, s, t0);
        squareTimes(s, t0, s, t0, 2);
        multiply(out, o, s, t0, a, i);
    }

    /** The one representative with every limb in [0, 2^51) and value below p; operand |limb| ≤ 2^53 + 2^18. */
    static void canonical(long[] out, int o, long[] a, int i) {
        long l0 = a[i] + 8 * (MASK - 18);
        long l1 = a[i + 1] + 8 * MASK;
        long l2 = a[i + 2] + 8 * MASK;
        long l3 = a[i + 3] + 8 * MASK;
        long l4 = a[i + 4] + 8 * MASK;
        for (int round = 0; round < 2; round++) {
            l1 += l0 >>> 51;
            l0 &= MASK;
            l2 += l1 >>> 51;
            l1 &= MASK;
            l3 += l2 >>> 51;
            l2 &= MASK;
            l4 += l3 >>> 51;
            l3 &= MASK;
            l0 += 19 * (l4 >>> 51);
            l4 &= MASK;
        }
        // The value is now below 2^255 + 2^10: it holds p once at most when 19 is added to see whether it overflows
        // 2^255.
        long q = (l0 + 19) >>> 51;
        q = (l1 + q) >>> 51;
        q = (l2 + q) >>> 51;
        q = (l3 + q) >>> 51;
        q = (l4 + q) >>> 51;
        l0 += 19 * q;
        l1 += l0 >>> 51;
        l2 += l1 >>> 51;
        l3 += l2 >>> 51;
        l4 += l3 >>> 51;
        out[o] = l0 & MASK;
        out[o + 1] = l1 & MASK;
        out[o + 2] = l2 & MASK;
        out[o + 3] = l3 & MASK;
        out[o + 4] = l4 & MASK;
    }

    /** Reads 32 little-endian bytes, the top bit masked off, as RFC 9496 section 4.3.4 wants it; values ≥ p are accepted. */
    static void load(long[] out, int o, byte[] bytes, int offset) {
        long w0 = LittleEndian.load64(bytes, offset);
        long w1 = LittleEndian.load64(bytes, offset + 8);
        long w2 = LittleEndian.load64(bytes, offset + 16);
        long w3 = LittleEndian.load64(bytes, offset + 24);
        out[o] = w0 & MASK;
        out[o + 1] = (w0 >>> 51 | w1 << 13) & MASK;
        out[o + 2] = (w1 >>> 38 | w2 << 26) & MASK;
        out[o + 3] = (w2 >>> 25 | w3 << 39) & MASK;
        out[o + 4] = (w3 >>> 12) & MASK;
    }

    /** Writes the canonical form as 32 little-endian bytes; {@code s} holds 5 longs of scratch at {@code t}. */
    static void store(byte[] bytes, int offset, long[] a, int i, long[] s, int t) {
        canonical(s, t, a, i);
        pack(bytes, offset, s, t);
    }

    /** Writes limbs in [0, 2^51) as 32 little-endian bytes. */
    static void pack(byte[] bytes, int offset, long[] s, int t) {
        LittleEndian.store64(bytes, offset, s[t] | s[t + 1] << 51);
        LittleEndian.store64(bytes, offset + 8, s[t + 1] >>> 13 | s[t + 2] << 38);
        LittleEndian.store64(bytes, offset + 16, s[t + 2] >>> 26 | s[t + 3] << 25);
        LittleEndian.store64(bytes, offset + 24, s[t + 3] >>> 39 | s[t + 4] << 12);
    }

    /** -1 when the canonical form is odd ("negative" in RFC 9496), else 0; {@code s} holds 5 longs of scratch at {@code t}. */
    static long negativeMask(long[] a, int i, long[] s, int t) {
        canonical(s, t, a, i);
        return -(s[t] & 1);
    }

    /** -1 when a = 0 modulo p, else 0. */
    static long zeroMask(long[] a, int i, long[] s, int t) {
        canonical(s, t, a, i);
        long any = s[t] | s[t + 1] | s[t + 2] | s[t + 3] | s[t + 4];
        return (any - 1) >> 63;
    }

    /** out = mask is -1 ? b : out. */
    static void select(long[] out, int o, long[] b, int j, long mask) {
        for (int k = 0; k < LIMBS; k++) {
            out[o + k] ^= mask & (out[o + k] ^ b[j + k]);
        }
    }

    /** out = mask is -1 ? -out : out. */
    static void negateIf(long[] out, int o, long mask) {
        for (int k = 0; k < LIMBS; k++) {
            out[o + k] = (out[o + k] ^ mask) - mask;
        }
    }

    /** out = |out| in the sense of RFC 9496: the even one of ±out. */
    static void absolute(long[] out, int o, long[] s, int t) {
        negateIf(out, o, negativeMask(out, o, s, t));
    }
}
