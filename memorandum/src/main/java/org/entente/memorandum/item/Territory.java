package org.entente.memorandum.item;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;

/**
 * A country or one of its subdivisions, by ISO 3166-1 alpha-2 ({@code MX}) or ISO 3166-2 ({@code MX-SIN}). The
 * country must be an assigned code; of a subdivision only the form is checked, since the standard's list of them
 * changes every year.
 */
public record Territory(String code) implements Place, Comparable<Territory> {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?");
    private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

    public Territory {
        if (!isTerritory(code)) {
            throw new IllegalArgumentException("not an ISO 3166 code");
        }
    }

    /** Refuses with {@code memorandum.territory.malformed} when it is no ISO 3166 code. */
    public static Territory parse(String text) throws Malformed {
        if (!isTerritory(text)) {
            throw new Malformed("memorandum.territory.malformed", Quoted.of(text));
        }
        return new Territory(text);
    }

    /** A country contains itself and its subdivisions; a subdivision contains only itself. */
    public boolean contains(Place place) {
        if (!(place instanceof Territory other) || !other.code.startsWith(code)) {
            return false;
        }
        return other.code.length() == code.length() || other.code.charAt(code.length()) == '-';
    }

    @Override
    public int compareTo(Territory other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return code;
    }

    private static boolean isTerritory(String text) {
        return text.length() <= 6 && FORM.matcher(text).matches() && COUNTRIES.contains(text.substring(0, 2));
    }
}
