package org.entente.holdings.identifier;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/**
 * Telephone number in E.164 form, by libphonenumber. A Mexican mobile number still written with the 1 that was
 * abolished in 2019 ({@code +52 1 …}) is the same number without it. An extension is dropped. Without a region a number must
 * say its country, by {@code +} or {@code 00}.
 */
final class PhoneForm implements NormalForm {
    private static final String UNKNOWN_REGION = "ZZ";
    private static final int MEXICO = 52;
    private static final long MEXICAN_NATIONAL_MAX = 10_000_000_000L;

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        PhoneNumber number;
        try {
            String dialled = text.strip();
            boolean trunk = hints.country().isEmpty() && dialled.startsWith("00");
            number = numbers.parse(
                    trunk ? "+" + dialled.substring(2) : dialled,
                    hints.country().orElse(UNKNOWN_REGION));
        } catch (NumberParseException unreadable) {
            boolean noRegion = unreadable.getErrorType() == NumberParseException.ErrorType.INVALID_COUNTRY_CODE
                    && hints.country().isEmpty();
            return noRegion ? NormalForm.not("holdings.phone-without-region", type) : NormalForm.wrongForm(type);
        }
        number.clearExtension();
        long national = number.getNationalNumber();
        if (number.getCountryCode() == MEXICO
                && national >= MEXICAN_NATIONAL_MAX
                && national < 2 * MEXICAN_NATIONAL_MAX) {
            number.setNationalNumber(national - MEXICAN_NATIONAL_MAX);
        }
        String value = numbers.format(number, PhoneNumberFormat.E164);
        if (Spelling.isPlaceholder(Long.toString(number.getNationalNumber()))) {
            return NormalForm.not("holdings.identifier-placeholder", type);
        }
        if (!numbers.isPossibleNumber(number)) {
            return NormalForm.wrongForm(type);
        }
        return NormalForm.soundIf(numbers.isValidNumber(number), type, value, Warning.NUMBER_UNASSIGNED);
    }
}
