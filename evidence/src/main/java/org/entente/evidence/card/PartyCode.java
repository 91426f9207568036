package org.entente.evidence.card;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;

/** A party's code: two to eight letters A to Z. States use their ISO 3166-1 alpha-2 code. */
public record PartyCode(String text) implements Actor, Comparable<PartyCode> {
    private static final Pattern FORM = Pattern.compile("[A-Z]{2,8}");

    public PartyCode {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a party code");
        }
    }

    public static PartyCode parse(String text) throws Malformed {
        if (!FORM.matcher(text).matches()) {
            throw new Malformed("party.code-malformed");
        }
        return new PartyCode(text);
    }

    @Override
    public PartyCode party() {
        return this;
    }

    @Override
    public int compareTo(PartyCode that) {
        return text.compareTo(that.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
