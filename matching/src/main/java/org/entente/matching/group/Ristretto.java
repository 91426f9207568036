package org.entente.matching.group;

/** Encoding, decoding and the one-way map of RFC 9496 section 4.3, in constant time; step names are the RFC's. */
final class Ristretto {
    /** Longs of scratch that the functions here need. */
    static final int SCRATCH = 18 * Field.LIMBS;

    /** Slots of the scratch that {@link #squareRootRatio} and the canonical forms use; the rest begins at {@link #FREE}. */
    private static final int CANONICAL = 0;

    private static final int POWER = Field.LIMBS;
    private static final int V3 = 4 * Field.LIMBS;
    private static final int CHECK = 5 * Field.LIMBS;
    private static final int ROOT = 6 * Field.LIMBS;
    private static final int OTHER = 7 * Field.LIMBS;
    private static final int FREE = 8 * Field.LIMBS;

    private Ristretto() {}

    private static int slot(int number) {
        return FREE + number * Field.LIMBS;
    }

    /**
     * SQRT_RATIO_M1(u, v) of RFC 9496 section 4.2: s[ROOT] = the even root of u/v, or of SQRT_M1·u/v.
     *
     * @return -1 when u/v is a square, else 0
     */
    private static long squareRootRatio(long[] s, long[] u, int i, int v) {
        Field.square(s, V3, s, v);
        Field.multiply(s, V3, s, V3, s, v);
        Field.square(s, ROOT, s, V3);
        Field.multiply(s, ROOT, s, ROOT, s, v);
        Field.multiply(s, ROOT, s, ROOT, u, i);
        Field.power252Minus3(s, ROOT, s, ROOT, s, POWER);
        Field.multiply(s, ROOT, s, ROOT, s, V3);
        Field.multiply(s, ROOT, s, ROOT, u, i);

        Field.square(s, CHECK, s, ROOT);
        Field.multiply(s, CHECK, s, CHECK, s, v);
        Field.subtract(s, OTHER, s, CHECK, u, i);
        final long correct = Field.zeroMask(s, OTHER, s, CANONICAL);
        Field.add(s, OTHER, s, CHECK, u, i);
        final long flipped = Field.zeroMask(s, OTHER, s, CANONICAL);
        Field.multiply(s, OTHER, u, i, Field.SQRT_M1, 0);
        Field.add(s, OTHER, s, OTHER, s, CHECK);
        final long flippedByI = Field.zeroMask(s, OTHER, s, CANONICAL);

        Field.multiply(s, OTHER, s, ROOT, Field.SQRT_M1, 0);
        Field.select(s, ROOT, s, OTHER, flipped | flippedByI);
        Field.absolute(s, ROOT, s, CANONICAL);
        return correct | flipped;
    }

    /** Section 4.3.1. Returns -1 when the 32 bytes are the encoding of an element, else 0 (then p is meaningless). */
    static long decode(long[] p, int o, byte[] bytes, int offset, long[] s) {
        int field = slot(0);
        int u1 = slot(1);
        int u2 = slot(2);
        int v = slot(3);
        int u2Square = slot(4);
        int x = o;
        int y = o + Field.LIMBS;
        int z = o + 2 * Field.LIMBS;
        int t = o + 3 * Field.LIMBS;

        Field.load(s, field, bytes, offset);
        byte[] again = new byte[32];
        Field.store(again, 0, s, field, s, CANONICAL);
        long difference = 0;
        for (int k = 0; k < 32; k++) {
            difference |= again[k] ^ bytes[offset + k];
        }
        final long canonical = (-(difference & 0xff) >> 63) ^ -1;
        final long negative = Field.negativeMask(s, field, s, CANONICAL);

        Field.square(s, v, s, field);
        Field.subtract(s, u1, Field.ONE, 0, s, v);
        Field.add(s, u2, Field.ONE, 0, s, v);
        Field.square(s, u2Square, s, u2);
        Field.square(s, v, s, u1);
        Field.multiply(s, v, s, v, Field.D, 0);
        Field.negate(s, v, s, v);
        Field.subtract(s, v, s, v, s, u2Square);
        Field.multiply(s, u2Square, s, u2Square, s, v);
        final long square = squareRootRatio(s, Field.ONE, 0, u2Square);

        Field.multiply(p, x, s, ROOT, s, u2);
        Field.multiply(p, y, s, ROOT, p, x);
        Field.multiply(p, y, p, y, s, v);
        Field.multiply(p, y, p, y, s, u1);
        Field.multiply(p, x, p, x, s, field);
        Field.add(p, x, p, x, p, x);
        Field.multiply(p, x, p, x, Field.ONE, 0);
        Field.absolute(p, x, s, CANONICAL);
        Field.copy(p, z, Field.ONE, 0);
        Field.multiply(p, t, p, x, p, y);
        final long negativeT = Field.negativeMask(p, t, s, CANONICAL);
        final long zeroY = Field.zeroMask(p, y, s, CANONICAL);
        return canonical & square & ~(negative | negativeT | zeroY);
    }

