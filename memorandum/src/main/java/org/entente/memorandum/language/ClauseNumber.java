package org.entente.memorandum.language;

import java.util.Arrays;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;
import org.entente.memorandum.item.Quoted;

/** The number by which people, decisions and refusals name a clause: {@code 3.1}; 3.2 stands before 3.10. */
public record ClauseNumber(String text) implements Comparable<ClauseNumber> {
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
        return Arrays.compare(parts(), other.parts());
    }

    @Override
    public String toString() {
        return text;
    }

    private int[] parts() {
        return Pattern.compile("\\.")
                .splitAsStream(text)
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
