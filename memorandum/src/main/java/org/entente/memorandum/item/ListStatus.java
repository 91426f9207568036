package org.entente.memorandum.item;

import java.time.LocalDate;
import java.util.regex.Pattern;
import org.entente.evidence.canonical.Malformed;

/**
 * What a list says of the item, since when, and whether that clears it ({@code Sentencia Favorable}, delisted,
 * acquitted).
 *
 * @param status the list's own word, at most 80 characters on one line
 */
public record ListStatus(String status, LocalDate since, boolean cleared) {
    private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .,()/_-]{0,79}");

    public ListStatus {
        if (!FORM.matcher(status).matches()) {
            throw new IllegalArgumentException("not a status word");
        }
    }

    /** Refuses with {@code memorandum.list-status.malformed} when the status is empty, too long or not plain words. */
    public static ListStatus of(String status, LocalDate since, boolean cleared) throws Malformed {
        if (!FORM.matcher(status).matches()) {
            throw new Malformed("memorandum.list-status.malformed", Quoted.of(status));
        }
        return new ListStatus(status, since, cleared);
    }
}
