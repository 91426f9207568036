package org.entente.holdings.identifier;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Passport: issuer and number as in the machine-readable zone (ICAO 9303-4), {@code MEX:G12345678}. A number without
 * its issuer names a different passport in every country, so it is never an identifier; the issuer comes from the text
 * ({@code MX:…}, {@code MEX/…}) or from the source.
 */
final class PassportForm implements NormalForm {
    /** The zone gives a number nine places. */
    private static final int MRZ_NUMBER_CHARS = 9;

    private static final Pattern WITH_ISSUER = Pattern.compile("\\s*([A-Za-z]{2,3})\\s*[:/]\\s*(.+)");
    private static final Pattern NUMBER = Pattern.compile("(?=.*[0-9])[A-Z0-9]{4,20}");

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        Matcher written = WITH_ISSUER.matcher(text);
        boolean issuerWritten = written.matches();
        Optional<String> issuer = issuerWritten ? Countries.alpha2(written.group(1)) : hints.country();
        if (issuer.isEmpty()) {
            return NormalForm.not("holdings.passport-without-issuer", type);
        }
        String number = Spelling.compact(issuerWritten ? written.group(2) : text);
        if (Spelling.isPlaceholder(number)) {
            return NormalForm.not("holdings.identifier-placeholder", type);
        }
        if (!NUMBER.matcher(number).matches()) {
            return NormalForm.wrongForm(type);
        }
        String value = Countries.alpha3(issuer.get()) + ":" + number;
        return NormalForm.soundIf(number.length() <= MRZ_NUMBER_CHARS, type, value, Warning.LENGTH_UNUSUAL);
    }
}
