package org.entente.holdings.identifier;

import java.util.regex.Pattern;

/**
 * Vehicle identification number: 17 characters without I, O and Q. The ninth is a check digit in North America (49 CFR
 * 565.15); vehicles built for other markets need not obey it, so it only warns.
 */
final class VinForm implements NormalForm {
    private static final Pattern FORM = Pattern.compile("[A-HJ-NPR-Z0-9]{17}");
    /** Value of each letter A to Z; those of I, O and Q are never read. */
    private static final String LETTER_VALUES = "12345678012345070923456789";

    private static final int[] WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        String value = Spelling.compact(text);
        if (!FORM.matcher(value).matches()) {
            return NormalForm.wrongForm(type);
        }
        return NormalForm.soundIf(value.charAt(8) == checkDigit(value), type, value, Warning.CHECK_DIGIT);
    }

    /** What the ninth character should be; the one that stands there has no weight. */
    static char checkDigit(String value) {
        int sum = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            sum += (c <= '9' ? c - '0' : LETTER_VALUES.charAt(c - 'A') - '0') * WEIGHTS[i];
        }
        return sum % 11 == 10 ? 'X' : (char) ('0' + sum % 11);
    }
}
