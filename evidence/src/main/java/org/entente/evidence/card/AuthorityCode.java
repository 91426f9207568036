package org.entente.evidence.card;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;

/**
 * An authority of a party, written {@code MX/UIF}.
 *
 * @param party whose authority it is
 * @param name two to sixteen of A to Z, 0 to 9 and hyphen
 */
public record AuthorityCode(PartyCode party, String name) implements Actor {
    private static final Pattern NAME = Pattern.compile("[A-Z0-9-]{2,16}");

    public AuthorityCode {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not an authority's name");
        }
    }

    public static AuthorityCode parse(String text) throws Malformed {
        int slash = text.indexOf('/');
        if (slash < 0 || !NAME.matcher(text.substring(slash + 1)).matches()) {
            throw new Malformed("authority.code-malformed");
        }
        return new AuthorityCode(PartyCode.parse(text.substring(0, slash)), text.substring(slash + 1));
    }

    @Override
    public String text() {
        return party.text() + "/" + name;
    }

    @Override
    public String toString() {
        return text();
    }
}
