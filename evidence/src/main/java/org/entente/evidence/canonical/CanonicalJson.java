package org.entente.evidence.canonical;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Canonicalization Scheme (RFC 8785): one byte form for each JSON value, so that what is signed is bytes and
 * what is read is those same bytes.
 *
 * <p>Numbers are IEEE 754 doubles, as in ECMAScript. An integer outside ±(2^53 - 1) would silently become another one,
 * so it is refused in both directions; amounts and serial numbers are texts in every document of Entente.
 *
 * <p>Encoding refuses a tree that no parse can have produced (a lone surrogate, not-a-number, an inexact integer, a
 * binary node, nesting beyond the limit) with {@link IllegalArgumentException}: the tree is the caller's own.
 */
public final class CanonicalJson {
    /** Greatest nesting of arrays and objects. */
    public static final int DEPTH_MAX = 64;

    /** Greatest number of values in one document, so that no small file becomes a large tree. */
    public static final int VALUES_MAX = 2_000_000;

    /** Greatest magnitude of an integer, 2^53 - 1. */
    public static final long INTEGER_MAX = (1L << 53) - 1;

    private CanonicalJson() {}

    /** The canonical bytes, UTF-8 without byte order mark. */
    public static byte[] encode(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical bytes as text. */
    public static String text(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, 0, out);
        return out.toString();
    }

    /** SHA-256 over the canonical bytes. */
    public static Digest digest(JsonNode node) {
        return Digest.of(encode(node));
    }

    /**
     * Reads strict JSON in any form: UTF-8 without byte order mark, no duplicate names, nothing after the value.
     *
     * @param bytesMax greatest length in bytes
     * @throws Malformed with {@code json.too-large}, {@code json.not-utf8}, {@code json.syntax}, {@code json.trailing},
     *     {@code json.duplicate-name}, {@code json.lone-surrogate}, {@code json.too-deep}, {@code json.too-many-values} or
     *     {@code json.number-range};
     *     except for the first two, the argument is the offset in UTF-16 units
     */
    public static JsonNode parse(byte[] bytes, int bytesMax) throws Malformed {
        if (bytes.length > bytesMax) {
            throw new Malformed("json.too-large", Integer.toString(bytesMax));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new JsonReader(text).document();
        } catch (CharacterCodingException refused) {
            throw new Malformed("json.not-utf8");
        }
    }

    /** Reads JSON whose bytes are its canonical form, and refuses any other with {@code json.not-canonical}. */
    public static JsonNode parseCanonical(byte[] bytes, int bytesMax) throws Malformed {
        JsonNode node = parse(bytes, bytesMax);
        if (!Arrays.equals(encode(node), bytes)) {
            throw new Malformed("json.not-canonical");
        }
        return node;
    }

    static boolean exact(long integer) {
        return -INTEGER_MAX <= integer && integer <= INTEGER_MAX;
    }

    /** Says whether every surrogate stands in a pair. */
    static boolean wellFormed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                boolean paired = i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
                if (!paired) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static void write(JsonNode node, int depth, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, inside(depth), out);
            case ARRAY -> writeArray(node, inside(depth), out);
            case STRING -> writeString(node.stringValue(), out);
            case NUMBER -> out.append(number(node));
            case BOOLEAN -> out.append(node.booleanValue());
            case NULL -> out.append("null");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not a JSON value: " + node.getNodeType());
        }
    }

    private static int inside(int depth) {
        if (depth == DEPTH_MAX) {
            throw new IllegalArgumentException("nested deeper than " + DEPTH_MAX);
        }
        return depth + 1;
    }

    /** Names in the order of their UTF-16 units (RFC 8785 section 3.2.3), which is the order of Java strings. */
    private static void writeObject(JsonNode object, int depth, StringBuilder out) {
        String[] names = object.propertyNames().toArray(String[]::new);
        Arrays.sort(names);
        char before = '{';
        for (String name : names) {
            out.append(before);
            writeString(name, out);
            out.append(':');
            write(object.required(name), depth, out);
            before = ',';
        }
        out.append(names.length == 0 ? "{}" : "}");
    }

    private static void writeArray(JsonNode array, int depth, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(array.required(i), depth, out);
        }
        out.append(']');
    }

    private static void writeString(String text, StringBuilder out) {
        if (!wellFormed(text)) {
            throw new IllegalArgumentException("a lone surrogate in a text");
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            switch (unit) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (unit < 0x20) {
                        out.append("\\u00")
                                .append(Character.forDigit(unit >> 4, 16))
                                .append(Character.forDigit(unit & 15, 16));
                    } else {
                        out.append(unit);
                    }
                }
            }
        }
        out.append('"');
    }

    private static String number(JsonNode node) {
        if (node.isIntegralNumber()) {
            if (!node.canConvertToLong() || !exact(node.longValue())) {
                throw new IllegalArgumentException("an integer that a double cannot hold");
            }
            return Long.toString(node.longValue());
        }
        if (node.isBigDecimal()) {
            BigDecimal decimal = node.decimalValue();
            double nearest = decimal.doubleValue();
            if (!Double.isFinite(nearest) || new BigDecimal(Double.toString(nearest)).compareTo(decimal) != 0) {
                throw new IllegalArgumentException("a decimal that a double cannot hold");
            }
            return EcmaNumber.print(nearest);
        }
        return EcmaNumber.print(node.doubleValue());
    }
}
