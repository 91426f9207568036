package org.entente.holdings.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NormalFormTest {
    /** The long searches of {@code ./entente test --deep} go this many times as far. */
    private static final int DEPTH = "1".equals(System.getenv("ENTENTE_DEEP")) ? 50 : 1;

    @ParameterizedTest
    @CsvSource({
        "rfc, cosc-800113 7na, COSC8001137NA",
        "rfc, DIM 8701081LA, DIM8701081LA",
        "rfc, AÑÑ801231JK0, AÑÑ801231JK0",
        "rfc, An\u0303n\u0303-801231-jk0, AÑÑ801231JK0",
        "rfc, A&A.050908/GT0, A&A050908GT0",
        "curp, pegl890909-mjcrms08, PEGL890909MJCRMS08",
        "ein, 95-4227517, 954227517",
        "passport, mx: g-12345678, MEX:G12345678",
        "passport, USA/512345678, USA:512345678",
        "phone, +52 55 5012 3456, +525550123456",
        "phone, +52 1 55 5012 3456, +525550123456",
        "phone, 0052 (55) 5012-3456 ext. 12, +525550123456",
        "iban, gb82 west 1234 5698 7654 32, GB82WEST12345698765432",
        "clabe, 002-010-07777777777-1, 002010077777777771",
        "vin, 1m8gdm9axkp042788, 1M8GDM9AXKP042788",
        "wallet, 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
        "wallet, BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4, bitcoin:bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
        "wallet, bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0, bitcoin:bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        "wallet, 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, evm:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed",
        "wallet, ethereum:0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359, evm:0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359",
        "wallet, TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t, tron:TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
    })
    void aSoundTextHasOneNormalForm(String type, String text, String value) throws Malformed {
        IdentifierReading reading = type(type).read(text);
        assertThat(reading).isInstanceOf(IdentifierReading.Sound.class);
        assertThat(reading.identifier().map(Identifier::value)).hasValue(value);
        assertThat(type(type).read(value).identifier().map(Identifier::value)).hasValue(value);
        assertThat(Identifier.restore(type(type), type(type).version(), value, Set.of()))
                .isEqualTo(reading.identifier().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "rfc, SIN 931116 9P8, SIN9311169P8, CHECK_DIGIT",
        "rfc, COSC8001137N9, COSC8001137N9, CHECK_DIGIT",
        "curp, PEGL890909MJCRMS09, PEGL890909MJCRMS09, CHECK_DIGIT",
        "ein, 00-0920912, 000920912, PREFIX_UNASSIGNED",
        "passport, PAK:A123456789012, PAK:A123456789012, LENGTH_UNUSUAL",
        "phone, +52 100 000 0001, +521000000001, NUMBER_UNASSIGNED",
        "iban, GB82WEST12345698765433, GB82WEST12345698765433, CHECK_DIGIT",
        "clabe, 002000000000000007, 002000000000000007, CHECK_DIGIT",
        "vin, 1M8GDM9A1KP042788, 1M8GDM9A1KP042788, CHECK_DIGIT",
        "wallet, 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb, bitcoin:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb, CHECK_DIGIT",
        "wallet, 0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed, evm:0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed, CHECK_DIGIT",
        "wallet, bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd, bitcoin:bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd, CHECK_DIGIT"
    })
    void aDoubtfulTextIsKeptAndSaysWhy(String type, String text, String value, Warning warning) {
        IdentifierReading reading = type(type).read(text);
        assertThat(reading).isInstanceOf(IdentifierReading.Flagged.class);
        Identifier identifier = reading.identifier().orElseThrow();
        assertThat(identifier.value()).isEqualTo(value);
        assertThat(identifier.warnings()).containsExactly(warning);
    }

    @ParameterizedTest
    @CsvSource({
        "rfc, AUAM-530929, holdings.rfc-without-homoclave",
        "rfc, PMA-910805, holdings.rfc-without-homoclave",
        "rfc, XXXXXXXXXXXX, holdings.identifier-placeholder",
        "rfc, XAXX010101000, holdings.identifier-placeholder",
        "rfc, xexx-010101-000, holdings.identifier-placeholder",
        "rfc, S/N, holdings.identifier-placeholder",
        "rfc, N/A, holdings.identifier-placeholder",
        "rfc, 000000000000, holdings.identifier-placeholder",
        "rfc, '', holdings.identifier-empty",
        "rfc, AAAA010229AAA, holdings.identifier-date",
        "rfc, AAAA010132AAA, holdings.identifier-date",
        "rfc, METM-46111-BF4, holdings.identifier-form",
        "rfc, ÁAAA010101AAA, holdings.identifier-form",
        "rfc, AA010101AAA, holdings.identifier-form",
        "rfc, AAAA010101AA, holdings.identifier-form",
        "rfc, AABN821103 8Ñ2, holdings.identifier-form",
        "curp, 1230, holdings.identifier-form",
        "curp, 123ZZZZZZZZZZZZZ90, holdings.identifier-form",
        "curp, PEGL891313MJCRMS06, holdings.identifier-date",
        "curp, PEGL890909QJCRMS08, holdings.identifier-form",
        "ein, 12-3456789, holdings.identifier-placeholder",
        "ein, 00-0000000, holdings.identifier-placeholder",
        "passport, G12345678, holdings.passport-without-issuer",
        "passport, MX:0000000, holdings.identifier-placeholder",
        "phone, 55 5012 3456, holdings.phone-without-region",
        "phone, +52 0000000000, holdings.identifier-placeholder",
        "iban, GB82, holdings.identifier-form",
        "iban, ZZ82WEST12345698765432, holdings.identifier-form",
        "clabe, 00201007777777777, holdings.identifier-form",
        "clabe, 000000000000000000, holdings.identifier-placeholder",
        "vin, 1M8GDM9AXKPO42788, holdings.identifier-form",
        "vin, 11111111111111111, holdings.identifier-placeholder",
        "wallet, 0x0000000000000000000000000000000000000000, holdings.identifier-placeholder",
        "wallet, rnXyVQzgxZe7TR1EPzTkGj2jxH4LMJYh66, holdings.wallet-chain-unknown",
        "wallet, tron:1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa, holdings.identifier-form"
    })
    void whatIsNoIdentifierSaysWhy(String type, String text, String code) {
        assertThat(type(type).read(text)).isInstanceOfSatisfying(IdentifierReading.NotAnIdentifier.class, not -> {
            assertThat(not.why().code()).isEqualTo(code);
            assertThat(not.identifier()).isEmpty();
        });
    }

    @Test
    void aHintGivesTheCountryThatTheTextLeavesOut() {
        Optional<Identifier> passport =
                IdentifierType.PASSPORT.read("G12345678", Hints.country("MX")).identifier();
        Optional<Identifier> phone =
                IdentifierType.PHONE.read("(520) 555-0123", Hints.country("US")).identifier();
        assertThat(passport.map(Identifier::value)).hasValue("MEX:G12345678");
        assertThat(phone.map(Identifier::value)).hasValue("+15205550123");
    }

    @Test
    void theMatchInputIsTypeVersionAndValueBetweenZeros() {
        Identifier identifier =
                IdentifierType.RFC.read("AÑÑ801231JK0").identifier().orElseThrow();
        assertThat(identifier.matchInput()).isEqualTo("rfc\0001\000AÑÑ801231JK0".getBytes(StandardCharsets.UTF_8));
        assertThat(identifier).hasToString("rfc[redacted]");
    }

    @Test
    void aDocumentRestoresOnlyNormalFormsOfThisVersion() {
        assertThatThrownBy(() -> Identifier.restore(IdentifierType.RFC, 2, "COSC8001137NA", Set.of()))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("holdings.identifier-version");
        assertThatThrownBy(() -> Identifier.restore(IdentifierType.RFC, 1, "cosc8001137na", Set.of()))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("holdings.identifier-not-normal");
    }

    @Test
    void keccakOfNothingIsAsPublished() {
        assertThat(HexFormat.of().formatHex(Keccak256.digest(new byte[0])))
                .isEqualTo("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
    }

    @Test
    void anyTextIsReadWithoutFailingAndItsNormalFormIsStable() {
        long seed = 20_260_131;
        SplittableRandom random = new SplittableRandom(seed);
        String signs = "AÑ&ZXñ0123456789 -./:+xbc1qT\u0000\u00a0é\ud83d\ude00\uffff\u0131";
        for (int i = 0; i < 4_000 * DEPTH; i++) {
            StringBuilder text = new StringBuilder(i % 3 == 0 ? "COSC800113" : "");
            int length = random.nextInt(30);
            for (int j = 0; j < length; j++) {
                text.append(signs.charAt(random.nextInt(signs.length())));
            }
            for (IdentifierType type : IdentifierType.values()) {
                type.read(text.toString())
                        .identifier()
                        .ifPresent(identifier -> assertThat(
                                        type.read(identifier.value()).identifier())
                                .as("seed %s, type %s, text %s", seed, type, text)
                                .hasValue(identifier));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {257, 1_000_000})
    void anOverlongTextIsNoIdentifier(int length) {
        for (IdentifierType type : IdentifierType.values()) {
            assertThat(type.read("1".repeat(length)).identifier()).isEmpty();
        }
    }

    private static IdentifierType type(String word) {
        return IdentifierType.ofWord(word).orElseThrow();
    }
}
