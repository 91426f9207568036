package org.entente.matching.group;

/**
 * {@link Ristretto} on two times W elements at once: encoding, decoding and the one-way map of RFC 9496 section 4.3; step names are the RFC's. The
 * 250 squarings of a root are one dependent chain, in which a square has to wait for the square before; two <i>halves</i> side by side fill the gaps (one
 * took 95 cycles a square, two take 61).
 *
 * <p>Constant time, like {@link LaneField}. All elements between the steps are reduced. One instance is the workspace of one thread; no call allocates.
 */
final class LaneRistretto {
    /** Elements that are worked on at once. */
    static final int PAIR = 2 * LaneField.W;

    private static final int W = LaneField.W;

    // Slots that both halves share.
    private static final int ONE = 1;
    private static final int D = 2;
    private static final int SQRT_M1 = 3;
    private static final int INVSQRT_A_MINUS_D = 4;
    private static final int ONE_MINUS_D_SQ = 5;
    private static final int D_MINUS_ONE_SQ = 6;
    private static final int SQRT_AD_MINUS_ONE = 7;
    private static final int TWO_D = 8;
    private static final int SHARED = 9;

    // Slots of each half.
    private static final int X = 9;
    private static final int Y = 10;
    private static final int Z = 11;
    private static final int T = 12;
    private static final int U = 13;
    private static final int V = 14;
    private static final int V3 = 15;
    private static final int ROOT = 16;
    private static final int CHECK = 17;
    private static final int OTHER = 18;
    private static final int S = 19;
    private static final int R = 20;
    private static final int A = 21;
    private static final int B = 22;
    private static final int C = 23;
    private static final int E = 24;
    private static final int SLOTS = 25;

    // Masks of each half, after the canonical form at 0.
    private static final int SQUARE = LaneField.SLOT;
    private static final int TURN = SQUARE + W;
    private static final int FOUND = TURN + W;
    private static final int WORDS = FOUND + W;

    private final double[] m = new double[(SLOTS + SLOTS - SHARED) * LaneField.SLOT];
    private final long[] w = new long[2 * WORDS];
    private final long[] limbs = new long[Field.LIMBS];
    private final byte[] again = new byte[Element.BYTES];

    LaneRistretto() {
        LaneEdwards.constant(m, at(0, ONE), Field.ONE);
        LaneEdwards.constant(m, at(0, D), Field.D);
        LaneEdwards.constant(m, at(0, SQRT_M1), Field.SQRT_M1);
        LaneEdwards.constant(m, at(0, INVSQRT_A_MINUS_D), Field.INVSQRT_A_MINUS_D);
        LaneEdwards.constant(m, at(0, ONE_MINUS_D_SQ), Field.ONE_MINUS_D_SQ);
        LaneEdwards.constant(m, at(0, D_MINUS_ONE_SQ), Field.D_MINUS_ONE_SQ);
        LaneEdwards.constant(m, at(0, SQRT_AD_MINUS_ONE), Field.SQRT_AD_MINUS_ONE);
        LaneEdwards.constant(m, at(0, TWO_D), Field.TWO_D);
    }

    private static int at(int half, int slot) {
        return (slot < SHARED ? slot : slot + half * (SLOTS - SHARED)) * LaneField.SLOT;
    }

    private void multiply(int half, int o, int a, int b) {
        LaneField.multiply(m, at(half, o), at(half, a), at(half, b));
    }

    private void square(int half, int o, int a) {
        LaneField.square(m, at(half, o), at(half, a));
    }

    private void add(int half, int o, int a, int b) {
        LaneField.add(m, at(half, o), at(half, a), at(half, b));
    }

    private void subtract(int half, int o, int a, int b) {
        LaneField.subtract(m, at(half, o), at(half, a), at(half, b));
    }

    private void negate(int half, int a) {
        LaneField.negate(m, at(half, a), at(half, a));
    }

