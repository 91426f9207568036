package org.entente.holdings.identifier;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The exact tokens of a name: what is left of it when case, accents and punctuation are taken away, and nothing else is.
 *
 * <p>In this order: apostrophes and invisible format characters vanish ({@code O'Brien} is one token); NFKD; combining
 * marks vanish that belong to no script of their own, as accents and Arabic vowel signs do and the vowel signs of
 * Devanagari or the sound marks of kana do not; lower case, then capitals, so that ß, ẞ and SS are one and ı and i too;
 * NFKC. A token is a run of letters, marks and decimal digits; all else separates. Nothing is transliterated: Ł and Ø stay
 * what they are. The rules are those of the Unicode version of the running Java platform; a character that it does
 * not know separates.
 */
final class NameTokens {
    /** Written for a part of a name that nobody knows; FNU, LNU and NMN are first, last and middle name unknown. */
    private static final Set<String> ABSENT = words(
            "FNU LNU NMN NMI UNKNOWN UNK NOT AVAILABLE APPLICABLE NAME NULL NONE NIL TBD NA ND SD DESCONOCIDO DESCONOCIDA NOMBRE"
                    + " DISPONIBLE APLICA PENDIENTE SUPRIMIDO IDENTIFICADO IDENTIFICADA DATO DATOS");

    /** Particles, which say nothing alone: AL HASSAN is one name. */
    private static final Set<String> PARTICLES = words(
            "DE DEL LA LAS LOS EL Y E DA DAS DO DOS DI VAN VON DER DEN AL UL BIN BINT BEN IBN ABU ABD UMM JR SR II III");

    private NameTokens() {}

    /** In the order of the text. */
    static List<String> of(String text) {
        return Arrays.stream(folded(text).split(" ", -1))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    /** The tokens joined by one space. */
    static String joined(String text) {
        return String.join(" ", of(text));
    }

    /** Whether a token can tell somebody apart: two letters or more, no particle, no word for an unknown name. */
    static boolean tells(String token) {
        boolean repeated = token.length() > 2 && token.chars().distinct().count() == 1;
        return token.codePointCount(0, token.length()) >= 2
                && token.codePoints().anyMatch(Character::isLetter)
                && !repeated
                && !ABSENT.contains(token)
                && !PARTICLES.contains(token);
    }

    private static String folded(String text) {
        String decomposed = Normalizer.normalize(without(text), Normalizer.Form.NFKD);
        String cased = without(decomposed).toLowerCase(Locale.ROOT).toUpperCase(Locale.ROOT);
        StringBuilder kept = new StringBuilder(cased.length());
        Normalizer.normalize(cased, Normalizer.Form.NFKC)
                .codePoints()
                .forEach(c -> kept.appendCodePoint(isOfToken(c) ? c : ' '));
        return kept.toString();
    }

    private static String without(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().filter(c -> !vanishes(c)).forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean vanishes(int c) {
        boolean apostrophe = c == '\''
                || c == '`'
                || c == 0x00b4
                || (c >= 0x02b9 && c <= 0x02bf)
                || c == 0x02c8
                || (c >= 0x2018 && c <= 0x201b && c != 0x201a)
                || c == 0x2032
                || c == 0x2035
                || c == 0xa78b
                || c == 0xa78c
                || c == 0xff07;
        int kind = Character.getType(c);
        return apostrophe
                || kind == Character.FORMAT
                || (kind == Character.NON_SPACING_MARK
                        && Character.UnicodeScript.of(c) == Character.UnicodeScript.INHERITED
                        && c != 0x3099
                        && c != 0x309a);
    }

    private static boolean isOfToken(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> Character.isLetter(c);
        };
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.split(" ", -1)));
    }
}
