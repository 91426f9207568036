package org.entente.matching.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.entente.matching.SeededRandom;
import org.junit.jupiter.api.Test;

/** The kernels of the lanes against BigIntegers, at every limb that their bounds permit. */
class LaneFieldTest {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final double REDUCED = 0x1p50 + 0x1p11;
    private static final int W = LaneField.W;
    private static final int SLOT = LaneField.SLOT;
    private static final int A = SLOT;
    private static final int B = 2 * SLOT;
    private static final int C = 3 * SLOT;
    private static final int E = 4 * SLOT;
    private static final int OUT = 5 * SLOT;

    private final SeededRandom random = new SeededRandom(31);
    private final double[] m = new double[10 * SLOT];

    private BigInteger value(int slot, int lane) {
        BigInteger sum = BigInteger.ZERO;
        for (int k = 0; k < Field.LIMBS; k++) {
            double limb = m[slot + k * W + lane];
            assertThat(limb).isEqualTo(Math.rint(limb));
            sum = sum.add(BigInteger.valueOf((long) limb).shiftLeft(51 * k));
        }
        return sum.mod(P);
    }

    /** Limbs up to the bound: extremes in even rounds, uniform ones in odd rounds. */
    private void fill(int slot, int round, double bound) {
        double[] extremes = {0, 1, -1, bound, -bound, bound - 1, 1 - bound, 0x1p50, -0x1p50, 19};
        for (int n = slot; n < slot + SLOT; n++) {
            m[n] = round % 2 == 0
                    ? extremes[random.nextInt(extremes.length)]
                    : random.plain().nextLong((long) -bound, (long) bound + 1);
        }
    }

    private void requireReduced(int slot) {
        for (int n = slot; n < slot + SLOT; n++) {
            assertThat(Math.abs(m[n])).isLessThanOrEqualTo(REDUCED);
        }
    }

    private void requireOut(int round, BinaryOperator<BigInteger> model) {
        for (int lane = 0; lane < W; lane++) {
            assertThat(value(OUT, lane))
                    .as("%s round %s lane %s", random, round, lane)
                    .isEqualTo(model.apply(value(A, lane), value(B, lane)).mod(P));
        }
        requireReduced(OUT);
    }

    @Test
    void productsSquaresAndSumsAgreeWithBigIntegersAtAllPermittedLimbs() {
        for (int round = 0; round < 2_000; round++) {
            fill(A, round, REDUCED);
            fill(B, round, REDUCED);
            LaneField.multiply(m, OUT, A, B);
            requireOut(round, BigInteger::multiply);
            LaneField.multiply(m, OUT, B, A);
            requireOut(round, BigInteger::multiply);
            LaneField.square(m, OUT, A);
            requireOut(round, (a, b) -> a.multiply(a));
            LaneField.add(m, OUT, A, B);
            requireOut(round, BigInteger::add);
            LaneField.subtract(m, OUT, A, B);
            requireOut(round, BigInteger::subtract);
            fill(A, round, 0x1p52);
            fill(B, round, 0x1p52);
            LaneField.add(m, OUT, A, B);
            requireOut(round, BigInteger::add);
        }
    }

    @Test
    void theLargestOperandsOfEverySignMultiply() {
        for (int signs = 0; signs < 1024; signs++) {
            for (int n = 0; n < SLOT; n++) {
                m[A + n] = (signs >> (n / W) & 1) == 0 ? REDUCED : -REDUCED;
                m[B + n] = (signs >> (n / W + 5) & 1) == 0 ? REDUCED : -REDUCED;
            }
            LaneField.multiply(m, OUT, A, B);
            requireOut(signs, BigInteger::multiply);
            LaneField.square(m, OUT, A);
            requireOut(signs, (a, b) -> a.multiply(a));
        }
    }

    @Test
    void anOperandMayBeTheResult() {
        fill(A, 1, REDUCED);
        fill(B, 1, REDUCED);
        LaneField.multiply(m, OUT, A, B);
        double[] product = Arrays.copyOfRange(m, OUT, OUT + SLOT);
        System.arraycopy(m, A, m, OUT, SLOT);
        LaneField.multiply(m, OUT, OUT, B);
        assertThat(Arrays.copyOfRange(m, OUT, OUT + SLOT)).isEqualTo(product);
        LaneField.square(m, OUT, A);
        double[] square = Arrays.copyOfRange(m, OUT, OUT + SLOT);
        LaneField.square(m, A, A);
        assertThat(Arrays.copyOfRange(m, A, A + SLOT)).isEqualTo(square);
    }

