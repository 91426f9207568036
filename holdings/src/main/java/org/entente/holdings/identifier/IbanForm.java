package org.entente.holdings.identifier;

import org.iban4j.Iban4jException;
import org.iban4j.IbanUtil;
import org.iban4j.InvalidCheckDigitException;

/** International bank account number: the country's structure must hold; a wrong check digit (ISO 7064, mod 97) warns. */
final class IbanForm implements NormalForm {
    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        String value = Spelling.compact(text);
        if (!value.matches("[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}") || Spelling.isPlaceholder(value.substring(2))) {
            return NormalForm.wrongForm(type);
        }
        try {
            IbanUtil.validate(value);
            return NormalForm.sound(type, value);
        } catch (InvalidCheckDigitException wrong) {
            return NormalForm.flagged(type, value, Warning.CHECK_DIGIT);
        } catch (Iban4jException otherForm) {
            return NormalForm.wrongForm(type);
        }
    }
}
