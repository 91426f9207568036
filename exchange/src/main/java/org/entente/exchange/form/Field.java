package org.entente.exchange.form;

import java.util.List;
import org.entente.memorandum.item.Word;
import org.entente.memorandum.language.Bilingual;

/**
 * One field of a step.
 *
 * @param required whether the step is not taken without it
 * @param open whether it stands in the statement, where logs and both nodes see it; otherwise it travels in the sealed body
 * @param identifies whether two questions with the same value in it are about the same person or thing
 */
public record Field(String name, Bilingual label, Holds holds, boolean required, boolean open, boolean identifies) {

    /**
     * What a field holds.
     *
     * @param many whether it is a list of such values
     * @param choices the words that it may be, for a choice
     * @param columns the fields of one row, for rows
     */
    public record Holds(Type type, boolean many, List<Choice> choices, List<Field> columns) {
        public Holds {
            choices = List.copyOf(choices);
            columns = List.copyOf(columns);
        }
    }

    /** A word that a choice may hold. */
    public record Choice(String word, Bilingual label) {}

    /** What a value may be; all but numbers, answers to yes or no, and rows are written as text. */
    public enum Type implements Word {
        /** One line. */
        LINE("line"),
        /** Several lines. */
        TEXT("text"),
        /** A day such as {@code 2026-03-01}. */
        DAY("day"),
        /** A day by which something is to be done or until which it holds; it has not passed when the step is said. */
        LAST_DAY("last-day"),
        /** A moment such as {@code 2026-03-01T09:30:00Z}. */
        MOMENT("moment"),
        /** A whole number that is not negative. */
        NUMBER("number"),
        YES_NO("yes-no"),
        CHOICE("choice"),
        /** A decimal number with its unit or currency, such as {@code 1250.50 kg} or {@code 9000 USD}. */
        QUANTITY("quantity"),
        /** A place by ISO 3166-1 or 3166-2. */
        PLACE("place"),
        /** An authority such as {@code MX/UIF}. */
        AUTHORITY("authority"),
        /** The statement by which an item was handed over, or that something refers to. */
        STATEMENT("statement"),
        /** A purpose that the memorandum names. */
        PURPOSE("purpose"),
        /** A ground on which the memorandum lets a request be refused. */
        GROUND("ground"),
        /** A registry number of the Chemical Abstracts Service. */
        CAS("cas"),
        /** A code of the Harmonized System, of six digits or of a chapter or heading. */
        HS("hs"),
        /** Rows of fields of their own. */
        ROWS("rows");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }
    }
}
