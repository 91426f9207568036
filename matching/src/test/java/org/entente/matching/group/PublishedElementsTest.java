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
