package org.entente.holdings.identifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is drawn passes every check of its type, and bears the mark that no issued number can bear. */
final class UnissuedTest {
    private static final int DRAWS = 2_000;

    private final SecureRandom random = new SecureRandom();

    static Iterable<IdentifierType> types() {
        return Unissued.types();
    }

    @ParameterizedTest
    @MethodSource("types")
    void everyNumberIsSoundInItsNormalFormAndNobodys(IdentifierType type) {
        Set<String> drawn = new HashSet<>();
        for (int i = 0; i < DRAWS; i++) {
            Identifier number = Unissued.draw(type, random);
            assertThat(type.read(number.value())).isEqualTo(new IdentifierReading.Sound(number));
            assertThat(number.warnings()).isEmpty();
            assertThat(number.value()).matches(mark(type));
            drawn.add(number.value());
        }
        assertThat(drawn).hasSizeGreaterThan(DRAWS / 2);
    }

    /** Written anew from the sources that the class names. */
    private static String mark(IdentifierType type) {
        return switch (type) {
            case RFC -> "[A-Z]{3,4}[0-9]{6}[W-Z][1-9A-NP-Z][0-9A]";
            case CURP -> "[A-Z]{4}[6-9][0-9]{5}[HM][A-Z]{5}[A-Z][0-9]";
            case PHONE -> "\\+1[2-9][0-9]{2}55501[0-9]{2}";
            case VIN -> "[145][A-Z0-9]{8}[UZ0][A-Z0-9][0-9]{6}";
            case WALLET -> "evm:0x[0-9a-f]{40}";
            default -> throw new AssertionError(type);
        };
    }

    @Test
    void aTypeOfWhichAnyNumberMayBeIssuedIsRefused() {
        Arrays.stream(IdentifierType.values())
                .filter(type -> !Unissued.types().contains(type))
                .forEach(type -> assertThatIllegalArgumentException().isThrownBy(() -> Unissued.draw(type, random)));
    }

    @Test
    void theirWordsAreThoseOfTheTypes() {
        assertThat(Unissued.words()).isEqualTo("rfc, curp, phone, vin, wallet");
    }
}
