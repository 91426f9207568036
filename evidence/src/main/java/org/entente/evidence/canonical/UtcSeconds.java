package org.entente.evidence.canonical;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** A moment as RFC 3339 text in UTC, to the second, always ending in {@code Z}: {@code 2026-01-31T08:15:00Z}. */
public final class UtcSeconds {
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private UtcSeconds() {}

    public static String print(Instant moment) {
        return FORM.format(whole(moment).atOffset(ZoneOffset.UTC));
    }

    public static Instant parse(String text) throws Malformed {
        try {
            Instant moment = LocalDateTime.parse(text, FORM).toInstant(ZoneOffset.UTC);
            if (text.length() == 20 && print(moment).equals(text)) {
                return moment;
            }
        } catch (DateTimeException | IllegalArgumentException refused) {
            // Falls through to the one refusal below.
        }
        throw new Malformed("time.malformed");
    }

    /** Cuts to whole seconds; years outside 1 to 9999 are a bug of the caller. */
    public static Instant whole(Instant moment) {
        Instant seconds = moment.truncatedTo(ChronoUnit.SECONDS);
        if (seconds.isBefore(FIRST) || seconds.isAfter(LAST)) {
            throw new IllegalArgumentException("outside the years 1 to 9999: " + seconds);
        }
        return seconds;
    }
}