    private void copy(int half, int o, int a) {
        LaneField.copy(m, at(half, o), at(half, a));
    }

    private void select(int half, int o, int a, int mask) {
        LaneField.select(m, at(half, o), at(half, a), w, half * WORDS + mask);
    }

    private void negateIf(int half, int a, int mask) {
        LaneField.negateIf(m, at(half, a), w, half * WORDS + mask);
    }

    private void canonical(int half, int a) {
        LaneField.canonical(w, half * WORDS, m, at(half, a));
    }

    private void oddMask(int half, int mask, int a) {
        canonical(half, a);
        LaneField.oddMask(w, half * WORDS + mask, half * WORDS);
    }

    private void zeroMask(int half, int mask, int a) {
        canonical(half, a);
        LaneField.zeroMask(w, half * WORDS + mask, half * WORDS);
    }

    /** a = |a| in the sense of RFC 9496: the even one of ±a. */
    private void absolute(int half, int a) {
        oddMask(half, FOUND, a);
        negateIf(half, a, FOUND);
    }

    /** first = first | second, or first & ~second where asked for. */
    private void or(int half, int first, int second) {
        for (int n = half * WORDS; n < half * WORDS + W; n++) {
            w[first + n] |= w[second + n];
        }
    }

    private void not(int half, int mask) {
        for (int n = half * WORDS; n < half * WORDS + W; n++) {
            w[mask + n] = ~w[mask + n];
        }
    }

    private void squareTimes(int o, int a, int times) {
        square(0, o, a);
        square(1, o, a);
        for (int k = 1; k < times; k++) {
            square(0, o, o);
            square(1, o, o);
        }
    }

    private void multiplyBoth(int o, int a, int b) {
        multiply(0, o, a, b);
        multiply(1, o, a, b);
    }

    /**
     * SQRT_RATIO_M1(U, V) of section 4.2 for both halves: ROOT is the even root of U/V or of SQRT_M1·U/V, SQUARE tells which. Writes V3, CHECK and OTHER.
     */
    private void squareRootRatio() {
        for (int half = 0; half < 2; half++) {
            square(half, V3, V);
            multiply(half, V3, V3, V);
            square(half, ROOT, V3);
            multiply(half, ROOT, ROOT, V);
            multiply(half, ROOT, ROOT, U);
        }
        power252Minus3();
        for (int half = 0; half < 2; half++) {
            multiply(half, ROOT, ROOT, V3);
            multiply(half, ROOT, ROOT, U);
            square(half, CHECK, ROOT);
            multiply(half, CHECK, CHECK, V);
            chooseRoot(half);
        }
    }

    /** From CHECK = V·ROOT²: turns the root where the check is -U or -U·SQRT_M1. */
    private void chooseRoot(int half) {
        subtract(half, OTHER, CHECK, U);
        zeroMask(half, SQUARE, OTHER);
        add(half, OTHER, CHECK, U);
        zeroMask(half, TURN, OTHER);
        or(half, SQUARE, TURN);
        multiply(half, OTHER, U, SQRT_M1);
        add(half, OTHER, OTHER, CHECK);
        zeroMask(half, FOUND, OTHER);
        or(half, TURN, FOUND);
        multiply(half, OTHER, ROOT, SQRT_M1);
        select(half, ROOT, OTHER, TURN);
        absolute(half, ROOT);
    }

