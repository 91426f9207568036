package org.entente.memorandum.language;

import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/** The number by which people, decisions and refusals name a clause: {@code 3.1}; 3.2 stands before 3.10. */
public record ClauseNumber(String text) implements Comparable<ClauseNumber> {
    private static final int PARTS_MAX = 4;
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{0,2}(\\.[1-9][0-9]{0,2}){0,3}");

    public ClauseNumber {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("not a clause number");
        }
    }

    /** Refuses with {@code memorandum.clause-number.malformed} what is not one to four numbers joined by points. */
    public static ClauseNumber parse(String text) throws Malformed {
        if (!FORM.matcher(text).matches()) {
            throw new Malformed("memorandum.clause-number.malformed", Quoted.of(text));
        }
        return new ClauseNumber(text);
    }

    @Override
    public int compareTo(ClauseNumber other) {
        return Long.compare(order(), other.order());
    }

    @Override
    public String toString() {
        return text;
    }

    /** Its numbers from the left, ten bits each; one that is not there is less than any that is. */
    private long order() {
        long order = 0;
        int number = 0;
        int missing = PARTS_MAX;
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '.') {
                order = (order << 10) | number;
                number = 0;
                missing--;
            } else {
                number = 10 * number + text.charAt(at) - '0';
            }
        }
        return ((order << 10) | number) << (10 * (missing - 1));
    }
}
