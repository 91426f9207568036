package org.entente.holdings.identifier;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A person's name and date of birth, {@code GUZMAN JOAQUIN LOERA|1957-04-04}: the exact tokens of the name, sorted, a bar,
 * and the date as ISO 8601 writes it. At least two different tokens must tell somebody apart, and the date must be whole:
 * a year alone is shared by millions. The first of January is kept and warns, because registries write it
 * for a day that nobody knows; 1900-01-01, which machines write for an empty field, is none.
 */
final class NameBirthForm implements NormalForm {
    private static final Pattern DATE = Pattern.compile("(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}");
    private static final LocalDate EMPTY_FIELD = LocalDate.of(1900, 1, 1);
    private static final int TELLING_TOKENS_MIN = 2;

    @Override
    public IdentifierReading read(IdentifierType type, String text, Hints hints) {
        int bar = text.lastIndexOf('|');
        if (bar < 0) {
            return NormalForm.not("holdings.composite-parts", type);
        }
        Optional<LocalDate> born = date(text.substring(bar + 1).strip());
        if (born.isEmpty()) {
            return NormalForm.not("holdings.composite-birth", type);
        }
        List<String> tokens = NameTokens.of(text.substring(0, bar));
        if (tokens.stream().filter(NameTokens::tells).distinct().count() < TELLING_TOKENS_MIN) {
            return NormalForm.not("holdings.composite-name-weak", type);
        }
        String value = String.join(" ", tokens.stream().sorted().toList()) + "|" + born.get();
        if (value.length() > Spelling.TEXT_CHARS_MAX) {
            return NormalForm.not("holdings.identifier-too-long", type);
        }
        boolean likely = born.get().getDayOfYear() != 1;
        return NormalForm.soundIf(likely, type, value, Warning.BIRTH_NEW_YEAR);
    }

    private static Optional<LocalDate> date(String text) {
        if (!DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> !day.equals(EMPTY_FIELD));
        } catch (DateTimeParseException notADay) {
            return Optional.empty();
        }
    }
}
