package org.entente.holdings.identifier;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Draws numbers that pass every check of their type and that nobody can have, for canaries in an index.
 *
 * <p>A type is here only where whoever issues its numbers can never issue the ones that are drawn, and where their normal form reads them without a warning, for
 * a warning would show in the label. The rules, one for each type:
 *
 * <ul>
 *   <li>{@code rfc}: the first character of the homoclave is the quotient of a number below 1,000 by 34, so it is one of 1 to 9 and A to V (SAT, procedure for the key
 *       that tells homonyms apart, answer 0610100135506 of 18 October 2006). Here it is W, X, Y or Z. None of 12,518 numbers on the lists of article 69-B begins its homoclave so.
 *   <li>{@code curp}: the seventeenth character is a letter for whoever was born from 2000 on (RENAPO, Instructivo normativo para la asignación de la CURP). Here it is one, and
 *       the year is 60 to 99: born in 2060 at the earliest.
 *   <li>{@code phone}: 555-0100 to 555-0199 of a geographic area code of the North American plan, set aside for fiction (ATIS-0300115, 555 NXX assignment guidelines).
 *   <li>{@code vin}: a maker of the United States (1, 4, 5) must write the model year in the tenth place, and U, Z and 0 mean none (49 CFR 565.15, table VII).
 *   <li>{@code wallet}: 160 random bits as an address of the {@code evm} family. No rule forbids it; that anybody has its key, or ever will, has a chance of 2^-160.
 * </ul>
 *
 * <p>Left out: {@code ein}, whose prefixes that are assigned to no campus are read with a warning; {@code passport}, {@code iban} and {@code clabe}, for which no issuer publishes
 * numbers that it will never give; composite keys, because any name may be somebody's.
 */
public final class Unissued {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String CONSONANTS = "BCDFGHJKLMNPQRSTVWXYZ";
    private static final String VOWELS = "AEIOU";
    private static final String DIGITS = "0123456789";
    /** The SAT's table for the homoclave. */
    private static final String HOMOCLAVE = "123456789ABCDEFGHIJKLMNPQRSTUVWXYZ";

    private static final String VIN_CHARACTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789";
    private static final List<String> STATES = List.of("DF", "JC", "MC", "NL", "PL", "SL", "VZ");
    private static final List<String> AREA_CODES = List.of(
            "201", "202", "203", "205", "206", "208", "210", "212", "213", "214", "215", "216", "217", "301", "302",
            "303", "305", "312", "313", "314", "316", "317", "402", "404", "405", "406", "408", "410", "412", "414",
            "415", "501", "502", "503", "504", "505", "512", "513", "515", "601", "602", "603", "605", "606", "612",
            "615", "617", "619", "701", "702", "703", "713", "716", "718", "801", "802", "803", "808", "813", "817",
            "901", "904", "907", "915", "916", "919");

    private Unissued() {}

    /** The types for which there are such numbers. */
    public static List<IdentifierType> types() {
        return List.of(
                IdentifierType.RFC,
                IdentifierType.CURP,
                IdentifierType.PHONE,
                IdentifierType.VIN,
                IdentifierType.WALLET);
    }

    /** Their words, for messages. */
    public static String words() {
        return types().stream().map(IdentifierType::word).collect(Collectors.joining(", "));
    }

    /**
     * One such number.
     *
     * @throws IllegalArgumentException for a type that is not one of {@link #types}
     */
    public static Identifier draw(IdentifierType type, SecureRandom random) {
        String value = switch (type) {
            case RFC -> rfc(random);
            case CURP -> curp(random);
            case PHONE -> "+1" + one(AREA_CODES, random) + "55501" + some(DIGITS, 2, random);
            case VIN -> vin(random);
            case WALLET -> wallet(random);
            case EIN, PASSPORT, IBAN, CLABE, NAME_BIRTH, NAME_STATE ->
                throw new IllegalArgumentException("nobody says which numbers of this type are never issued");
        };
        if (type.read(value) instanceof IdentifierReading.Sound sound) {
            return sound.found();
        }
        throw new IllegalStateException("a number was drawn that does not pass the checks of " + type.word());
    }

    /** A company's number or a person's, with equal chance. */
    private static String rfc(SecureRandom random) {
        String initials =
                random.nextBoolean() ? some(LETTERS, 3, random) : surnames(random) + some(CONSONANTS, 2, random);
        String body =
                initials + date(random.nextInt(40, 100), random) + some("WXYZ", 1, random) + some(HOMOCLAVE, 1, random);
        return body + RfcCheckDigit.of(body);
    }

    private static String curp(SecureRandom random) {
        String body = surnames(random)
                + some(CONSONANTS, 2, random)
                + date(random.nextInt(60, 100), random)
                + some("HM", 1, random)
                + one(STATES, random)
                + some(CONSONANTS, 3, random)
                + some(LETTERS, 1, random);
        return body + CurpForm.checkDigit(body);
    }

    private static String surnames(SecureRandom random) {
        return some(CONSONANTS, 1, random) + some(VOWELS, 1, random);
    }

    /** YYMMDD, a day that every month has. */
    private static String date(int year, SecureRandom random) {
        return String.format(Locale.ROOT, "%02d%02d%02d", year, random.nextInt(1, 13), random.nextInt(1, 29));
    }

    private static String vin(SecureRandom random) {
        String open = some("145", 1, random) + some(VIN_CHARACTERS, 7, random) + "0" + some("UZ0", 1, random)
                + some(VIN_CHARACTERS, 1, random) + some(DIGITS, 6, random);
        return open.substring(0, 8) + VinForm.checkDigit(open) + open.substring(9);
    }

    private static String wallet(SecureRandom random) {
        byte[] address = new byte[20];
        random.nextBytes(address);
        return "evm:0x" + HexFormat.of().formatHex(address);
    }

    private static String some(String alphabet, int length, SecureRandom random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String one(List<String> words, SecureRandom random) {
        return words.get(random.nextInt(words.size()));
    }
}