    /** Section 4.3.2: the one encoding of the element that p represents. */
    static void encode(byte[] bytes, int offset, long[] p, int o, long[] s) {
        int y0 = o + Field.LIMBS;
        int z0 = o + 2 * Field.LIMBS;
        int t0 = o + 3 * Field.LIMBS;
        int u1 = slot(0);
        int u2 = slot(1);
        int product = slot(2);
        int zInverse = slot(3);
        int x = slot(4);
        int y = slot(5);
        int turned = slot(6);

        Field.add(s, u1, p, z0, p, y0);
        Field.subtract(s, u2, p, z0, p, y0);
        Field.multiply(s, u1, s, u1, s, u2);
        Field.multiply(s, u2, p, o, p, y0);
        Field.square(s, product, s, u2);
        Field.multiply(s, product, s, product, s, u1);
        squareRootRatio(s, Field.ONE, 0, product);
        int den1 = u1;
        int den2 = u2;
        Field.multiply(s, den1, s, u1, s, ROOT);
        Field.multiply(s, den2, s, u2, s, ROOT);
        Field.multiply(s, zInverse, s, den1, s, den2);
        Field.multiply(s, zInverse, s, zInverse, p, t0);

        Field.multiply(s, turned, p, t0, s, zInverse);
        final long rotate = Field.negativeMask(s, turned, s, CANONICAL);
        Field.copy(s, x, p, o);
        Field.copy(s, y, p, y0);
        Field.multiply(s, turned, p, y0, Field.SQRT_M1, 0);
        Field.select(s, x, s, turned, rotate);
        Field.multiply(s, turned, p, o, Field.SQRT_M1, 0);
        Field.select(s, y, s, turned, rotate);
        Field.multiply(s, turned, s, den1, Field.INVSQRT_A_MINUS_D, 0);
        Field.select(s, den2, s, turned, rotate);

        Field.multiply(s, turned, s, x, s, zInverse);
        Field.negateIf(s, y, Field.negativeMask(s, turned, s, CANONICAL));
        Field.subtract(s, y, p, z0, s, y);
        Field.multiply(s, y, s, y, s, den2);
        Field.absolute(s, y, s, CANONICAL);
        Field.store(bytes, offset, s, y, s, CANONICAL);
    }

    /** MAP of section 4.3.4 on 32 bytes; the one-way map adds two of these. */
    static void map(long[] p, int o, byte[] bytes, int offset, long[] s) {
        int t = slot(0);
        int r = slot(1);
        int u = slot(2);
        int v = slot(3);
        int c = slot(4);
        int w = slot(5);
        int w1 = slot(6);
        int w2 = slot(7);
        int w3 = slot(8);

        Field.load(s, t, bytes, offset);
        Field.square(s, r, s, t);
        Field.multiply(s, r, s, r, Field.SQRT_M1, 0);
        Field.add(s, u, s, r, Field.ONE, 0);
        Field.multiply(s, u, s, u, Field.ONE_MINUS_D_SQ, 0);
        Field.multiply(s, v, s, r, Field.D, 0);
        Field.add(s, v, s, v, Field.ONE, 0);
        Field.negate(s, v, s, v);
        Field.add(s, w, s, r, Field.D, 0);
        Field.multiply(s, v, s, v, s, w);
        final long notSquare = ~squareRootRatio(s, s, u, v);

        Field.multiply(s, w, s, ROOT, s, t);
        Field.absolute(s, w, s, CANONICAL);
        Field.negate(s, w, s, w);
        Field.select(s, ROOT, s, w, notSquare);
        Field.negate(s, c, Field.ONE, 0);
        Field.select(s, c, s, r, notSquare);

        Field.subtract(s, w, s, r, Field.ONE, 0);
        Field.multiply(s, w1, s, c, s, w);
        Field.multiply(s, w1, s, w1, Field.D_MINUS_ONE_SQ, 0);
        Field.subtract(s, w1, s, w1, s, v);
        Field.multiply(s, w1, s, w1, Field.SQRT_AD_MINUS_ONE, 0);
        Field.add(s, w, s, ROOT, s, ROOT);
        Field.multiply(s, w, s, w, s, v);
        Field.square(s, ROOT, s, ROOT);
        Field.subtract(s, w2, Field.ONE, 0, s, ROOT);
        Field.add(s, w3, Field.ONE, 0, s, ROOT);

        Field.multiply(p, o, s, w, s, w3);
        Field.multiply(p, o + Field.LIMBS, s, w2, s, w1);
        Field.multiply(p, o + 2 * Field.LIMBS, s, w1, s, w3);
        Field.multiply(p, o + 3 * Field.LIMBS, s, w, s, w2);
    }

    /** -1 when p and q represent one element (section 4.3.3), else 0. */
    static long equalMask(long[] p, int o, long[] q, int i, long[] s) {
        int left = slot(0);
        int right = slot(1);
        int y = Field.LIMBS;
        Field.multiply(s, left, p, o, q, i + y);
        Field.multiply(s, right, p, o + y, q, i);
        Field.subtract(s, left, s, left, s, right);
        final long straight = Field.zeroMask(s, left, s, CANONICAL);
        Field.multiply(s, left, p, o + y, q, i + y);
        Field.multiply(s, right, p, o, q, i);
        Field.subtract(s, left, s, left, s, right);
        return straight | Field.zeroMask(s, left, s, CANONICAL);
    }
}
