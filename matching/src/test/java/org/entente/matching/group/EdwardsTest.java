package org.entente.matching.group;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.entente.matching.SeededRandom;
import org.junit.jupiter.api.Test;

/** The point formulas against the affine law of the curve in BigIntegers. */
class EdwardsTest {
    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger D =
            new BigInteger("37095705934669439343138083508754565189542113879843219016388785533085940283555");
    private final SeededRandom random = new SeededRandom(14);

    private record Affine(BigInteger x, BigInteger y) {
        Affine plus(Affine other) {
            BigInteger product = D.multiply(x)
                    .multiply(other.x)
                    .multiply(y)
                    .multiply(other.y)
                    .mod(P);
            BigInteger sumX = x.multiply(other.y).add(y.multiply(other.x));
            BigInteger sumY = y.multiply(other.y).add(x.multiply(other.x));
            return new Affine(
                    sumX.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P),
                    sumY.multiply(BigInteger.ONE.subtract(product).modInverse(P))
                            .mod(P));
        }

        Affine negated() {
            return new Affine(x.negate().mod(P), y);
        }
    }

    private static BigInteger coordinate(long[] point, int at) {
        BigInteger sum = BigInteger.ZERO;
        for (int n = 0; n < Field.LIMBS; n++) {
            sum = sum.add(BigInteger.valueOf(point[at + n]).shiftLeft(51 * n));
        }
        return sum.mod(P);
    }

    private static Affine affine(long[] point) {
        BigInteger inverse = coordinate(point, 10).modInverse(P);
        BigInteger x = coordinate(point, 0).multiply(inverse).mod(P);
        BigInteger y = coordinate(point, 5).multiply(inverse).mod(P);
        assertThat(coordinate(point, 15).multiply(inverse).mod(P))
                .isEqualTo(x.multiply(y).mod(P));
        return new Affine(x, y);
    }

    @Test
    void sumsDifferencesAndDoublesAreThoseOfTheCurve() {
        long[] scratch = new long[Edwards.SCRATCH];
        long[] cached = new long[Edwards.POINT];
        for (int round = 0; round < 300; round++) {
            long[] a = Element.hashToGroup(random.bytes(64)).copyOfPoint();
            long[] b = round % 3 == 0
                    ? a.clone()
                    : Element.hashToGroup(random.bytes(64)).copyOfPoint();
            Affine left = affine(a);
            Affine right = affine(b);
            Edwards.cache(cached, 0, b, 0);
            Edwards.add(a, 0, cached, 0, scratch, true);
            assertThat(affine(a)).as("%s", random).isEqualTo(left.plus(right));
            Edwards.subtract(a, 0, cached, 0, scratch, true);
            assertThat(affine(a)).as("%s", random).isEqualTo(left);
            Edwards.subtract(a, 0, cached, 0, scratch, true);
            assertThat(affine(a)).as("%s", random).isEqualTo(left.plus(right.negated()));
            Edwards.twice(b, 0, scratch, true);
            assertThat(affine(b)).as("%s", random).isEqualTo(right.plus(right));
        }
    }

    @Test
    void multiplicationBySecretScalarsIsDoubleAndAddInTheModel() {
        for (int round = 0; round < 10; round++) {
            Element a = Element.hashToGroup(random.bytes(64));
            Scalar scalar = Scalar.random(random);
            byte[] bits = scalar.encode();
            Affine sum = new Affine(BigInteger.ZERO, BigInteger.ONE);
            Affine base = affine(a.copyOfPoint());
            for (int bit = 255; bit >= 0; bit--) {
                sum = sum.plus(sum);
                sum = (bits[bit / 8] >> (bit % 8) & 1) == 1 ? sum.plus(base) : sum;
            }
            assertThat(affine(a.multiply(scalar).copyOfPoint()).x())
                    .as("%s", random)
                    .isEqualTo(sum.x());
        }
    }
}
