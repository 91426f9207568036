package org.entente.holdings.identifier;

/** The check digit of a Mexican tax number, for those who write numbers instead of reading them. */
public final class RfcCheckDigit {
    private RfcCheckDigit() {}

    /** The digit that belongs behind 11 characters of a company's number or 12 of a person's, in normal form. */
    public static char of(String withoutDigit) {
        if (!withoutDigit.matches("[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{2}")) {
            throw new IllegalArgumentException("not a tax number without its check digit");
        }
        return RfcForm.checkDigit(withoutDigit);
    }
}