    @Test
    void sumsOfColumnsAreTheSumsOfTheProducts() {
        for (int round = 0; round < 2_000; round++) {
            for (int slot : new int[] {A, B, C, E}) {
                fill(slot, round, REDUCED);
            }
            int s = OUT;
            LaneColumns.square(m, s, A, LaneColumns.PLAIN);
            LaneColumns.square(m, s + SLOT, B, LaneColumns.WHOLE);
            LaneColumns.square(m, s + 2 * SLOT, C, LaneColumns.PLAIN);
            LaneColumns.multiply(m, s + 3 * SLOT, A, B, LaneColumns.HALF);
            LaneColumns.doublingSums(m, s);
            for (int lane = 0; lane < W; lane++) {
                BigInteger a = value(A, lane).pow(2);
                BigInteger b = value(B, lane).pow(2);
                BigInteger c = value(C, lane).pow(2);
                BigInteger e = value(A, lane).multiply(value(B, lane)).shiftLeft(1);
                requireSums(round, lane, e, a.subtract(b).add(c.shiftLeft(1)), b.subtract(a), a.add(b));
            }
            LaneColumns.multiply(m, s, A, B, LaneColumns.PLAIN);
            LaneColumns.multiply(m, s + SLOT, B, C, LaneColumns.WHOLE);
            LaneColumns.multiply(m, s + 2 * SLOT, C, E, LaneColumns.PLAIN);
            LaneColumns.multiply(m, s + 3 * SLOT, E, A, LaneColumns.WHOLE);
            LaneColumns.additionSums(m, s);
            for (int lane = 0; lane < W; lane++) {
                BigInteger a = value(A, lane).multiply(value(B, lane));
                BigInteger b = value(B, lane).multiply(value(C, lane));
                BigInteger c = value(C, lane).multiply(value(E, lane));
                BigInteger d = value(E, lane).multiply(value(A, lane));
                requireSums(round, lane, b.subtract(a), d.subtract(c), d.add(c), b.add(a));
            }
        }
    }

    private void requireSums(int round, int lane, BigInteger... sums) {
        for (int n = 0; n < sums.length; n++) {
            int slot = OUT + n * SLOT;
            requireReduced(slot);
            assertThat(value(slot, lane))
                    .as("%s round %s lane %s sum %s", random, round, lane, n)
                    .isEqualTo(sums[n].mod(P));
        }
    }

    @Test
    void theCanonicalFormAndItsMasksAreThoseOfPlainArithmetic() {
        for (int round = 0; round < 2_000; round++) {
            fill(A, round, REDUCED);
            requireCanonical();
        }
        for (int multiple = -1; multiple <= 1; multiple++) {
            for (int offset = -24; offset <= 24; offset++) {
                near(P.multiply(BigInteger.valueOf(multiple)).add(BigInteger.valueOf(offset)));
                requireCanonical();
            }
        }
    }

    /** A = the value in every lane, in balanced limbs. */
    private void near(BigInteger value) {
        BigInteger rest = value;
        for (int k = 0; k < Field.LIMBS; k++) {
            long limb = k == Field.LIMBS - 1
                    ? rest.longValueExact()
                    : rest.add(BigInteger.ONE.shiftLeft(50))
                                    .mod(BigInteger.ONE.shiftLeft(51))
                                    .longValueExact()
                            - (1L << 50);
            rest = rest.subtract(BigInteger.valueOf(limb)).shiftRight(51);
            Arrays.fill(m, A + k * W, A + (k + 1) * W, (double) limb);
        }
        // The top limb of a value near p is 2^51: one round brings it into its bound.
        LaneField.carry(m, A);
    }

    private void requireCanonical() {
        long[] w = new long[SLOT + 2 * W];
        LaneField.canonical(w, 0, m, A);
        LaneField.oddMask(w, SLOT, 0);
        LaneField.zeroMask(w, SLOT + W, 0);
        for (int lane = 0; lane < W; lane++) {
            BigInteger canonical = BigInteger.ZERO;
            for (int k = 0; k < Field.LIMBS; k++) {
                assertThat(w[k * W + lane]).isBetween(0L, (1L << 51) - 1);
                canonical = canonical.add(BigInteger.valueOf(w[k * W + lane]).shiftLeft(51 * k));
            }
            assertThat(canonical).as("%s", random).isEqualTo(value(A, lane));
            assertThat(w[SLOT + lane]).isEqualTo(canonical.testBit(0) ? -1 : 0);
            assertThat(w[SLOT + W + lane]).isEqualTo(canonical.signum() == 0 ? -1 : 0);
        }
    }

    @Test
    void masksChooseLaneByLane() {
        long[] w = new long[W];
        for (int lane = 0; lane < W; lane += 2) {
            w[lane] = -1;
        }
        fill(A, 1, REDUCED);
        fill(B, 1, REDUCED);
        System.arraycopy(m, A, m, OUT, SLOT);
        LaneField.select(m, OUT, B, w, 0);
        for (int n = 0; n < SLOT; n++) {
            assertThat(m[OUT + n]).isEqualTo(n % W % 2 == 0 ? m[B + n] : m[A + n]);
        }
        System.arraycopy(m, A, m, OUT, SLOT);
        LaneField.negateIf(m, OUT, w, 0);
        for (int n = 0; n < SLOT; n++) {
            assertThat(m[OUT + n]).isEqualTo(n % W % 2 == 0 ? -m[A + n] : m[A + n]);
        }
    }
}
