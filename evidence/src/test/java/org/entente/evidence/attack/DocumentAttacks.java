package org.entente.evidence.attack;

import static org.entente.evidence.attack.Attacks.replaced;
import static org.entente.evidence.attack.Attacks.text;
import static org.entente.evidence.attack.Forge.MX;
import static org.entente.evidence.attack.Forge.utf8;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.entente.evidence.card.SecretKeys;
import org.entente.evidence.statement.Statement;

/** Attacks on how documents are read: bytes that two readers may read differently, also when their sender signed them. */
final class DocumentAttacks {
    private static final byte[] HONEST = StatementAttacks.said("17").bytes();
    private static final String PAYLOAD = "{\"at\":\"2026-01-31T08:00:00Z\",\"content\":{\"case\":\"17\",\"sum\":1},"
            + "\"from\":\"MX/UIF\",\"kind\":\"request\",\"to\":\"US/FINCEN\",\"v\":1}";

    private DocumentAttacks() {}

    static Stream<Attack<?>> all() {
        return Stream.of(envelope(), numbers(), names(), letters(), words()).flatMap(Attacks::all);
    }

    private static byte[] signed(byte[] payload) {
        SecretKeys keys = MX.keys("statement");
        return Forge.jws(keys.publicKeys().kid(), Statement.TYPE, payload, keys);
    }

    /** The sender signs a payload that no writer of this project makes. */
    private static Attack.Change<byte[]> says(String part, String other) {
        return honest -> signed(utf8(replaced(PAYLOAD, part, other)));
    }

