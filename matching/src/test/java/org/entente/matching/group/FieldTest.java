package org.entente.matching.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import org.entente.matching.SeededRandom;
import org.junit.jupiter.api.Test;

class FieldTest {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final long REDUCED = (1L << 51) + (1L << 16);
    private static final long WIDE = (1L << 53) + (1L << 18);
    private final SeededRandom random = new SeededRandom(11);

    private static BigInteger value(long[] limbs) {
        BigInteger sum = BigInteger.ZERO;
        for (int n = 0; n < Field.LIMBS; n++) {
            sum = sum.add(BigInteger.valueOf(limbs[n]).shiftLeft(51 * n));
        }
        return sum.mod(P);
    }

    private long[] element(int round) {
        long[] limbs = new long[Field.LIMBS];
        List<Long> extremes = List.of(0L, 1L, -1L, WIDE, -WIDE, REDUCED, -REDUCED, (1L << 51) - 1, (1L << 51) - 19);
        for (int n = 0; n < Field.LIMBS; n++) {
            limbs[n] = round % 2 == 0
                    ? extremes.get(random.nextInt(extremes.size()))
                    : random.plain().nextLong(-WIDE, WIDE + 1);
        }
        return limbs;
    }

    @Test
    void productsAndSquaresAgreeWithBigIntegersAtAllPermittedLimbs() {
        for (int round = 0; round < 30_000; round++) {
            long[] a = element(round);
            long[] b = element(round);
            long[] product = new long[Field.LIMBS];
            Field.multiply(product, 0, a, 0, b, 0);
            long[] square = new long[Field.LIMBS];
            Field.square(square, 0, a, 0);
            assertThat(value(product))
                    .as("%s round %s", random, round)
                    .isEqualTo(value(a).multiply(value(b)).mod(P));
            assertThat(value(square))
                    .as("%s round %s", random, round)
                    .isEqualTo(value(a).multiply(value(a)).mod(P));
            for (int n = 0; n < Field.LIMBS; n++) {
                assertThat(Math.abs(product[n])).isLessThanOrEqualTo(REDUCED);
                assertThat(Math.abs(square[n])).isLessThanOrEqualTo(REDUCED);
            }
        }
    }

    @Test
    void theLargestOperandsDoNotOverflow() {
        for (int signs = 0; signs < 1024; signs++) {
            long[] a = new long[Field.LIMBS];
            long[] b = new long[Field.LIMBS];
            for (int n = 0; n < Field.LIMBS; n++) {
                a[n] = (signs >> n & 1) == 0 ? WIDE : -WIDE;
                b[n] = (signs >> (n + 5) & 1) == 0 ? WIDE : -WIDE;
            }
            long[] product = new long[Field.LIMBS];
            Field.multiply(product, 0, a, 0, b, 0);
            assertThat(value(product)).isEqualTo(value(a).multiply(value(b)).mod(P));
            Field.square(product, 0, a, 0);
            assertThat(value(product)).isEqualTo(value(a).multiply(value(a)).mod(P));
        }
    }

    @Test
    void theStoredFormIsTheCanonicalOne() {
        for (int round = 0; round < 20_000; round++) {
            requireCanonical(element(round));
        }
        for (int offset = -40; offset <= 40; offset++) {
            for (int multiple = 0; multiple <= 2; multiple++) {
                BigInteger near = P.multiply(BigInteger.valueOf(multiple)).add(BigInteger.valueOf(offset));
                long[] limbs = new long[Field.LIMBS];
                for (int n = 0; n < Field.LIMBS - 1; n++) {
                    limbs[n] = near.shiftRight(51 * n).longValue() & ((1L << 51) - 1);
                }
                limbs[Field.LIMBS - 1] = near.shiftRight(204).longValue();
                requireCanonical(limbs);
            }
        }
    }

    private static void requireCanonical(long[] limbs) {
        byte[] bytes = new byte[32];
        Field.store(bytes, 0, limbs, 0, new long[5], 0);
        byte[] bigEndian = new byte[32];
        for (int n = 0; n < 32; n++) {
            bigEndian[n] = bytes[31 - n];
        }
        assertThat(new BigInteger(1, bigEndian)).isEqualTo(value(limbs));
        long[] again = new long[Field.LIMBS];
        Field.load(again, 0, bytes, 0);
        assertThat(value(again)).isEqualTo(value(limbs));
        assertThat(Field.zeroMask(limbs, 0, new long[5], 0))
                .isEqualTo(value(limbs).signum() == 0 ? -1 : 0);
        assertThat(Field.negativeMask(limbs, 0, new long[5], 0))
                .isEqualTo(value(limbs).testBit(0) ? -1 : 0);
    }

    @Test
    void powerIsThatOfTheRootFormula() {
        BigInteger exponent = P.subtract(BigInteger.valueOf(5)).shiftRight(3);
        for (int round = 0; round < 200; round++) {
            long[] a = element(round);
            long[] out = new long[Field.LIMBS];
            Field.power252Minus3(out, 0, a, 0, new long[15], 0);
            assertThat(value(out)).isEqualTo(value(a).modPow(exponent, P));
        }
    }

    @Test
    void constantsAreThoseOfTheirDefinitions() {
        BigInteger d = value(Field.D);
        assertThat(d.multiply(BigInteger.valueOf(121_666))
                        .add(BigInteger.valueOf(121_665))
                        .mod(P))
                .isZero();
        assertThat(value(Field.TWO_D)).isEqualTo(d.shiftLeft(1).mod(P));
        assertThat(value(Field.SQRT_M1).pow(2).add(BigInteger.ONE).mod(P)).isZero();
        assertThat(value(Field.ONE_MINUS_D_SQ))
                .isEqualTo(BigInteger.ONE.subtract(d.pow(2)).mod(P));
        assertThat(value(Field.D_MINUS_ONE_SQ))
                .isEqualTo(d.subtract(BigInteger.ONE).pow(2).mod(P));
        BigInteger minusDMinusOne = d.negate().subtract(BigInteger.ONE).mod(P);
        assertThat(value(Field.SQRT_AD_MINUS_ONE).pow(2).mod(P)).isEqualTo(minusDMinusOne);
        assertThat(value(Field.INVSQRT_A_MINUS_D)
                        .pow(2)
                        .multiply(minusDMinusOne)
                        .mod(P))
                .isOne();
    }
}
