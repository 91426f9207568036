package org.entente.matching.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.entente.matching.oprf.InputBatch;

/**
 * One identifier in its normal form, as it is matched: exactly or not at all. The bytes are type ‖ 0x00 ‖ version ‖ 0x00 ‖ value; type
 * and version hold no zero byte, so no two inputs have the same bytes. Prints its type only.
 *
 * @param type name of the kind of identifier or composite key: lower-case letters, digits, dashes, at most 32
 * @param normalFormVersion version of the rules that made the value, 1 to 65,535, written in decimal
 * @param value the normal form, 1 to 1,024 bytes in UTF-8, without unpaired surrogates
 */
public record MatchInput(String type, int normalFormVersion, String value) {
    public static final int VALUE_BYTES_MAX = 1_024;
    /** Longest form in bytes. */
    public static final int BYTES_MAX = 32 + 1 + 5 + 1 + VALUE_BYTES_MAX;

    private static final Pattern TYPE = Pattern.compile("[a-z][a-z0-9-]{0,31}");
    private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,4}");
    private static final String PADDING = "padding";
    private static final int PADDING_BYTES = 32;

    public MatchInput {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException("not the name of a type of identifier: " + type);
        }
        if (normalFormVersion < 1 || normalFormVersion > 65_535) {
            throw new IllegalArgumentException("not the version of a normal form: " + normalFormVersion);
        }
        if (value.isEmpty() || value.length() > VALUE_BYTES_MAX || value.getBytes(UTF_8).length > VALUE_BYTES_MAX) {
            throw new IllegalArgumentException("a value has 1 to 1024 bytes");
        }
        if (value.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException("a value is well-formed Unicode");
        }
    }

    /** An input that pads a batch: 32 random bytes under a type of its own, which an opening shows to be padding. */
    public static MatchInput padding(SecureRandom random) {
        byte[] bytes = new byte[PADDING_BYTES];
        random.nextBytes(bytes);
        return new MatchInput(PADDING, 1, HexFormat.of().formatHex(bytes));
    }

    public boolean isPadding() {
        return type.equals(PADDING);
    }

    public byte[] bytes() {
        return (type + '\0' + normalFormVersion + '\0' + value).getBytes(UTF_8);
    }

    /** Reads what {@link #bytes} wrote; empty when it is anything else. */
    public static Optional<MatchInput> decode(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return Optional.empty();
        }
        String text;
        try {
            text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        List<String> parts = List.of(text.split("\0", 3));
        if (parts.size() != 3 || !VERSION.matcher(parts.get(1)).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new MatchInput(parts.get(0), Integer.parseInt(parts.get(1)), parts.get(2)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static InputBatch pack(List<MatchInput> inputs) {
        return InputBatch.of(inputs.stream().map(MatchInput::bytes).toList());
    }

    @Override
    public String toString() {
        return "MatchInput[" + type + ", redacted]";
    }
}
