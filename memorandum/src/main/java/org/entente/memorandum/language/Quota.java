package org.entente.memorandum.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/**
 * How many identifiers one authority may ask one other about, padding included, within any stretch of time as long as
 * the term: {@code 2048 identifiers each P1M}.
 */
public record Quota(long identifiers, Term each) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,11}) identifiers each (P[0-9A-Z]{1,20})");

    /** Refuses with {@code memorandum.quota.malformed} what is not of that form. */
    public static Quota parse(String text) throws Malformed {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new Malformed("memorandum.quota.malformed", Quoted.of(text));
        }
        return new Quota(Long.parseLong(matcher.group(1)), Term.parse(matcher.group(2)));
    }

    @Override
    public String toString() {
        return identifiers + " identifiers each " + each;
    }
}
