package org.entente.matching.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.HexFormat;
import org.entente.matching.SeededRandom;
import org.junit.jupiter.api.Test;

class ElementTest {
    private final SeededRandom random = new SeededRandom(13);

    private Element element() {
        return Element.hashToGroup(random.bytes(64));
    }

    @Test
    void theGroupLawsHold() throws EncodingRefused {
        for (int round = 0; round < 100; round++) {
            Element a = element();
            Element b = element();
            Element c = element();
            Scalar x = Scalar.random(random);
            Scalar y = Scalar.random(random);
            assertThat(a.add(b)).as("%s", random).isEqualTo(b.add(a));
            assertThat(a.add(b).add(c)).isEqualTo(a.add(b.add(c)));
            assertThat(a.add(Element.identity())).isEqualTo(a);
            assertThat(a.subtract(a)).isEqualTo(Element.identity());
            assertThat(a.negate().negate()).isEqualTo(a).isNotEqualTo(a.negate());
            assertThat(a.multiply(x).add(a.multiply(y))).isEqualTo(a.multiply(x.add(y)));
            assertThat(a.multiply(x).multiply(y)).isEqualTo(a.multiply(x.multiply(y)));
            assertThat(a.add(b).multiply(x)).isEqualTo(a.multiply(x).add(b.multiply(x)));
            assertThat(Element.multiplyGenerator(x))
                    .isEqualTo(Element.generator().multiply(x));
            assertThat(a.sumOfProductsVarTime(x, b, y)).isEqualTo(a.multiply(x).add(b.multiply(y)));
            assertThat(Element.decode(a.encode())).isEqualTo(a);
            assertThat(a.multiply(x).multiply(x.invert())).isEqualTo(a);
        }
    }

    @Test
    void smallAndExtremeScalarsMultiply() {
        Element a = element();
        Element sum = Element.identity();
        for (int n = 0; n < 300; n++) {
            assertThat(a.multiply(Scalar.of(n))).isEqualTo(sum);
            assertThat(Element.generator().multiply(Scalar.of(n))).isEqualTo(Element.multiplyGenerator(Scalar.of(n)));
            sum = sum.add(a);
        }
        Scalar minusOne = Scalar.of(1).negate();
        assertThat(a.multiply(minusOne)).isEqualTo(a.negate());
        assertThat(a.multiply(minusOne).add(a).isIdentity()).isTrue();
        assertThat(Element.identity().multiply(Scalar.random(random)).isIdentity())
                .isTrue();
    }

    @Test
    void sumsOfProductsAgreeAtEverySize() {
        for (int count : new int[] {1, 2, 3, 17, 64, 300}) {
            Scalars weights = Scalars.random(count, random);
            Elements elements = Elements.hashToGroup(random.bytes(64 * count));
            Element expected = Element.identity();
            Elements products = elements.multiplyEach(weights);
            for (int n = 0; n < count; n++) {
                expected = expected.add(products.at(n));
            }
            assertThat(elements.sumOfProductsVarTime(weights))
                    .as("%s count %s", random, count)
                    .isEqualTo(expected);
        }
        Scalars edges = Scalars.of(Scalar.of(0), Scalar.of(1), Scalar.of(1).negate());
        Element a = element();
        assertThat(Elements.of(a, a, a).sumOfProductsVarTime(edges).isIdentity())
                .isTrue();
    }

    @Test
    void aBatchIsItsElementsOneByOne() throws EncodingRefused {
        int count = 20;
        Elements batch = Elements.hashToGroup(random.bytes(64 * count));
        Scalar shared = Scalar.random(random);
        Scalars each = Scalars.random(count, random);
        byte[] encodings = batch.encode();
        Elements decoded = Elements.decode(encodings);
        for (int n = 0; n < count; n++) {
            assertThat(decoded.at(n)).isEqualTo(batch.at(n));
            assertThat(batch.multiply(shared).at(n)).isEqualTo(batch.at(n).multiply(shared));
            assertThat(batch.multiplyEach(each).at(n)).isEqualTo(batch.at(n).multiply(each.at(n)));
        }
        assertThat(batch.containsIdentity()).isFalse();
        assertThat(Elements.of(batch.at(0), Element.identity()).containsIdentity())
                .isTrue();
    }

    @Test
    void aRefusalNamesTheElement() {
        byte[] three = new byte[96];
        System.arraycopy(element().encode(), 0, three, 0, 32);
        System.arraycopy(element().encode(), 0, three, 64, 32);
        assertThatExceptionOfType(EncodingRefused.class)
                .isThrownBy(() -> Elements.decodeRefusingIdentity(three))
                .matches(e -> e.reason() == EncodingRefused.Reason.IDENTITY && e.position() == 1);
        three[32] = 1;
        assertThatExceptionOfType(EncodingRefused.class)
                .isThrownBy(() -> Elements.decode(three))
                .matches(e -> e.reason() == EncodingRefused.Reason.ELEMENT_NOT_CANONICAL && e.position() == 1);
        assertThatExceptionOfType(EncodingRefused.class).isThrownBy(() -> Elements.decode(new byte[33]));
        assertThatExceptionOfType(EncodingRefused.class).isThrownBy(() -> Elements.decode(new byte[0]));
    }

    @Test
    void torsionDoesNotChangeAnElement() {
        // (0, -1) has order 2, (±sqrt(-1), 0) order 4: added to a representative they leave the element as it is.
        BigInteger p = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
        BigInteger root = BigInteger.TWO.modPow(p.subtract(BigInteger.ONE).shiftRight(2), p);
        Element a = element();
        for (BigInteger[] xy :
                new BigInteger[][] {{BigInteger.ZERO, p.subtract(BigInteger.ONE)}, {root, BigInteger.ZERO}}) {
            long[] torsion = new long[Edwards.POINT];
            Field.load(torsion, 0, littleEndian(xy[0]), 0);
            Field.load(torsion, 5, littleEndian(xy[1]), 0);
            torsion[10] = 1;
            Element moved = a.add(new Element(torsion));
            assertThat(moved).isEqualTo(a);
            assertThat(moved.encode()).isEqualTo(a.encode());
            assertThat(new Element(torsion).isIdentity()).isTrue();
        }
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] bytes = new byte[32];
        for (int n = 0; n < 32; n++) {
            bytes[n] = value.shiftRight(8 * n).byteValue();
        }
        return bytes;
    }

    @Test
    void anyBytesEitherDecodeToThemselvesOrAreRefused() {
        int decoded = 0;
        for (int round = 0; round < 4_000; round++) {
            byte[] bytes = random.bytes(32);
            bytes[0] &= (byte) 0xfe;
            bytes[31] &= (byte) 0x7f;
            try {
                assertThat(Element.decode(bytes).encode())
                        .as("%s %s", random, HexFormat.of().formatHex(bytes))
                        .isEqualTo(bytes);
                decoded++;
            } catch (EncodingRefused e) {
                assertThat(e.reason()).isEqualTo(EncodingRefused.Reason.ELEMENT_NOT_CANONICAL);
            }
        }
        assertThat(decoded).isBetween(800, 1_200);
    }
}
