package org.entente.holdings.identifier;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Clave Única de Registro de Población: four letters, date of birth, sex, state of birth, three consonants, a character
 * that tells the century apart, and a check digit (weights 18 … 2 over the table with Ñ, modulus 10).
 */
final class CurpForm implements NormalForm {
    private static final String ALPHABET = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ";
    private static final Pattern FORM = Pattern.compile("[A-ZÑ]{4}[0-9]{6}[HMX][A-Z]{2}[A-ZÑ]{3}[A-Z0-9][0-9]");

    /** The 32 states and NE, born abroad (RENAPO, Instructivo normativo para la asignación de la CURP). */
    private static final Set<String> STATES = new HashSet<>(Arrays.asList(
            ("AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN MS NT NL OC PL QT QR SP SL SR" + " TC TS TL VZ YN ZS NE")
                    .split(" ", -1)));

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        String value = Spelling.compact(text);
        if (!FORM.matcher(value).matches()) {
            return NormalForm.wrongForm(type);
        }
        if (!Spelling.isDate(value.substring(4, 10))) {
            return NormalForm.not("holdings.identifier-date", type);
        }
        Set<Warning> warnings = EnumSet.noneOf(Warning.class);
        if (!STATES.contains(value.substring(11, 13))) {
            warnings.add(Warning.STATE_UNKNOWN);
        }
        if (checkDigit(value) != value.charAt(17)) {
            warnings.add(Warning.CHECK_DIGIT);
        }
        return NormalForm.with(warnings, type, value);
    }

    /** The check digit of the 17 characters before it. */
    static char checkDigit(String value) {
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += ALPHABET.indexOf(value.charAt(i)) * (18 - i);
        }
        return (char) ('0' + (10 - sum % 10) % 10);
    }
}
