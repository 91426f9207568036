package org.entente.matching.group;

/**
 * Encodes the doubles of many points for one inversion among them, without a square root for each: the root that RFC 9496 section 4.3.2 asks for is
 * known of a point that is a double. The formulas are Hamburg's, as curve25519-dalek's {@code double_and_compress_batch} has them [1]. A product with a secret scalar is therefore
 * computed for half the scalar, and encoded here.
 *
 * <p>Inverses by Montgomery's trick, lane by lane down the groups; a product of zero, which stands for the identity, is replaced by one under a mask and its inverse by zero, so that all take the
 * same steps and the identity comes out as zeroes. Constant time, like {@link LaneField}. One instance is the workspace of one thread; no call allocates.
 *
 * <p>[1] github.com/dalek-cryptography/curve25519-dalek, src/ristretto.rs.
 */
final class LaneDoubleEncoding {
    private static final int W = LaneField.W;
    private static final int SLOT = LaneField.SLOT;

    private static final int GROUPS = 32;
    /** Elements that share an inversion. */
    static final int CHUNK = GROUPS * W;

    private static final int ONE = SLOT;
    private static final int D = 2 * SLOT;
    private static final int SQRT_M1 = 3 * SLOT;
    private static final int INVSQRT_A_MINUS_D = 4 * SLOT;
    private static final int ZERO = 5 * SLOT;
    private static final int X = 6 * SLOT;
    private static final int Y = 7 * SLOT;
    private static final int Z = 8 * SLOT;
    private static final int T = 9 * SLOT;
    private static final int INVERSE = 10 * SLOT;
    private static final int A = 11 * SLOT;
    private static final int B = 12 * SLOT;
    private static final int C = 13 * SLOT;
    private static final int MAGIC = 14 * SLOT;
    private static final int FIRST_GROUP = 15 * SLOT;

    // Slots of each group.
    private static final int E = 0;
    private static final int F = SLOT;
    private static final int G = 2 * SLOT;
    private static final int H = 3 * SLOT;
    private static final int EG = 4 * SLOT;
    private static final int FH = 5 * SLOT;
    private static final int EFGH = 6 * SLOT;
    /** The product of all groups before. */
    private static final int BEFORE = 7 * SLOT;

    private static final int GROUP = 8 * SLOT;

    private final double[] m = new double[FIRST_GROUP + GROUPS * GROUP];
    /** A canonical form, a mask, and for each group whether its product is zero. */
    private final long[] w = new long[SLOT + W + GROUPS * W];

    private static final int MASK = SLOT;
    private static final int ZEROES = SLOT + W;

    private final long[] limbs = new long[Field.LIMBS];

    LaneDoubleEncoding() {
        LaneEdwards.constant(m, ONE, Field.ONE);
        LaneEdwards.constant(m, D, Field.D);
        LaneEdwards.constant(m, SQRT_M1, Field.SQRT_M1);
        LaneEdwards.constant(m, INVSQRT_A_MINUS_D, Field.INVSQRT_A_MINUS_D);
    }

    /** Writes the encodings of 2·p for a chunk of points, from number {@code first} on. */
    void encode(byte[] encodings, long[] points, int first) {
        int groups = Math.min(GROUPS, Math.ceilDiv(points.length / Edwards.POINT - first, W));
        LaneField.copy(m, INVERSE, ONE);
        for (int n = 0; n < groups; n++) {
            LaneEdwards.load(m, X, points, first + n * W);
            prepare(FIRST_GROUP + n * GROUP, ZEROES + n * W);
        }
        invert();
        for (int n = groups - 1; n >= 0; n--) {
            finish(FIRST_GROUP + n * GROUP, ZEROES + n * W);
            store(encodings, first + n * W);
        }
    }

