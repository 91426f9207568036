package org.entente.matching.group;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.entente.matching.TestVectors;
import org.junit.jupiter.api.Test;

/** RFC 9496 appendix A, read out of the literals of a Go test. */
class PublishedElementsTest {
    private static final Pattern LITERAL = Pattern.compile("^\\s*\"([^\"]*)\"( \\+)?,?$", Pattern.MULTILINE);

    private static List<String> literals(String function, String from) throws IOException {
        String source = TestVectors.read("ristretto255/ristretto255_test.go");
        int start = source.indexOf(from, source.indexOf("func " + function + "("));
        String list = source.substring(start, source.indexOf("\n\t}", start));
        return LITERAL.matcher(list).results().map(PublishedElementsTest::text).toList();
    }

    private static String text(MatchResult literal) {
        return literal.group(1);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    @Test
    void multiplesOfTheGeneratorEncodeAsPublished() throws Exception {
        List<String> multiples = literals("TestRistrettoSmallMultiplesTestVectors", "testVectors");
        assertThat(multiples).hasSize(16);
        Element sum = Element.identity();
        for (int n = 0; n < multiples.size(); n++) {
            assertThat(sum.encode()).isEqualTo(hex(multiples.get(n)));
            assertThat(Element.decode(hex(multiples.get(n)))).isEqualTo(sum);
            assertThat(Element.multiplyGenerator(Scalar.of(n)).encode()).isEqualTo(hex(multiples.get(n)));
            sum = sum.add(Element.generator());
        }
    }

    @Test
    void badEncodingsAreRefused() throws Exception {
        List<String> bad = literals("TestRistrettoBadEncodingsTestVectors", "testVectors");
        assertThat(bad).hasSize(29);
        for (String encoding : bad) {
            assertThatExceptionOfType(EncodingRefused.class)
                    .as(encoding)
                    .isThrownBy(() -> Element.decode(hex(encoding)));
        }
    }

    @Test
    void theOneWayMapGivesThePublishedElements() throws Exception {
        List<String> inputs = literals("TestRistrettoFromUniformBytesTestVectors", "inputs");
        List<String> elements = literals("TestRistrettoFromUniformBytesTestVectors", "elements");
        assertThat(inputs).hasSize(7).hasSameSizeAs(elements);
        for (int n = 0; n < inputs.size(); n++) {
            byte[] uniform =
                    MessageDigest.getInstance("SHA-512").digest(inputs.get(n).getBytes(UTF_8));
            assertThat(Element.hashToGroup(uniform).encode()).isEqualTo(hex(elements.get(n)));
        }
    }

    @Test
    void lanesGiveThePublishedElementsToo() throws Exception {
        BatchArithmetic lanes = new LaneArithmetic();
        byte[] multiples = joined(literals("TestRistrettoSmallMultiplesTestVectors", "testVectors"));
        long[] points = new long[16 * Edwards.POINT];
        assertThat(lanes.decode(points, multiples)).isEqualTo(-1);
        byte[] again = new byte[multiples.length];
        lanes.encode(again, points);
        assertThat(again).isEqualTo(multiples);
        int[] scalars = new int[16 * ScalarField.LIMBS];
        for (int n = 0; n < 16; n++) {
            scalars[n * ScalarField.LIMBS] = n;
            Element.generator().copyPointTo(points, n * Edwards.POINT);
        }
        lanes.multiplyEach(points, points.clone(), scalars);
        lanes.encode(again, points);
        assertThat(again).isEqualTo(multiples);

        for (String bad : literals("TestRistrettoBadEncodingsTestVectors", "testVectors")) {
            byte[] bytes = multiples.clone();
            System.arraycopy(hex(bad), 0, bytes, 13 * Element.BYTES, Element.BYTES);
            assertThat(lanes.decode(points, bytes)).as(bad).isEqualTo(13);
        }

        List<String> inputs = literals("TestRistrettoFromUniformBytesTestVectors", "inputs");
        byte[] uniform = new byte[inputs.size() * Element.UNIFORM_BYTES];
        for (int n = 0; n < inputs.size(); n++) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-512").digest(inputs.get(n).getBytes(UTF_8));
            System.arraycopy(hash, 0, uniform, n * hash.length, hash.length);
        }
        long[] mapped = new long[inputs.size() * Edwards.POINT];
        lanes.hashToGroup(mapped, uniform);
        byte[] encodings = new byte[inputs.size() * Element.BYTES];
        lanes.encode(encodings, mapped);
        assertThat(encodings).isEqualTo(joined(literals("TestRistrettoFromUniformBytesTestVectors", "elements")));
    }

    private static byte[] joined(List<String> encodings) {
        return hex(String.join("", encodings));
    }

    @Test
    void equivalentUniformBytesGiveOneElement() throws Exception {
        List<String> halves = literals("TestEquivalentFromUniformBytes", "inputs");
        assertThat(halves).hasSize(8);
        String expected = "304282791023b73128d277bdcb5c7746ef2eac08dde9f2983379cb8e5ef0517f";
        for (int n = 0; n < halves.size(); n += 2) {
            Element element = Element.hashToGroup(hex(halves.get(n) + halves.get(n + 1)));
            assertThat(element.encode()).isEqualTo(hex(expected));
        }
    }
}
