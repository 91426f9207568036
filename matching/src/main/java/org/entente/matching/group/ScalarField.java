package org.entente.matching.group;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Integers modulo ℓ = 2^252 + 27742317777372353535851937790883648493, the order of the group, as eight unsigned
 * 32-bit limbs in an {@code int[]} at an offset, least significant first, always below ℓ unless said otherwise.
 *
 * <p>Montgomery multiplication with R = 2^256, operand by operand; constant time: the schedule is fixed and the final subtraction is
 * a mask. Scalars are a hundredth of the cost of an element, so plain loops are kept.
 */
final class ScalarField {
    static final int LIMBS = 8;
    private static final long MASK = 0xffffffffL;
    static final BigInteger ORDER =
            BigInteger.ONE.shiftLeft(252).add(new BigInteger("27742317777372353535851937790883648493"));
    private static final int[] L = limbs(ORDER);
    private static final int[] R_SQUARED = limbs(BigInteger.ONE.shiftLeft(512).mod(ORDER));
    private static final int[] ONE = limbs(BigInteger.ONE);
    private static final long MINUS_INVERSE_OF_L = BigInteger.ONE
            .shiftLeft(32)
            .subtract(ORDER.modInverse(BigInteger.ONE.shiftLeft(32)))
            .longValueExact();

    private ScalarField() {}

    private static int[] limbs(BigInteger value) {
        int[] limbs = new int[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = value.shiftRight(32 * i).intValue();
        }
        return limbs;
    }

    /** out = a·b / 2^256 mod ℓ; one operand may be any 256-bit value when the other is below ℓ. */
    static void montgomery(int[] out, int o, int[] a, int i, int[] b, int j) {
        long[] t = new long[LIMBS + 2];
        for (int m = 0; m < LIMBS; m++) {
            long am = a[i + m] & MASK;
            long carry = 0;
            for (int n = 0; n < LIMBS; n++) {
                long v = t[n] + am * (b[j + n] & MASK) + carry;
                t[n] = v & MASK;
                carry = v >>> 32;
            }
            long top = t[LIMBS] + carry;
            t[LIMBS] = top & MASK;
            t[LIMBS + 1] = top >>> 32;

            long q = (t[0] * MINUS_INVERSE_OF_L) & MASK;
            carry = (t[0] + q * (L[0] & MASK)) >>> 32;
            for (int n = 1; n < LIMBS; n++) {
                long v = t[n] + q * (L[n] & MASK) + carry;
                t[n - 1] = v & MASK;
                carry = v >>> 32;
            }
            top = t[LIMBS] + carry;
            t[LIMBS - 1] = top & MASK;
            t[LIMBS] = t[LIMBS + 1] + (top >>> 32);
        }
        for (int n = 0; n < LIMBS; n++) {
            out[o + n] = (int) t[n];
        }
        subtractOrderOnce(out, o);
    }

    /** out = out ≥ ℓ ? out - ℓ : out, for out below 2ℓ. */
    private static void subtractOrderOnce(int[] out, int o) {
        int[] difference = new int[LIMBS];
        long borrow = 0;
        for (int n = 0; n < LIMBS; n++) {
            long v = (out[o + n] & MASK) - (L[n] & MASK) + borrow;
            difference[n] = (int) v;
            borrow = v >> 32;
        }
        int keep = (int) borrow;
        for (int n = 0; n < LIMBS; n++) {
            out[o + n] = (out[o + n] & keep) | (difference[n] & ~keep);
        }
    }

    static void multiply(int[] out, int o, int[] a, int i, int[] b, int j) {
        montgomery(out, o, a, i, b, j);
        montgomery(out, o, out, o, R_SQUARED, 0);
    }

    static void add(int[] out, int o, int[] a, int i, int[] b, int j) {
        long carry = 0;
        for (int n = 0; n < LIMBS; n++) {
            long v = (a[i + n] & MASK) + (b[j + n] & MASK) + carry;
            out[o + n] = (int) v;
            carry = v >>> 32;
        }
        subtractOrderOnce(out, o);
    }