    /** E = 2XY, F = Z² + dT², G = Y² + X², H = Z² - dT², their products, and the product of all so far in INVERSE. */
    private void prepare(int g, int zero) {
        LaneField.add(m, A, Y, Y);
        LaneField.multiply(m, g + E, X, A);
        LaneField.square(m, A, Z);
        LaneField.square(m, B, T);
        LaneField.multiply(m, B, B, D);
        LaneField.add(m, g + F, A, B);
        LaneField.subtract(m, g + H, A, B);
        LaneField.square(m, A, X);
        LaneField.square(m, B, Y);
        LaneField.add(m, g + G, A, B);
        LaneField.multiply(m, g + EG, g + E, g + G);
        LaneField.multiply(m, g + FH, g + F, g + H);
        LaneField.multiply(m, g + EFGH, g + EG, g + FH);
        LaneField.canonical(w, 0, m, g + EFGH);
        LaneField.zeroMask(w, zero, 0);
        LaneField.select(m, g + EFGH, ONE, w, zero);
        LaneField.copy(m, g + BEFORE, INVERSE);
        LaneField.multiply(m, INVERSE, INVERSE, g + EFGH);
    }

    /** INVERSE = INVERSE^(p - 2) = (INVERSE^((p - 5) / 8))^8 · INVERSE^3. */
    private void invert() {
        power(A, INVERSE, 1);
        power(B, A, 2);
        LaneField.multiply(m, B, INVERSE, B);
        LaneField.multiply(m, A, A, B);
        power(A, A, 1);
        LaneField.multiply(m, A, B, A);
        power(B, A, 5);
        LaneField.multiply(m, A, B, A);
        power(B, A, 10);
        LaneField.multiply(m, B, B, A);
        power(C, B, 20);
        LaneField.multiply(m, B, C, B);
        power(B, B, 10);
        LaneField.multiply(m, A, B, A);
        power(B, A, 50);
        LaneField.multiply(m, B, B, A);
        power(C, B, 100);
        LaneField.multiply(m, B, C, B);
        power(B, B, 50);
        LaneField.multiply(m, A, B, A);
        power(A, A, 2);
        LaneField.multiply(m, A, A, INVERSE);
        power(A, A, 3);
        LaneField.square(m, B, INVERSE);
        LaneField.multiply(m, B, B, INVERSE);
        LaneField.multiply(m, INVERSE, A, B);
    }

    private void power(int o, int a, int squarings) {
        LaneField.squareTimes(m, o, a, squarings);
    }

    /** From a group's products and the inverse of all up to it: the even root s in A, and the inverse of all before it. */
    private void finish(int g, int zero) {
        LaneField.multiply(m, C, INVERSE, g + BEFORE);
        LaneField.multiply(m, INVERSE, INVERSE, g + EFGH);
        LaneField.select(m, C, ZERO, w, zero);
        LaneField.multiply(m, A, g + EG, C);
        LaneField.multiply(m, C, g + FH, C);

        LaneField.multiply(m, B, g + EG, A);
        odd(B);
        LaneField.copy(m, MAGIC, INVSQRT_A_MINUS_D);
        LaneField.select(m, MAGIC, SQRT_M1, w, MASK);
        LaneField.multiply(m, B, g + F, SQRT_M1);
        LaneField.select(m, g + H, B, w, MASK);
        LaneField.negate(m, B, g + E);
        LaneField.select(m, g + E, g + G, w, MASK);
        LaneField.select(m, g + G, B, w, MASK);

        LaneField.multiply(m, B, g + H, g + E);
        LaneField.multiply(m, B, B, A);
        odd(B);
        LaneField.negateIf(m, g + G, w, MASK);
        LaneField.multiply(m, C, g + G, C);
        LaneField.multiply(m, C, MAGIC, C);
        LaneField.subtract(m, A, g + H, g + G);
        LaneField.multiply(m, A, A, C);
        odd(A);
        LaneField.negateIf(m, A, w, MASK);
    }

    private void odd(int a) {
        LaneField.canonical(w, 0, m, a);
        LaneField.oddMask(w, MASK, 0);
    }

    private void store(byte[] encodings, int first) {
        LaneField.canonical(w, 0, m, A);
        int count = Math.min(W, encodings.length / Element.BYTES - first);
        for (int lane = 0; lane < count; lane++) {
            for (int k = 0; k < Field.LIMBS; k++) {
                limbs[k] = w[k * W + lane];
            }
            Field.pack(encodings, (first + lane) * Element.BYTES, limbs, 0);
        }
    }
}
