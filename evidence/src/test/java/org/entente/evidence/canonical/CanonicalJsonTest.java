package org.entente.evidence.canonical;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.entente.evidence.SharedData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class CanonicalJsonTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @ParameterizedTest
    @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
    void thePublishedDocumentsHaveTheirCanonicalForm(String name) throws Malformed {
        JsonNode parsed = CanonicalJson.parse(SharedData.bytes("vectors/jcs/input/" + name + ".json"), 1 << 20);
        byte[] expected = SharedData.bytes("vectors/jcs/output/" + name + ".json");
        String hex = new String(SharedData.bytes("vectors/jcs/outhex/" + name + ".txt"), UTF_8).replaceAll("\\s", "");

        assertThat(CanonicalJson.encode(parsed))
                .isEqualTo(expected)
                .isEqualTo(HexFormat.of().parseHex(hex));
        boolean reads = !name.equals("values"); // holds 1e30, which no integer literal of canonical form could
        if (reads) {
            assertThat(CanonicalJson.encode(CanonicalJson.parseCanonical(expected, 1 << 20)))
                    .isEqualTo(expected);
        }
    }

    /** RFC 8785 appendix B, and the two other numbers of which one digit is enough, and Java prints two. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000,0",
        "8000000000000000,0",
        "0000000000000001,5e-324",
        "8000000000000001,-5e-324",
        "0000000000000002,1e-323",
        "0000000000000014,1e-322",
        "7fefffffffffffff,1.7976931348623157e+308",
        "ffefffffffffffff,-1.7976931348623157e+308",
        "4340000000000000,9007199254740992",
        "c340000000000000,-9007199254740992",
        "4430000000000000,295147905179352830000",
        "44b52d02c7e14af5,9.999999999999997e+22",
        "44b52d02c7e14af6,1e+23",
        "44b52d02c7e14af7,1.0000000000000001e+23",
        "444b1ae4d6e2ef4e,999999999999999700000",
        "444b1ae4d6e2ef4f,999999999999999900000",
        "444b1ae4d6e2ef50,1e+21",
        "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d,0.000001",
        "41b3de4355555553,333333333.3333332",
        "41b3de4355555554,333333333.33333325",
        "41b3de4355555555,333333333.3333333",
        "41b3de4355555556,333333333.3333334",
        "41b3de4355555557,333333333.33333343",
        "becbf647612f3696,-0.0000033333333333333333",
        "43143ff3c1cb0959,1424953923781206.2",
    })
    void aNumberPrintsAsEcmaScriptPrintsIt(String bits, String expected) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(EcmaNumber.print(value)).isEqualTo(expected);
    }

    /** The generator that the vectors' README describes; its table gives the SHA-256 of the first lines. */
    @Test
    void theFirstHundredThousandPublishedNumbersPrintAsPublished() throws Exception {
        String readme = new String(SharedData.bytes("vectors/jcs/README.md"), UTF_8);
        String script = new String(SharedData.bytes("vectors/jcs/numgen.js"), UTF_8);
        long[] fixed = Pattern.compile("0x([0-9a-f]{16})n")
                .matcher(script.substring(0, script.indexOf("staticF64s")))
                .results()
                .mapToLong(match -> Long.parseUnsignedLong(match.group(1), 16))
                .toArray();
        MatchResult row = Pattern.compile("\\| ([0-9a-f]{64}) \\| 100000 ")
                .matcher(readme)
                .results()
                .findFirst()
                .orElseThrow();
        MessageDigest lines = MessageDigest.getInstance("SHA-256");
        MessageDigest blocks = MessageDigest.getInstance("SHA-256");
        ByteBuffer block = ByteBuffer.allocate(32).position(32);
        for (int i = 0; i < 100_000; i++) {
            double value = i < fixed.length ? Double.longBitsToDouble(fixed[i]) : 0;
            if (i >= fixed.length && i < fixed.length + 2000) {
                value = Double.longBitsToDouble(0x0010000000000000L + i - fixed.length);
            }
            while (i >= fixed.length + 2000 && (value == 0 || !Double.isFinite(value))) {
                if (!block.hasRemaining()) {
                    block = ByteBuffer.wrap(blocks.digest(block.array())).order(java.nio.ByteOrder.LITTLE_ENDIAN);
                }
                value = block.getDouble();
            }
            String bits = Long.toHexString(Double.doubleToRawLongBits(value));
            lines.update((bits + "," + EcmaNumber.print(value) + "\n").getBytes(UTF_8));
        }
        assertThat(HexFormat.of().formatHex(lines.digest())).isEqualTo(row.group(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":1,\"a\":2}|json.duplicate-name",
                "{\"a\":1,\"\\u0061\":2}|json.duplicate-name",
                "{} {}|json.trailing",
                "[1]x|json.trailing",
                "[1,]|json.syntax",
                "{\"a\":1,}|json.syntax",
                "{a:1}|json.syntax",
                "['a']|json.syntax",
                "[01]|json.syntax",
                "[+1]|json.syntax",
                "[.5]|json.syntax",
                "[1.]|json.syntax",
                "[1e]|json.syntax",
                "[-]|json.syntax",
                "[NaN]|json.syntax",
                "[Infinity]|json.syntax",
                "[tru]|json.syntax",
                "[1 2]|json.syntax",
                "[|json.syntax",
                "[\"a|json.syntax",
                "[\"\\x\"]|json.syntax",
                "[\"\\u00g0\"]|json.syntax",
                "[\"\\ud800\"]|json.lone-surrogate",
                "[\"\\udc00\\ud800\"]|json.lone-surrogate",
                "[9007199254740992]|json.number-range",
                "[-9007199254740992]|json.number-range",
                "[123456789012345678901234567890]|json.number-range",
                "[1e400]|json.number-range",
                "// a|json.syntax",
                "\uFEFF{}|json.syntax",
            })
    void whatIsNotStrictJsonIsRefused(String text, String code) {
        assertThatThrownBy(() -> CanonicalJson.parse(text.getBytes(UTF_8), 1000))
                .isInstanceOfSatisfying(
                        Malformed.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(code));
    }

    @Test
    void onlyStrictUtf8IsRead() {
        for (String hex : new String[] {"22c328", "22c0af22", "22eda08022", "22f490808022", "fffe2200", "22ff22"}) {
            assertThatThrownBy(() -> CanonicalJson.parse(HexFormat.of().parseHex(hex), 1000))
                    .hasMessageStartingWith("json.not-utf8");
        }
    }

    @Test
    void sizeAndDepthAreBounded() throws Malformed {
        byte[] deepest = ("[".repeat(64) + "]".repeat(64)).getBytes(UTF_8);
        assertThat(CanonicalJson.encode(CanonicalJson.parseCanonical(deepest, 128)))
                .isEqualTo(deepest);
        assertThatThrownBy(() -> CanonicalJson.parse(deepest, 127)).hasMessageStartingWith("json.too-large");
        byte[] many = ("[" + "1,".repeat(2_000_000) + "1]").getBytes(UTF_8);
        assertThatThrownBy(() -> CanonicalJson.parse(many, 1 << 23)).hasMessageStartingWith("json.too-many-values");
        byte[] deeper = "[".repeat(100_000).getBytes(UTF_8);
        assertThatThrownBy(() -> CanonicalJson.parse(deeper, 1 << 20)).hasMessageStartingWith("json.too-deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ }",
                "{\"b\":1,\"a\":2}",
                "[1.0]",
                "[-0]",
                "[1E3]",
                "[\"\\u0061\"]",
                "[\"\\/\"]",
                "[1]\n",
                "[0.0000001]"
            })
    void anotherFormOfTheSameValueIsNotCanonical(String text) {
        assertThatThrownBy(() -> CanonicalJson.parseCanonical(text.getBytes(UTF_8), 1000))
                .hasMessage("json.not-canonical");
    }

    @Test
    void aTreeThatNoParseProducesIsNotEncoded() {
        for (JsonNode bad : new JsonNode[] {
            NODES.numberNode(Double.NaN),
            NODES.numberNode(Double.NEGATIVE_INFINITY),
            NODES.numberNode(Long.MIN_VALUE),
            NODES.numberNode(1L << 53),
            NODES.stringNode("\ud83d"),
            NODES.objectNode().put("\udc00", 1),
            NODES.binaryNode(new byte[3]),
            NODES.numberNode(new java.math.BigDecimal("0.12345678901234567890")),
        }) {
            assertThatThrownBy(() -> CanonicalJson.encode(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void everyTreeReadsBackAsItselfAndEncodesToTheSameBytes() throws Malformed {
        long seed = 20260131;
        Random random = new Random(seed);
        for (int i = 0; i < 2000 * DEPTH; i++) {
            byte[] bytes = CanonicalJson.encode(tree(random, 0));
            JsonNode read = CanonicalJson.parseCanonical(bytes, 1 << 22);
            assertThat(CanonicalJson.encode(read))
                    .as("seed %d, case %d", seed, i)
                    .isEqualTo(bytes);
        }
    }

    @Test
    void damagedDocumentsAreRefusedOrReadAndNothingElse() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000 * DEPTH; i++) {
            byte[] bytes = CanonicalJson.encode(tree(random, 0));
            for (int k = random.nextInt(4); k >= 0 && bytes.length > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                CanonicalJson.encode(CanonicalJson.parse(bytes, 1 << 22));
            } catch (Malformed refused) {
                assertThat(refused.problem().code())
                        .as("seed %d, case %d", seed, i)
                        .startsWith("json.");
            } catch (IllegalArgumentException inexact) {
                assertThat(inexact).as("seed %d, case %d", seed, i).isNull();
            }
        }
    }

    private static JsonNode tree(Random random, int depth) {
        return switch (random.nextInt(depth > 3 ? 5 : 7)) {
            case 0 -> NODES.numberNode(random.nextInt());
            case 1 -> NODES.numberNode(random.nextLong() >> 11);
            case 2 -> NODES.numberNode(random.nextGaussian());
            case 3 -> NODES.stringNode(text(random));
            case 4 -> random.nextBoolean() ? NODES.nullNode() : NODES.booleanNode(random.nextBoolean());
            case 5 -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    array.add(tree(random, depth + 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = NODES.objectNode();
                for (int i = random.nextInt(4); i > 0; i--) {
                    object.set(text(random), tree(random, depth + 1));
                }
                yield object;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x20000);
            text.appendCodePoint(point >= 0xd800 && point < 0xe000 ? 0x1f602 : point);
        }
        return text.toString();
    }
}