    /** out = a/2: a or a + ℓ, whichever is even, shifted by one bit; without a branch. */
    static void halve(int[] out, int o, int[] a, int i) {
        long odd = -(a[i] & 1L);
        long carry = 0;
        int below = 0;
        for (int n = 0; n < LIMBS; n++) {
            long v = (a[i + n] & MASK) + (L[n] & MASK & odd) + carry;
            carry = v >>> 32;
            if (n > 0) {
                out[o + n - 1] = below >>> 1 | (int) v << 31;
            }
            below = (int) v;
        }
        out[o + LIMBS - 1] = below >>> 1;
    }

    static void negate(int[] out, int o, int[] a, int i) {
        long borrow = 0;
        for (int n = 0; n < LIMBS; n++) {
            long v = (L[n] & MASK) - (a[i + n] & MASK) + borrow;
            out[o + n] = (int) v;
            borrow = v >> 32;
        }
        subtractOrderOnce(out, o);
    }

    /** out = a^(ℓ - 2) = 1/a, and 0 for 0; the exponent is public. */
    static void invert(int[] out, int o, int[] a, int i) {
        int[] base = new int[LIMBS];
        int[] power = new int[LIMBS];
        montgomery(base, 0, a, i, R_SQUARED, 0);
        montgomery(power, 0, ONE, 0, R_SQUARED, 0);
        BigInteger exponent = ORDER.subtract(BigInteger.TWO);
        for (int bit = exponent.bitLength() - 1; bit >= 0; bit--) {
            montgomery(power, 0, power, 0, power, 0);
            if (exponent.testBit(bit)) {
                montgomery(power, 0, power, 0, base, 0);
            }
        }
        montgomery(out, o, power, 0, ONE, 0);
        Arrays.fill(base, 0);
        Arrays.fill(power, 0);
    }

    /** Reads 32 little-endian bytes without a check. */
    static void load(int[] out, int o, byte[] bytes, int offset) {
        for (int n = 0; n < LIMBS; n++) {
            out[o + n] = LittleEndian.load32(bytes, offset + 4 * n);
        }
    }

    static void store(byte[] bytes, int offset, int[] a, int i) {
        for (int n = 0; n < LIMBS; n++) {
            LittleEndian.store32(bytes, offset + 4 * n, a[i + n]);
        }
    }

    /** out = 64 little-endian bytes mod ℓ. */
    static void reduceWide(int[] out, int o, byte[] bytes, int offset) {
        int[] low = new int[LIMBS];
        int[] high = new int[LIMBS];
        load(low, 0, bytes, offset);
        load(high, 0, bytes, offset + 32);
        montgomery(high, 0, high, 0, R_SQUARED, 0);
        montgomery(low, 0, low, 0, R_SQUARED, 0);
        montgomery(low, 0, low, 0, ONE, 0);
        add(out, o, low, 0, high, 0);
    }

    /** -1 when a is below ℓ, else 0. */
    static int canonicalMask(int[] a, int i) {
        long borrow = 0;
        for (int n = 0; n < LIMBS; n++) {
            borrow = ((a[i + n] & MASK) - (L[n] & MASK) + borrow) >> 32;
        }
        return (int) borrow;
    }

    /** -1 when a = b, else 0. */
    static int equalMask(int[] a, int i, int[] b, int j) {
        int difference = 0;
        for (int n = 0; n < LIMBS; n++) {
            difference |= a[i + n] ^ b[j + n];
        }
        return ((difference | -difference) >> 31) ^ -1;
    }

    /**
     * Signed digits of radix 16: Σ digit[k]·16^k = a with every digit in [-8, 8], 64 of them, written without a branch.
     */
    static void signedDigits(byte[] digits, int[] a, int i) {
        for (int n = 0; n < 64; n++) {
            digits[n] = (byte) ((a[i + n / 8] >>> (4 * (n % 8))) & 15);
        }
        int carry = 0;
        for (int n = 0; n < 63; n++) {
            int digit = digits[n] + carry;
            carry = (digit + 8) >> 4;
            digits[n] = (byte) (digit - (carry << 4));
        }
        digits[63] += (byte) carry;
    }
}
