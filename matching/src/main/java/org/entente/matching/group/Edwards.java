package org.entente.matching.group;

import java.util.Arrays;

/**
 * Points of the twisted Edwards curve -x² + y² = 1 + d·x²·y² in extended coordinates (Hisil, Wong, Carter, Dawson 2008).
 *
 * <p>A <i>point</i> is 20 longs X, Y, Z, T with x = X/Z, y = Y/Z, T·Z = X·Y. A <i>cached</i> point, the second operand of an
 * addition, is 20 longs Y + X, Y - X, 2Z, 2dT. All coordinates of a point are reduced; those of a cached point are at most
 * three reduced elements wide. The addition is complete: no input needs another path.
 */
final class Edwards {
    static final int POINT = 4 * Field.LIMBS;
    /** Longs of scratch that the functions here need. */
    static final int SCRATCH = 5 * Field.LIMBS;

    private static final int X = 0;
    private static final int Y = Field.LIMBS;
    private static final int Z = 2 * Field.LIMBS;
    private static final int T = 3 * Field.LIMBS;

    private static final int A = 0;
    private static final int B = Field.LIMBS;
    private static final int C = 2 * Field.LIMBS;
    private static final int E = 3 * Field.LIMBS;

    private Edwards() {}

    static void identity(long[] p, int o) {
        Arrays.fill(p, o, o + POINT, 0);
        p[o + Y] = 1;
        p[o + Z] = 1;
    }

    static void copy(long[] out, int o, long[] p, int i) {
        System.arraycopy(p, i, out, o, POINT);
    }

    static void negate(long[] out, int o, long[] p, int i) {
        copy(out, o, p, i);
        Field.negate(out, o + X, out, o + X);
        Field.negate(out, o + T, out, o + T);
    }

    /** c = the cached form of p; {@code c} and {@code p} must not overlap. */
    static void cache(long[] c, int o, long[] p, int i) {
        Field.add(c, o, p, i + Y, p, i + X);
        Field.subtract(c, o + Y, p, i + Y, p, i + X);
        Field.add(c, o + Z, p, i + Z, p, i + Z);
        Field.multiply(c, o + T, p, i + T, Field.TWO_D, 0);
    }

    /** The cached form of the identity. */
    static void cacheIdentity(long[] c, int o) {
        Arrays.fill(c, o, o + POINT, 0);
        c[o] = 1;
        c[o + Y] = 1;
        c[o + Z] = 2;
    }

    /** p = p + c: 8 products ("add-2008-hwcd-3" with a cached operand), 7 when T is not asked for. */
    static void add(long[] p, int o, long[] c, int i, long[] s, boolean withT) {
        Field.subtract(s, A, p, o + Y, p, o + X);
        Field.multiply(s, A, s, A, c, i + Y);
        Field.add(s, B, p, o + Y, p, o + X);
        Field.multiply(s, B, s, B, c, i + X);
        Field.multiply(s, C, p, o + T, c, i + T);
        Field.multiply(s, E, p, o + Z, c, i + Z);
        complete(p, o, s, withT);
    }

    /** p = p - c. */
    static void subtract(long[] p, int o, long[] c, int i, long[] s, boolean withT) {
        Field.subtract(s, A, p, o + Y, p, o + X);
        Field.multiply(s, A, s, A, c, i + X);
        Field.add(s, B, p, o + Y, p, o + X);
        Field.multiply(s, B, s, B, c, i + Y);
        Field.multiply(s, C, p, o + T, c, i + T);
        Field.negate(s, C, s, C);
        Field.multiply(s, E, p, o + Z, c, i + Z);
        complete(p, o, s, withT);
    }

    /** From A, B, C, D = s[A], s[B], s[C], s[E]: E = B - A, F = D - C, G = D + C, H = B + A, then the four products. */
    private static void complete(long[] p, int o, long[] s, boolean withT) {
        for (int k = 0; k < Field.LIMBS; k++) {
            long a = s[A + k];
            long b = s[B + k];
            long c = s[C + k];
            long d = s[E + k];
            s[A + k] = b - a;
            s[B + k] = d - c;
            s[C + k] = d + c;
            s[E + k] = b + a;
        }
        products(p, o, s, withT);
    }

    /** X = E·F, Y = G·H, Z = F·G, T = E·H of E, F, G, H = s[A], s[B], s[C], s[E]. */
    private static void products(long[] p, int o, long[] s, boolean withT) {
        Field.multiply(p, o + X, s, A, s, B);
        Field.multiply(p, o + Y, s, C, s, E);
        Field.multiply(p, o + Z, s, B, s, C);
        if (withT) {
            Field.multiply(p, o + T, s, A, s, E);
        }
    }

    /** p = 2p: 4 squarings and 4 products ("dbl-2008-hwcd"), 3 when T is not asked for; T of p is not read. */
    static void twice(long[] p, int o, long[] s, boolean withT) {
        Field.square(s, A, p, o + X);
        Field.square(s, B, p, o + Y);
        Field.square(s, C, p, o + Z);
        Field.add(s, E, p, o + X, p, o + Y);
        Field.square(s, E, s, E);
        for (int k = 0; k < Field.LIMBS; k++) {
            long a = s[A + k];
            long b = s[B + k];
            long c = s[C + k];
            long e = s[E + k];
            s[A + k] = e - a - b;
            s[B + k] = b - a - 2 * c;
            s[C + k] = b - a;
            s[E + k] = -a - b;
        }
        products(p, o, s, withT);
    }

    /** 2·p for every point of an array. */
    static long[] doubles(long[] points) {
        long[] out = points.clone();
        long[] scratch = new long[SCRATCH];
        for (int at = 0; at < out.length; at += POINT) {
            twice(out, at, scratch, true);
        }
        return out;
    }
}
