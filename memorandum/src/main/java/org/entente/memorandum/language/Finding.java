package org.entente.memorandum.language;

import java.util.Comparator;
import org.entente.evidence.canonical.Problem;

/**
 * One thing that is wrong with a text, or that its authors may not have meant.
 *
 * @param line from 1; of the text that people wrote, or 1 in a canonical form
 * @param column from 1, in UTF-16 characters
 * @param problem what it is and what to do; its first argument is the line wherever the sentence names one
 */
public record Finding(Severity severity, int line, int column, Problem problem) {
    /** Errors before warnings, each in the order of the text. */
    public static final Comparator<Finding> ORDER = Comparator.comparing(Finding::severity)
            .thenComparingInt(Finding::line)
            .thenComparingInt(Finding::column);

    /** Whether the text can be signed all the same. */
    public enum Severity {
        /** The text has no meaning until this is corrected. */
        ERROR,
        /** The text means something; this says what that is. */
        WARNING
    }
}
