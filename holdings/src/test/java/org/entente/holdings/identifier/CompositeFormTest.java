package org.entente.holdings.identifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.entente.evidence.canonical.Malformed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompositeFormTest {
    private static final long SEED = 20260301;
    private static final List<String> NAMES = Arrays.asList(
            "José María Ñáñez Güémez Peña Núñez Łukasz Søren Straße İlhan Yıldız Σοφία Юрий محمد Zoë Çelik Dvořák"
                    .split(" ", -1));

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Juan Pérez López|1970-03-31;JUAN LOPEZ PEREZ|1970-03-31",
                "PEREZ LOPEZ, Juan | 1970-03-31;JUAN LOPEZ PEREZ|1970-03-31",
                "Seán O’Brien-Núñez|1961-12-31;NUNEZ OBRIEN SEAN|1961-12-31",
                "ｊｕａｎ ＰＥＲＥＺ|2000-02-29;JUAN PEREZ|2000-02-29",
                "Juan|Pérez|1970-03-31;JUAN PEREZ|1970-03-31",
                "J. R. Pérez Ruiz|1970-03-31;J PEREZ R RUIZ|1970-03-31"
            })
    void namesAndBirthsAreNormalised(String text, String value) {
        assertThat(value(IdentifierType.NAME_BIRTH, text)).contains(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Juan Pérez López;holdings.composite-parts",
                "Juan Pérez López|1970;holdings.composite-birth",
                "Juan Pérez López|1970-03;holdings.composite-birth",
                "Juan Pérez López|1970-02-30;holdings.composite-birth",
                "Juan Pérez López|31/03/1970;holdings.composite-birth",
                "Juan Pérez López|+1970-03-31;holdings.composite-birth",
                "Juan Pérez López|1900-01-01;holdings.composite-birth",
                "Juan Pérez López|0001-01-01;holdings.composite-birth",
                "Juan Pérez López|9999-12-31;holdings.composite-birth",
                "Juan Pérez López|;holdings.composite-birth",
                "|1970-03-31;holdings.composite-name-weak",
                "Juan|1970-03-31;holdings.composite-name-weak",
                "Juan Juan|1970-03-31;holdings.composite-name-weak",
                "J. Pérez|1970-03-31;holdings.composite-name-weak",
                "Al Hassan|1970-03-31;holdings.composite-name-weak",
                "FNU Ramírez|1970-03-31;holdings.composite-name-weak",
                "Unknown Unknown|1970-03-31;holdings.composite-name-weak",
                "Sin Nombre|1970-03-31;holdings.composite-name-weak",
                "XXXX XXXXX|1970-03-31;holdings.composite-name-weak",
                "123 456|1970-03-31;holdings.composite-name-weak"
            })
    void whatIsTooWeakIsNoPersonsKey(String text, String code) {
        assertThat(problem(IdentifierType.NAME_BIRTH, text)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Transportes del Pacífico, S.A. de C.V.|MX-SIN;TRANSPORTES DEL PACIFICO|MX-SIN",
                "TRANSPORTES DEL PACIFICO SA DE CV|Sinaloa;TRANSPORTES DEL PACIFICO|MX-SIN",
                "Transportes del Pacífico S. A. P. I. de C. V.|mx-sin;TRANSPORTES DEL PACIFICO|MX-SIN",
                "Transportes del Pacífico S de RL de CV|sinaloa;TRANSPORTES DEL PACIFICO|MX-SIN",
                "Financiera Norte, S.A. de C.V., SOFOM, E.N.R.|Nuevo León;FINANCIERA NORTE|MX-NLE",
                "Despacho Ruiz y Ruiz, S.C.|Ciudad de México;DESPACHO RUIZ Y RUIZ|MX-CMX",
                "Pacific Freight, L.L.C.|US-TX;PACIFIC FREIGHT|US-TX",
                "PACIFIC FREIGHT CO., LTD.|Texas;PACIFIC FREIGHT|US-TX",
                "Inc Sa Alfa, Limited Liability Company|US-DE;INC SA ALFA|US-DE"
            })
    void companiesAreNormalised(String text, String value) {
        assertThat(value(IdentifierType.NAME_STATE, text)).contains(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Transportes del Pacífico SA de CV;holdings.composite-parts",
                "Transportes del Pacífico SA de CV|México;holdings.composite-state",
                "Transportes del Pacífico SA de CV|SIN;holdings.composite-state",
                "Transportes del Pacífico SA de CV|;holdings.composite-state",
                "S.A. de C.V.|MX-SIN;holdings.composite-name-weak",
                "ABC SA de CV|MX-SIN;holdings.composite-name-weak",
                "Nombre desconocido|MX-SIN;holdings.composite-name-weak"
            })
    void whatIsTooWeakIsNoCompanysKey(String text, String code) {
        assertThat(problem(IdentifierType.NAME_STATE, text)).isEqualTo(code);
    }

    @Test
    void doubtsAreFlaggedAndStillMatched() {
        assertThat(read(IdentifierType.NAME_BIRTH, "Juan Pérez|1970-01-01").warnings())
                .containsExactly(Warning.BIRTH_NEW_YEAR);
        assertThat(read(IdentifierType.NAME_BIRTH, "Juan Pérez|1970-01-02").warnings())
                .isEmpty();
        assertThat(read(IdentifierType.NAME_STATE, "Cementos SA|MX-SIN").warnings())
                .containsExactly(Warning.NAME_ONE_WORD);
    }

    @Test
    void orderAccentsPunctuationAndCaseDoNotMatter() {
        Random random = new Random(SEED);
        for (int round = 0; round < 3_000; round++) {
            List<String> tokens = tokens(random);
            LocalDate born = born(random);
            Optional<String> plain = value(IdentifierType.NAME_BIRTH, String.join(" ", tokens) + "|" + born);
            List<String> shuffled = new ArrayList<>(tokens);
            Collections.shuffle(shuffled, random);
            StringBuilder written = new StringBuilder();
            for (String token : shuffled) {
                written.append(pick(random, " ", ", ", "  ", " - ", "\u00a0", " . ", "; ", "|"))
                        .append(disguised(random, token));
            }
            assertThat(value(IdentifierType.NAME_BIRTH, written + " |" + born))
                    .as("seed %d round %d: %s", SEED, round, written)
                    .isEqualTo(plain)
                    .isPresent();
            assertThat(value(IdentifierType.NAME_STATE, String.join(" ", tokens) + " S.A.|MX-SON"))
                    .as("seed %d round %d: %s", SEED, round, tokens)
                    .isEqualTo(value(
                            IdentifierType.NAME_STATE,
                            String.join(
                                            ", ",
                                            tokens.stream()
                                                    .map(token -> disguised(random, token))
                                                    .toList())
                                    + " sociedad anónima de capital variable|sonora"));
        }
    }

    @Test
    void anotherDateStateOrNameNeverMatches() {
        Random random = new Random(SEED);
        List<String> states = List.of("MX-SIN", "MX-SON", "MX-MEX", "US-TX", "US-NM", "US-WA");
        for (int round = 0; round < 3_000; round++) {
            String name = String.join(" ", tokens(random));
            LocalDate born = born(random);
            String key = value(IdentifierType.NAME_BIRTH, name + "|" + born).orElseThrow();
            for (LocalDate other : List.of(born.plusDays(1), born.plusMonths(1), born.plusYears(1))) {
                assertThat(value(IdentifierType.NAME_BIRTH, name + "|" + other)).isNotEqualTo(Optional.of(key));
            }
            assertThat(value(IdentifierType.NAME_BIRTH, name + " Zapata|" + born))
                    .isNotEqualTo(Optional.of(key));
            assertThat(states.stream()
                            .map(state -> value(IdentifierType.NAME_STATE, name + "|" + state)
                                    .orElseThrow())
                            .distinct())
                    .hasSize(states.size());
        }
    }

    /** Whatever a character becomes, it becomes the same again: two nodes never read one normal form differently. */
    @Test
    void everyCharacterOfUnicodeHasOneNormalForm() throws Malformed {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (!Character.isDefined(c) || Character.getType(c) == Character.PRIVATE_USE) {
                continue;
            }
            String folded = NameTokens.joined("A" + Character.toString(c) + "b");
            if (!NameTokens.joined(folded).equals(folded)) {
                throw new AssertionError("not stable: U+" + Integer.toHexString(c));
            }
        }
        Random random = new Random(SEED);
        for (int round = 0; round < 20_000; round++) {
            String text = anyText(random, 40);
            for (IdentifierType type : IdentifierType.composites()) {
                String other = type == IdentifierType.NAME_BIRTH ? "|1970-03-31" : "|MX-SIN";
                Optional<Identifier> key =
                        type.read("Juan Pérez " + text + other).identifier();
                if (key.isPresent()) {
                    Identifier again =
                            Identifier.restore(type, type.version(), key.get().value(), Set.of());
                    assertThat(again).as("seed %d round %d", SEED, round).isEqualTo(key.get());
                    assertThat(key.get().value().getBytes(StandardCharsets.UTF_8))
                            .hasSizeLessThanOrEqualTo(1_024);
                }
            }
        }
    }

    @Test
    void hostileTextsAreRefusedAtOnce() {
        String million = "Juan Pérez ".repeat(100_000);
        for (IdentifierType type : IdentifierType.composites()) {
            assertThat(problem(type, million + "|1970-03-31")).isEqualTo("holdings.identifier-too-long");
            // One character of 18: the text is short and its normal form is not.
            assertThat(problem(type, "Juan Pérez " + "\ufdfa".repeat(100) + "|1970-03-31"))
                    .isIn("holdings.identifier-too-long", "holdings.composite-state");
            assertThat(problem(type, "Juan Pérez " + "\ufdfa".repeat(100) + "|MX-SIN"))
                    .isIn("holdings.identifier-too-long", "holdings.composite-birth");
            for (String text : List.of("", "|", "||||", "\u0000|\u0000", "\ud800|1970-03-31", "|MX-SIN")) {
                assertThat(type.read(text).identifier()).isEmpty();
            }
        }
        assertThat(Subdivisions.ofAddress("x,".repeat(500_000), List.of("mx"))).isEmpty();
        assertThat(LegalForms.end("SA ".repeat(500_000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Av. Obregón 12, Culiacán, Sinaloa, México;MX-SIN",
                "Av. Obregón 12, Culiacán, Sin., C.P. 80000, Mexico;MX-SIN",
                "1 Main St, Houston, TX 77001-1234, USA;US-TX",
                "Calle 5, Naucalpan, Edo. de Méx., 53000 México;MX-MEX",
                "Chihuahua, Chih., Mexico;MX-CHH",
                "Calle Sonora 4, Tijuana, B.C., Mexico;MX-BCN",
                "Washington, D.C., United States;US-DC",
                "Washington, United States;''",
                "Toluca, Mexico, Mexico;''",
                "Tbilisi, Georgia;''",
                "MX-SIN;MX-SIN"
            })
    void anAddressSaysItsState(String address, String state) {
        assertThat(Subdivisions.ofAddress(address, List.of()).orElse("")).isEqualTo(state);
    }

    @Test
    void theCountryBesideAnAddressTellsItsState() {
        assertThat(Subdivisions.ofAddress("Culiacán, Sinaloa", List.of())).isEmpty();
        assertThat(Subdivisions.ofAddress("Culiacán, Sinaloa", List.of("mx"))).contains("MX-SIN");
        assertThat(Subdivisions.ofAddress("Culiacán, Sinaloa", List.of("mx", "us")))
                .isEmpty();
        assertThat(Subdivisions.ofAddress("Culiacán, Sinaloa", List.of("us"))).isEmpty();
    }

    private static Identifier read(IdentifierType type, String text) {
        return type.read(text).identifier().orElseThrow();
    }

    private static Optional<String> value(IdentifierType type, String text) {
        return type.read(text).identifier().map(Identifier::value);
    }

    private static String problem(IdentifierType type, String text) {
        return type.read(text) instanceof IdentifierReading.NotAnIdentifier not
                ? not.why().code()
                : "read";
    }

    private static List<String> tokens(Random random) {
        List<String> tokens = new ArrayList<>(NAMES);
        Collections.shuffle(tokens, random);
        return tokens.subList(0, 2 + random.nextInt(4));
    }

    private static LocalDate born(Random random) {
        return LocalDate.of(1930, 1, 1).plusDays(random.nextInt(25_000));
    }

    /** Another case, another composition, accents lost, an invisible character. */
    private static String disguised(Random random, String token) {
        String text = pick(random, token, token.toUpperCase(Locale.ROOT), token.toLowerCase(Locale.ROOT));
        String composed = Normalizer.normalize(text, pick(random, Normalizer.Form.NFC, Normalizer.Form.NFD));
        String plain =
                Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{InCombiningDiacriticalMarks}", "");
        return pick(random, composed, plain, composed.substring(0, 1) + "\u200d" + composed.substring(1));
    }

    private static String anyText(Random random, int charactersMax) {
        StringBuilder text = new StringBuilder();
        int count = random.nextInt(charactersMax);
        for (int i = 0; i < count; i++) {
            int c = random.nextInt(4) == 0
                    ? random.nextInt(Character.MAX_CODE_POINT + 1)
                    : random.nextInt(2) == 0 ? random.nextInt(0x600) : random.nextInt(0x3000);
            text.appendCodePoint(c);
        }
        return text.toString();
    }

    @SafeVarargs
    private static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
