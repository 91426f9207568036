package org.entente.holdings.identifier;

import java.util.Optional;

/**
 * What a source says beside an identifier.
 *
 * @param country ISO 3166-1 alpha-2 code: the issuer of a passport, the region that a phone number is dialled from
 */
public record Hints(Optional<String> country) {
    /** Nothing is known. */
    public static final Hints NONE = new Hints(Optional.empty());

    public Hints {
        country.ifPresent(code -> {
            if (!code.matches("[A-Z]{2}")) {
                throw new IllegalArgumentException("not an alpha-2 country code: " + code);
            }
        });
    }

    public static Hints country(String alpha2) {
        return new Hints(Optional.of(alpha2));
    }
}
