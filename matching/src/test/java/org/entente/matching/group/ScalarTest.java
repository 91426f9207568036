package org.entente.matching.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.Arrays;
import org.entente.matching.SeededRandom;
import org.junit.jupiter.api.Test;

class ScalarTest {
    private static final BigInteger L = ScalarField.ORDER;
    private final SeededRandom random = new SeededRandom(12);

    private static byte[] littleEndian(BigInteger value, int length) {
        byte[] bytes = new byte[length];
        for (int n = 0; n < length; n++) {
            bytes[n] = value.shiftRight(8 * n).byteValue();
        }
        return bytes;
    }

    private static BigInteger value(Scalar scalar) {
        return value(scalar.encode());
    }

    private static BigInteger value(byte[] littleEndian) {
        byte[] bytes = new byte[littleEndian.length];
        for (int n = 0; n < bytes.length; n++) {
            bytes[n] = littleEndian[bytes.length - 1 - n];
        }
        return new BigInteger(1, bytes);
    }

    private static Scalar scalar(BigInteger value) {
        try {
            return Scalar.decode(littleEndian(value, 32));
        } catch (EncodingRefused e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void arithmeticAgreesWithBigIntegers() {
        BigInteger[] edges = {
            BigInteger.ZERO, BigInteger.ONE, BigInteger.TWO, L.subtract(BigInteger.ONE), L.shiftRight(1)
        };
        for (int round = 0; round < 5_000; round++) {
            BigInteger a = round < 25 ? edges[round % 5] : new BigInteger(256, random).mod(L);
            BigInteger b = round < 25 ? edges[round / 5] : new BigInteger(256, random).mod(L);
            assertThat(value(scalar(a).add(scalar(b))))
                    .as("%s", random)
                    .isEqualTo(a.add(b).mod(L));
            assertThat(value(scalar(a).subtract(scalar(b))))
                    .isEqualTo(a.subtract(b).mod(L));
            assertThat(value(scalar(a).multiply(scalar(b))))
                    .isEqualTo(a.multiply(b).mod(L));
            assertThat(value(scalar(a).negate())).isEqualTo(a.negate().mod(L));
            assertThat(scalar(a).equals(scalar(b))).isEqualTo(a.equals(b));
            assertThat(scalar(a).isZero()).isEqualTo(a.signum() == 0);
        }
    }

    @Test
    void wideBytesAreReduced() {
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(value(Scalar.reduce(ones))).isEqualTo(value(ones).mod(L));
        for (int round = 0; round < 2_000; round++) {
            byte[] wide = random.bytes(64);
            assertThat(value(Scalar.reduce(wide)))
                    .as("%s", random)
                    .isEqualTo(value(wide).mod(L));
        }
    }

    @Test
    void invertedOneByOneOrTogetherIsTheSame() {
        Scalars many = Scalars.random(50, random);
        Scalars inverted = many.invert();
        for (int n = 0; n < many.count(); n++) {
            assertThat(inverted.at(n)).isEqualTo(many.at(n).invert());
            assertThat(inverted.at(n).multiply(many.at(n))).isEqualTo(Scalar.of(1));
        }
        assertThat(scalar(L.subtract(BigInteger.ONE)).invert()).isEqualTo(scalar(L.subtract(BigInteger.ONE)));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Scalar.of(0).invert());
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Scalars.of(Scalar.of(1), Scalar.of(0)).invert());
    }

    @Test
    void theOrderAndWhatIsAboveAreRefused() {
        for (BigInteger value : new BigInteger[] {
            L, L.add(BigInteger.ONE), BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)
        }) {
            assertThatExceptionOfType(EncodingRefused.class)
                    .isThrownBy(() -> Scalar.decode(littleEndian(value, 32)))
                    .matches(e -> e.reason() == EncodingRefused.Reason.SCALAR_NOT_CANONICAL);
        }
        assertThatExceptionOfType(EncodingRefused.class).isThrownBy(() -> Scalar.decode(new byte[31]));
        assertThatExceptionOfType(EncodingRefused.class).isThrownBy(() -> Scalar.decode(new byte[33]));
        assertThat(value(scalar(L.subtract(BigInteger.ONE)))).isEqualTo(L.subtract(BigInteger.ONE));
    }

    @Test
    void aScalarPrintsNothingAndIsGoneWhenDestroyed() {
        Scalar secret = Scalar.random(random);
        assertThat(secret).hasToString("Scalar[redacted]");
        secret.destroy();
        assertThat(secret.isDestroyed()).isTrue();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(secret::encode);
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Element.generator().multiply(secret));
    }

    @Test
    void signedDigitsAddUpToTheScalar() {
        for (int round = 0; round < 2_000; round++) {
            Scalar a = round == 0 ? scalar(L.subtract(BigInteger.ONE)) : Scalar.random(random);
            byte[] digits = new byte[64];
            ScalarField.signedDigits(digits, a.limbs(), 0);
            BigInteger sum = BigInteger.ZERO;
            for (int n = 63; n >= 0; n--) {
                assertThat((int) digits[n]).isBetween(-8, 8);
                sum = sum.shiftLeft(4).add(BigInteger.valueOf(digits[n]));
            }
            assertThat(sum).isEqualTo(value(a));
        }
    }
}