    /** ROOT = ROOT^((p - 5) / 8) in both halves: 251 squarings and 11 products, as in {@link Field#power252Minus3}. */
    private void power252Minus3() {
        squareTimes(CHECK, ROOT, 1);
        squareTimes(OTHER, CHECK, 2);
        multiplyBoth(OTHER, ROOT, OTHER);
        multiplyBoth(CHECK, CHECK, OTHER);
        squareTimes(CHECK, CHECK, 1);
        multiplyBoth(CHECK, OTHER, CHECK);
        squareTimes(OTHER, CHECK, 5);
        multiplyBoth(CHECK, OTHER, CHECK);
        squareTimes(OTHER, CHECK, 10);
        multiplyBoth(OTHER, OTHER, CHECK);
        squareTimes(E, OTHER, 20);
        multiplyBoth(OTHER, E, OTHER);
        squareTimes(OTHER, OTHER, 10);
        multiplyBoth(CHECK, OTHER, CHECK);
        squareTimes(OTHER, CHECK, 50);
        multiplyBoth(OTHER, OTHER, CHECK);
        squareTimes(E, OTHER, 100);
        multiplyBoth(OTHER, E, OTHER);
        squareTimes(OTHER, OTHER, 50);
        multiplyBoth(CHECK, OTHER, CHECK);
        squareTimes(CHECK, CHECK, 2);
        multiplyBoth(ROOT, CHECK, ROOT);
    }

    /**
     * Section 4.3.1 for the elements from number {@code first} on.
     *
     * @return bit n is set when the n-th of them is refused; the points of those are meaningless
     */
    int decode(long[] points, byte[] encodings, int first) {
        int refused = 0;
        for (int half = 0; half < 2; half++) {
            refused |= loadEncodings(half, encodings, first + half * W) << (half * W);
            square(half, A, S);
            subtract(half, B, ONE, A);
            add(half, C, ONE, A);
            square(half, A, C);
            square(half, R, B);
            multiply(half, R, R, D);
            negate(half, R);
            subtract(half, R, R, A);
            multiply(half, V, A, R);
            copy(half, U, ONE);
        }
        squareRootRatio();
        for (int half = 0; half < 2; half++) {
            multiply(half, X, ROOT, C);
            multiply(half, Y, ROOT, X);
            multiply(half, Y, Y, R);
            multiply(half, Y, Y, B);
            multiply(half, X, X, S);
            add(half, X, X, X);
            absolute(half, X);
            copy(half, Z, ONE);
            multiply(half, T, X, Y);
            not(half, SQUARE);
            oddMask(half, FOUND, T);
            or(half, SQUARE, FOUND);
            zeroMask(half, FOUND, Y);
            or(half, SQUARE, FOUND);
            for (int lane = 0; lane < W; lane++) {
                refused |= (int) (w[half * WORDS + SQUARE + lane] & 1) << (half * W + lane);
            }
            store(half, points, first);
        }
        return refused;
    }

    /** Fills S; bit n of the answer is set when the encoding of lane n is negative or not below p. Lanes without an element repeat the last. */
    private int loadEncodings(int half, byte[] encodings, int first) {
        int last = encodings.length / Element.BYTES - 1;
        int refused = 0;
        for (int lane = 0; lane < W; lane++) {
            int from = Math.min(first + lane, last) * Element.BYTES;
            loadLane(half, lane, encodings, from);
            Field.store(again, 0, limbs, 0, limbs, 0);
            int difference = again[0] & 1;
            for (int k = 0; k < Element.BYTES; k++) {
                difference |= again[k] ^ encodings[from + k];
            }
            refused |= (-(difference & 0xff) >>> 31) << lane;
        }
        LaneField.carry(m, at(half, S));
        return refused;
    }

    private void loadLane(int half, int lane, byte[] bytes, int from) {
        Field.load(limbs, 0, bytes, from);
        for (int k = 0; k < Field.LIMBS; k++) {
            m[at(half, S) + k * W + lane] = limbs[k];
        }
    }

    private void store(int half, long[] points, int first) {
        if (first + half * W < points.length / Edwards.POINT) {
            LaneEdwards.store(points, first + half * W, m, at(half, X));
        }
    }

