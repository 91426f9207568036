package org.entente.holdings.identifier;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Registro Federal de Contribuyentes: three letters for a company or four for a person, a date, and a homoclave of three.
 *
 * <p>The check digit is the last character: sum of the twelve before it (a company's is padded with a blank on the
 * left), each by its place in the SAT's table times 13, 12, … 2; 11 minus the remainder by 11, ten written as A and
 * eleven as 0. About one registered number in a hundred does not obey it, so it only warns. Without homoclave the text
 * names a date and initials that many people share: it is never an identifier.
 */
final class RfcForm implements NormalForm {
    static final String ALPHABET = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ";

    private static final Pattern COMPLETE = Pattern.compile("[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{3}");
    private static final Pattern WITHOUT_HOMOCLAVE = Pattern.compile("[A-ZÑ&]{3,4}[0-9]{6}");
    /** The SAT's numbers for the general public and for foreigners. */
    private static final Set<String> GENERIC = Set.of("XAXX010101000", "XEXX010101000");

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        String value = Spelling.compact(text);
        if (GENERIC.contains(value)) {
            return NormalForm.not("holdings.identifier-placeholder", type);
        }
        if (WITHOUT_HOMOCLAVE.matcher(value).matches()) {
            return NormalForm.not("holdings.rfc-without-homoclave", type);
        }
        if (!COMPLETE.matcher(value).matches()) {
            return NormalForm.wrongForm(type);
        }
        if (!Spelling.isDate(value.substring(value.length() - 9, value.length() - 3))) {
            return NormalForm.not("holdings.identifier-date", type);
        }
        boolean passes = checkDigit(value.substring(0, value.length() - 1)) == value.charAt(value.length() - 1);
        return NormalForm.soundIf(passes, type, value, Warning.CHECK_DIGIT);
    }

    /** The check digit of the 11 or 12 characters before it. */
    static char checkDigit(String withoutDigit) {
        int sum = withoutDigit.length() == 11 ? ALPHABET.indexOf(' ') * 13 : 0;
        for (int i = 0; i < withoutDigit.length(); i++) {
            sum += ALPHABET.indexOf(withoutDigit.charAt(i)) * (withoutDigit.length() + 1 - i);
        }
        int digit = (11 - sum % 11) % 11;
        return digit == 10 ? 'A' : (char) ('0' + digit);
    }
}
