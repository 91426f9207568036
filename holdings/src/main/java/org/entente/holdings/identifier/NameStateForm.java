package org.entente.holdings.identifier;

import java.util.List;
import java.util.Optional;

/**
 * A company's name and the state where it sits, {@code TRANSPORTES DEL PACIFICO|MX-SIN}: the exact tokens of the name in
 * their order, without the legal forms at its end, a bar, and the ISO 3166-2 code, which may be written as the state's
 * name. Tokens are not sorted, because then a token that reads like a legal form could come to stand at the end. What
 * remains must have four letters or digits; one word alone is kept and warns.
 */
final class NameStateForm implements NormalForm {
    private static final int TELLING_CHARS_MIN = 4;

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        int bar = text.lastIndexOf('|');
        if (bar < 0) {
            return NormalForm.not("holdings.composite-parts", type);
        }
        Optional<String> state = Subdivisions.code(text.substring(bar + 1));
        if (state.isEmpty()) {
            return NormalForm.not("holdings.composite-state", type);
        }
        List<String> tokens = LegalForms.strip(NameTokens.of(text.substring(0, bar)));
        List<String> telling = tokens.stream().filter(NameTokens::tells).toList();
        if (telling.stream().mapToInt(String::length).sum() < TELLING_CHARS_MIN) {
            return NormalForm.not("holdings.composite-name-weak", type);
        }
        String value = String.join(" ", tokens) + "|" + state.get();
        if (value.length() > Spelling.TEXT_CHARS_MAX) {
            return NormalForm.not("holdings.identifier-too-long", type);
        }
        return NormalForm.soundIf(tokens.size() > 1, type, value, Warning.NAME_ONE_WORD);
    }
}
