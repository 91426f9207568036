package org.entente.holdings.identifier;

import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Set;

/** What all normal forms share: separators, capitals, and the texts that people write when they have no number. */
final class Spelling {
    /** Texts beyond this are never identifiers. */
    static final int TEXT_CHARS_MAX = 256;

    private static final Set<String> PLACEHOLDERS = Set.of(
            "SN",
            "NA",
            "ND",
            "SD",
            "NT",
            "NONE",
            "NULL",
            "NIL",
            "TBD",
            "UNKNOWN",
            "NOTAVAILABLE",
            "NOTAPPLICABLE",
            "DESCONOCIDO",
            "DESCONOCIDA",
            "NOAPLICA",
            "NODISPONIBLE",
            "PENDIENTE",
            "SINNUMERO",
            "SINNÚMERO",
            "SINRFC",
            "SINCURP",
            "SINDATO",
            "SUPRIMIDO",
            "123456789",
            "1234567890");

    private Spelling() {}

    /**
     * Composed form (NFC), separators removed, Latin letters in capitals. Only a-z and ñ are raised: the full Unicode
     * mapping would turn look-alikes (dotless i, long s) into letters that were never written.
     */
    static String compact(String text) {
        String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
        StringBuilder kept = new StringBuilder(composed.length());
        for (int i = 0; i < composed.length(); i++) {
            char c = composed.charAt(i);
            if (isSeparator(c)) {
                continue;
            }
            if (c >= 'a' && c <= 'z') {
                kept.append((char) (c - 'a' + 'A'));
            } else {
                kept.append(c == 'ñ' ? 'Ñ' : c == 'ú' ? 'Ú' : c);
            }
        }
        return kept.toString();
    }

    /** Whether a text stands for the absence of a number: nothing, one character repeated, or a word that says so. */
    static boolean isPlaceholder(String text) {
        String compact = compact(text);
        return compact.chars().distinct().count() <= 1 || PLACEHOLDERS.contains(compact);
    }

    /** Whether six digits are a date YYMMDD of either century; 29 February is one in every fourth year. */
    static boolean isDate(String yymmdd) {
        try {
            LocalDate.of(
                    2000 + Integer.parseInt(yymmdd, 0, 2, 10),
                    Integer.parseInt(yymmdd, 2, 4, 10),
                    Integer.parseInt(yymmdd, 4, 6, 10));
            return true;
        } catch (DateTimeException notADay) {
            return false;
        }
    }

    private static boolean isSeparator(char c) {
        int kind = Character.getType(c);
        return c == '.'
                || c == '/'
                || c == '_'
                || c == '\u2212'
                || Character.isWhitespace(c)
                || kind == Character.SPACE_SEPARATOR
                || kind == Character.DASH_PUNCTUATION
                || kind == Character.FORMAT;
    }
}