    /** Section 4.3.2: the encodings of the points from number {@code first} on. */
    void encode(byte[] encodings, long[] points, int first) {
        for (int half = 0; half < 2; half++) {
            LaneEdwards.load(m, at(half, X), points, first + half * W);
            add(half, A, Z, Y);
            subtract(half, B, Z, Y);
            multiply(half, A, A, B);
            multiply(half, B, X, Y);
            square(half, V, B);
            multiply(half, V, V, A);
            copy(half, U, ONE);
        }
        squareRootRatio();
        for (int half = 0; half < 2; half++) {
            multiply(half, A, A, ROOT);
            multiply(half, B, B, ROOT);
            multiply(half, R, A, B);
            multiply(half, R, R, T);
            multiply(half, OTHER, T, R);
            oddMask(half, TURN, OTHER);
            multiply(half, C, Y, SQRT_M1);
            multiply(half, E, X, SQRT_M1);
            select(half, X, C, TURN);
            select(half, Y, E, TURN);
            multiply(half, OTHER, A, INVSQRT_A_MINUS_D);
            select(half, B, OTHER, TURN);
            multiply(half, OTHER, X, R);
            oddMask(half, TURN, OTHER);
            negateIf(half, Y, TURN);
            subtract(half, Y, Z, Y);
            multiply(half, Y, Y, B);
            absolute(half, Y);
            storeEncodings(half, encodings, first + half * W);
        }
    }

    private void storeEncodings(int half, byte[] encodings, int first) {
        canonical(half, Y);
        int count = Math.min(W, encodings.length / Element.BYTES - first);
        for (int lane = 0; lane < count; lane++) {
            for (int k = 0; k < Field.LIMBS; k++) {
                limbs[k] = w[half * WORDS + k * W + lane];
            }
            Field.pack(encodings, (first + lane) * Element.BYTES, limbs, 0);
        }
    }

    /** Section 4.3.4 for the W elements from number {@code first} on: each half maps 32 of the 64 bytes, and the two points are added. */
    void hashToGroup(long[] points, byte[] uniform, int first) {
        int last = uniform.length / Element.UNIFORM_BYTES - 1;
        for (int half = 0; half < 2; half++) {
            for (int lane = 0; lane < W; lane++) {
                int from = Math.min(first + lane, last) * Element.UNIFORM_BYTES;
                loadLane(half, lane, uniform, from + half * Element.UNIFORM_BYTES / 2);
            }
            LaneField.carry(m, at(half, S));
        }
        map();
        int cached = at(1, U);
        LaneEdwards.cache(m, cached, at(1, X), at(0, TWO_D));
        LaneEdwards.add(m, at(0, X), cached, at(0, U), true);
        store(0, points, first);
    }

    /** MAP of section 4.3.4: from S to X, Y, Z, T in both halves. */
    private void map() {
        for (int half = 0; half < 2; half++) {
            square(half, R, S);
            multiply(half, R, R, SQRT_M1);
            add(half, U, R, ONE);
            multiply(half, U, U, ONE_MINUS_D_SQ);
            multiply(half, V, R, D);
            add(half, V, V, ONE);
            negate(half, V);
            add(half, A, R, D);
            multiply(half, V, V, A);
        }
        squareRootRatio();
        for (int half = 0; half < 2; half++) {
            not(half, SQUARE);
            multiply(half, A, ROOT, S);
            absolute(half, A);
            negate(half, A);
            select(half, ROOT, A, SQUARE);
            copy(half, C, ONE);
            negate(half, C);
            select(half, C, R, SQUARE);
            subtract(half, A, R, ONE);
            multiply(half, B, C, A);
            multiply(half, B, B, D_MINUS_ONE_SQ);
            subtract(half, B, B, V);
            multiply(half, B, B, SQRT_AD_MINUS_ONE);
            add(half, A, ROOT, ROOT);
            multiply(half, A, A, V);
            square(half, ROOT, ROOT);
            subtract(half, C, ONE, ROOT);
            add(half, E, ONE, ROOT);
            multiply(half, X, A, E);
            multiply(half, Y, C, B);
            multiply(half, Z, B, E);
            multiply(half, T, A, C);
        }
    }
}
