package org.entente.holdings.identifier;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** Employer identification number: nine digits, the first two a prefix that the IRS assigns to a campus. */
final class EinForm implements NormalForm {
    private static final Pattern FORM = Pattern.compile("[0-9]{9}");

    /** Prefixes that the IRS lists under no campus ("How EINs are assigned and valid EIN prefixes"). */
    private static final Set<String> UNASSIGNED =
            new HashSet<>(Arrays.asList("00 07 08 09 17 18 19 28 29 49 69 70 78 79 89 96 97".split(" ", -1)));

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        String value = Spelling.compact(text);
        if (!FORM.matcher(value).matches()) {
            return NormalForm.wrongForm(type);
        }
        boolean assigned = !UNASSIGNED.contains(value.substring(0, 2));
        return NormalForm.soundIf(assigned, type, value, Warning.PREFIX_UNASSIGNED);
    }
}
