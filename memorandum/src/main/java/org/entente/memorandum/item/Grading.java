package org.entente.memorandum.item;

import org.entente.evidence.canonical.Malformed;

/**
 * The 4x4 grading of Europol and the European Union's police co-operation: how reliable the source is (A best, X
 * cannot be assessed) and how certain the information (1 best, 4 cannot be judged). Written {@code B2}.
 */
public record Grading(Source source, int information) {
    /** Reliability of the source. */
    public enum Source {
        A,
        B,
        C,
        X
    }

    public Grading {
        if (information < 1 || information > 4) {
            throw new IllegalArgumentException("information is graded 1 to 4");
        }
    }

    /** Refuses with {@code memorandum.grading.malformed} unless a letter of A B C X and a digit of 1-4. */
    public static Grading parse(String text) throws Malformed {
        if (!text.matches("[ABCX][1-4]")) {
            throw new Malformed("memorandum.grading.malformed", Quoted.of(text));
        }
        return new Grading(Source.valueOf(text.substring(0, 1)), text.charAt(1) - '0');
    }

    @Override
    public String toString() {
        return source.name() + information;
    }
}
