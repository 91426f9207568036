package org.entente.holdings.identifier;

import java.util.regex.Pattern;

/** Clave Bancaria Estandarizada: 3 digits bank, 3 place, 11 account, 1 check digit (weights 3, 7, 1, each product mod 10). */
final class ClabeForm implements NormalForm {
    private static final Pattern FORM = Pattern.compile("[0-9]{18}");
    private static final int[] WEIGHTS = {3, 7, 1};

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        String value = Spelling.compact(text);
        if (!FORM.matcher(value).matches()) {
            return NormalForm.wrongForm(type);
        }
        int sum = 0;
        for (int i = 0; i < 17; i++) {
            sum += (value.charAt(i) - '0') * WEIGHTS[i % 3] % 10;
        }
        boolean passes = (10 - sum % 10) % 10 == value.charAt(17) - '0';
        return NormalForm.soundIf(passes, type, value, Warning.CHECK_DIGIT);
    }
}