    /** The same, with bytes that are no text. */
    private static Attack.Change<byte[]> saysBytes(int... inPlaceOfCase) {
        return honest -> {
            byte[] bytes = new byte[inPlaceOfCase.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) inPlaceOfCase[i];
            }
            String latin = new String(bytes, StandardCharsets.ISO_8859_1);
            return signed(replaced(PAYLOAD, "17", latin).getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    private static Attacks<byte[]> envelope() {
        return Attacks.on(HONEST, StatementAttacks::verify)
                .add(
                        "a second payload stands behind the first",
                        "json.duplicate-name",
                        text(",\"signatures\"", ",\"payload\":\"e30\",\"signatures\""))
                .add(
                        "a second payload hides behind an escape",
                        "json.duplicate-name",
                        text(",\"signatures\"", ",\"p\\u0061yload\":\"e30\",\"signatures\""))
                .add("something follows the document", "json.trailing", honest -> join(honest, utf8("{}")))
                .add("a zero byte follows the document", "json.trailing", honest -> join(honest, new byte[1]))
                .add(
                        "a byte order mark precedes the document",
                        "json.syntax[0]",
                        honest -> join(utf8("\uFEFF"), honest))
                .add("the document is cut off", "json.syntax", honest -> Arrays.copyOf(honest, honest.length - 1))
                .add(
                        "the document is sent as UTF-16",
                        "json.not-utf8",
                        honest -> new String(honest, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16))
                .add("a flood is sent", "json.too-large", honest -> Arrays.copyOf(honest, Statement.BYTES_MAX + 1))
                .add("a million brackets are sent", "json.too-deep", honest -> utf8("[".repeat(1_000_000)))
                .add("a list is sent", "json.object-expected[$]", honest -> utf8("[]"));
    }

    private static Attacks<byte[]> numbers() {
        return table().add("an amount is not a number", "json.syntax", says("\"sum\":1", "\"sum\":NaN"))
                .add("an amount is infinite", "json.syntax", says("\"sum\":1", "\"sum\":-Infinity"))
                .add("an amount overflows to infinity", "json.number-range", says("\"sum\":1", "\"sum\":1e400"))
                .add(
                        "an amount rounds to its neighbour",
                        "json.number-range",
                        says("\"sum\":1", "\"sum\":9007199254740993"))
                .add(
                        "an amount hides its rounding behind a point",
                        "signature.payload-not-canonical",
                        says("\"sum\":1", "\"sum\":9007199254740993.0"))
                .add(
                        "an amount vanishes to zero",
                        "signature.payload-not-canonical",
                        says("\"sum\":1", "\"sum\":1e-400"))
                .add("an amount is minus zero", "signature.payload-not-canonical", says("\"sum\":1", "\"sum\":-0"))
                .add("an amount has two texts", "signature.payload-not-canonical", says("\"sum\":1", "\"sum\":1.0"))
                .add("an amount begins with a zero", "json.syntax", says("\"sum\":1", "\"sum\":01"))
                .add("an amount is hexadecimal", "json.syntax", says("\"sum\":1", "\"sum\":0x1"))
                .add("an amount is written in other digits", "json.syntax", says("\"sum\":1", "\"sum\":\u0661"))
                .add("a version is a fraction", "json.integer-expected[v, 1, 1]", says("\"v\":1", "\"v\":1.5"))
                .add("a version is a text", "json.integer-expected[v, 1, 1]", says("\"v\":1", "\"v\":\"1\""));
    }

    private static Attacks<byte[]> table() {
        return Attacks.on(signed(utf8(PAYLOAD)), StatementAttacks::verify);
    }

    private static Attacks<byte[]> names() {
        return table().add(
                        "a member of the content stands twice",
                        "json.duplicate-name",
                        says("\"case\":\"17\"", "\"case\":\"17\",\"case\":\"18\""))
                .add(
                        "the second of two equal names is escaped",
                        "json.duplicate-name",
                        says("\"case\":\"17\"", "\"case\":\"17\",\"c\\u0061se\":\"18\""))
                .add(
                        "members stand in another order",
                        "signature.payload-not-canonical",
                        says("\"case\":\"17\",\"sum\":1", "\"sum\":1,\"case\":\"17\""))
                .add(
                        "a letter is escaped without need",
                        "signature.payload-not-canonical",
                        says("\"17\"", "\"\\u0031\\u0037\""))
                .add(
                        "a member is added that some readers honour",
                        "json.member-unknown[onBehalfOf]",
                        says("\"to\":", "\"onBehalfOf\":\"US\",\"to\":"))
                .add("a comment hides a member", "json.syntax", says("\"sum\":1", "\"sum\":1/*,\"sum\":2*/"))
                .add("a comma trails", "json.syntax", says("\"sum\":1", "\"sum\":1,"))
                .add("names are quoted otherwise", "json.syntax", says("\"sum\"", "'sum'"))
                .add(
                        "content is nested beyond the limit",
                        "json.too-deep",
                        says("\"17\"", "[".repeat(64) + "]".repeat(64)));
    }

    private static Attacks<byte[]> letters() {
        return table().add("a letter is encoded overlong", "json.not-utf8", saysBytes('1', 0xc0, 0xb7))
                .add("a quotation mark is encoded overlong", "json.not-utf8", saysBytes('1', 0xc0, 0xa2))
                .add(
                        "a letter is encoded as two surrogates",
                        "json.not-utf8",
                        saysBytes(0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80))
                .add("a lone surrogate is encoded", "json.not-utf8", saysBytes(0xed, 0xa0, 0x80))
                .add("a letter lies beyond Unicode", "json.not-utf8", saysBytes(0xf4, 0x90, 0x80, 0x80))
                .add("a letter is cut off", "json.not-utf8", saysBytes('1', 0xc3))
                .add("a lone surrogate is escaped", "json.lone-surrogate", says("\"17\"", "\"\\ud800\""))
                .add(
                        "a pair of surrogates stands the wrong way round",
                        "json.lone-surrogate",
                        says("\"17\"", "\"\\ude00\\ud83d\""))
                .add("a control character stands bare", "json.syntax", saysBytes('1', 0x01))
                .add("a delimiter looks like a quotation mark", "json.syntax", says("\"17\"", "\u201c17\u201d"));
    }

    private static Attacks<byte[]> words() {
        return table().add("the sender's code is in Cyrillic", "party.code-malformed", says("MX/UIF", "\u041c\u0425"))
                .add("the sender's authority has no name", "authority.code-malformed", says("MX/UIF", "MX/"))
                .add("the receiver is written small", "party.code-malformed", says("US/FINCEN", "us"))
                .add("the kind is written large", "statement.kind-malformed", says("\"request\"", "\"Request\""))
                .add("the moment has an offset", "time.malformed", says("08:00:00Z", "08:00:00+00:00"))
                .add("the moment is a leap second", "time.malformed", says("08:00:00Z", "23:59:60Z"))
                .add("the day does not exist", "time.malformed", says("2026-01-31", "2026-02-31"))
                .add("the year has five digits", "time.malformed", says("2026-01", "+12026-01"))
                .add("the moment is in other digits", "time.malformed", says("2026-01", "\u0662026-01"))
                .add(
                        "the statement expires before it is made",
                        "statement.expires-before",
                        says("\"from\"", "\"expires\":\"2026-01-31T08:00:00Z\",\"from\""))
                .add("the payload is a list", "json.object-expected[payload]", honest -> signed(utf8("[]")))
                .add("the payload is empty", "json.syntax[0]", honest -> signed(new byte[0]));
    }

    private static byte[] join(byte[] head, byte[] tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, both, head.length, tail.length);
        return both;
    }
}
