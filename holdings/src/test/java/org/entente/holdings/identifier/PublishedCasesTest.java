package org.entente.holdings.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.holdings.load.PublicLists;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cases that other libraries publish, read from where they are and not copied. */
final class PublishedCasesTest {
    @Test
    void stdnumsTaxNumbersPassOrFailAsItSays() {
        List<List<String>> lists = lists("reference/stdnum_test_mx_rfc.doctest.txt");
        assertThat(lists).hasSize(2);
        assertThat(lists.getFirst())
                .hasSizeGreaterThan(250)
                .allSatisfy(number ->
                        assertThat(IdentifierType.RFC.read(number)).isInstanceOf(IdentifierReading.Sound.class));
        // It says that all of these fail. The three with Ñ pass by the SAT's own value for that letter, 38.
        assertThat(lists.getLast())
                .hasSize(100)
                .allSatisfy(number -> assertThat(IdentifierType.RFC.read(number) instanceof IdentifierReading.Flagged)
                        .isEqualTo(!number.contains("Ñ")));
    }

    @Test
    void stdnumsPopulationNumbersPass() {
        List<List<String>> lists = lists("reference/stdnum_test_mx_curp.doctest.txt");
        // One of them writes the letter O for the century's digit, which the number's form allows.
        assertThat(lists.getFirst())
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        number -> assertThat(IdentifierType.CURP.read(number).identifier())
                                .isPresent());
    }

    @Test
    void phpcfdisCheckSumsAreOurs() {
        Matcher cases = Pattern.compile("\\['([A-ZÑ&]{3,4}\\d{6}[A-Z0-9]{2})[A-Z0-9]', '([0-9A])'\\]")
                .matcher(new String(
                        PublicLists.bytes("reference/phpcfdi_CheckSumTest.php.txt"), StandardCharsets.UTF_8));
        int count = 0;
        while (cases.find()) {
            assertThat(RfcCheckDigit.of(cases.group(1)))
                    .isEqualTo(cases.group(2).charAt(0));
            count++;
        }
        assertThat(count).isEqualTo(7);
    }

    @Test
    void cuencasAccountNumbersPassOrFailAsItSays() {
        String text = new String(PublicLists.bytes("reference/test_clabe.py.txt"), StandardCharsets.UTF_8);
        assertThat(IdentifierType.CLABE.read(quoted(text, "VALID_CLABE"))).isInstanceOf(IdentifierReading.Sound.class);
        assertThat(IdentifierType.CLABE.read(quoted(text, "INVALID_CLABE_CONTROL_DIGIT")))
                .isInstanceOf(IdentifierReading.Flagged.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"XBT", "ETH", "ETC", "TRX", "LTC", "DASH", "ZEC", "USDT", "USDC", "ARB", "BSC"})
    void theAddressesOnTheSanctionsListPassTheirChecksum(String currency) {
        String name = "lists/ofac-crypto/sanctioned_addresses_" + currency + ".txt";
        List<String> doubtful = new ArrayList<>();
        for (String address : new String(PublicLists.bytes(name), StandardCharsets.UTF_8).split("\\s+", -1)) {
            if (!address.isEmpty() && !(IdentifierType.WALLET.read(address) instanceof IdentifierReading.Sound)) {
                doubtful.add(address + " " + IdentifierType.WALLET.read(address));
            }
        }
        assertThat(doubtful).isEmpty();
    }

    private static String quoted(String text, String name) {
        Matcher matcher = Pattern.compile("(?m)^" + name + " = '(\\d+)'").matcher(text);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    /** The blocks of numbers of a doctest, one number to a line. */
    private static List<List<String>> lists(String name) {
        List<List<String>> lists = new ArrayList<>();
        String text = new String(PublicLists.bytes(name), StandardCharsets.UTF_8);
        Matcher blocks =
                Pattern.compile("numbers = '''\\R(.*?)'''", Pattern.DOTALL).matcher(text);
        while (blocks.find()) {
            lists.add(blocks.group(1)
                    .lines()
                    .map(line -> line.replace("...", "").strip())
                    .filter(line -> !line.isEmpty())
                    .toList());
        }
        return lists;
    }
}
